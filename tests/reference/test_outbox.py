"""What a reader would claim of outbox and inbox at the board: whoever dies, whenever, each effect happens once."""

import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference import outbox
from reference.outbox import Broker, consumer_database, crash, producer_database


def run(process, db, dies):
    """So many steps of a process (None: all); then it is gone."""
    for n, _ in enumerate(process, start=1):
        if n == dies:
            break
    crash(process, db)


class World:
    """Both databases and the broker, with the three processes as given; all of reference/outbox.py by default."""

    def __init__(self, place_order=outbox.place_order, relay=outbox.relay, consume=outbox.consume):
        self.orders, self.loyalty, self.broker = producer_database(), consumer_database(), Broker()
        self.place_order, self.relay, self.consume = place_order, relay, consume

    def order(self, number, dies=None):
        run(self.place_order(self.orders, str(number), "ann"), self.orders, dies)

    def go_on(self, who, dies=None):
        if who == "relay":
            run(self.relay(self.orders, self.broker), self.orders, dies)
        else:
            run(self.consume(self.loyalty, self.broker), self.loyalty, dies)

    def placed(self):
        return self.orders.execute("SELECT id FROM orders ORDER BY id").fetchall()

    def messages(self):
        return self.orders.execute("SELECT aggregate_id FROM outbox ORDER BY aggregate_id").fetchall()

    def points(self):
        return self.loyalty.execute("SELECT coalesce(sum(points), 0) FROM points").fetchone()[0]


def once(world, plan):
    """Whether the plan, and then one undisturbed run of each, gives ten points for each order that is there."""
    for n, (who, dies) in enumerate(plan):
        world.order(n, dies) if who == "order" else world.go_on(who, dies)
    world.go_on("relay")
    world.go_on("consume")
    return world.points() == 10 * len(world.placed())


PLANS = st.lists(
    st.tuples(st.sampled_from(["order", "relay", "consume"]), st.one_of(st.none(), st.integers(1, 9))), max_size=12
)


@settings(max_examples=150, deadline=None)
@given(PLANS)
def test_nothing_is_lost_and_nothing_doubled(plan):
    assert once(World(), plan)


def deaths(**processes):
    """Every place in which one of the three can die on the way of one order, and the outcome of each."""
    kills = (
        [("order", n) for n in range(1, 4)]
        + [("relay", n) for n in range(1, 3)]
        + [("consume", n) for n in range(1, 5)]
    )
    found = {}
    for who, dies in kills:
        plan = [(name, dies if name == who else None) for name in ("order", "relay", "consume")]
        found[who, dies] = once(World(**processes), plan)
    return found


def test_each_single_death_is_survived():
    assert all(deaths().values())


@settings(max_examples=60, deadline=None)
@given(PLANS)
def test_order_and_message_exist_together(plan):
    world = World()
    for n, (who, dies) in enumerate(plan):
        world.order(n, dies) if who == "order" else world.go_on(who, dies)
        assert world.placed() == world.messages()


def test_losing_a_message_is_noticed():
    def marks_first(db, broker):
        for row, event_id, payload in db.execute("SELECT id, event_id, payload FROM outbox WHERE sent = 0").fetchall():
            db.execute("UPDATE outbox SET sent = 1 WHERE id = ?", (row,))
            yield "marked, not published"
            broker.publish(event_id, payload)
            yield "published"

    def writes_twice(db, order, account):
        db.execute("INSERT INTO orders VALUES (?, ?)", (order, account))
        yield "order committed, no message"
        db.execute("INSERT INTO outbox (event_id, payload) VALUES (?, ?)", (f"placed-{order}", account))
        yield "message"

    assert [death for death, well in deaths(relay=marks_first).items() if not well] == [("relay", 1)]
    assert [death for death, well in deaths(place_order=writes_twice).items() if not well] == [("order", 1)]


def test_two_transactions_at_the_consumer_are_noticed():
    def consumer(effect_first):
        def consume(db, broker):
            while message := broker.next():
                seen = db.execute("SELECT 1 FROM inbox WHERE event_id = ?", (message[0],)).fetchone()
                add = "INSERT INTO points VALUES (?1, 10) ON CONFLICT DO UPDATE SET points = points + 10"
                parts = [add, "INSERT INTO inbox VALUES (?1, ?2)"]
                for part in [] if seen else parts if effect_first else parts[::-1]:
                    db.execute(part, (message[1], message[0]) if "inbox" in part else (message[1],))
                    yield "one of two"
                broker.acknowledged += 1
                yield "acknowledged"

        return consume

    for effect_first in (True, False):
        assert [death for death, well in deaths(consume=consumer(effect_first)).items() if not well] == [("consume", 1)]


def test_a_relay_that_remembers_the_highest_id_is_noticed():
    def by_highest_id():
        highest = [0]

        def relay(db, broker):
            for row, event_id, payload in db.execute(
                "SELECT id, event_id, payload FROM outbox WHERE id > ?", highest
            ).fetchall():
                broker.publish(event_id, payload)
                highest[0] = row
                yield "published"

        return relay

    def late(world):
        for order, drawn in (("8", 2), ("7", 1)):
            run(outbox.place_order(world.orders, order, "ann", drawn), world.orders, None)
            world.go_on("relay")
        world.go_on("consume")
        return world.points()

    assert late(World()) == 20
    assert late(World(relay=by_highest_id())) == 10


def test_the_broker_keeps_order_and_repeats():
    broker = Broker()
    assert broker.next() is None
    broker.publish("a", "ann")
    broker.publish("a", "ann")
    assert broker.next() == broker.next() == ("a", "ann")
    assert len(broker.messages) == 2


def test_a_batch_is_limited():
    world = World()
    for n in range(3):
        world.order(n)
    run(outbox.relay(world.orders, world.broker, batch=2), world.orders, None)
    assert [event for event, _ in world.broker.messages] == ["placed-0", "placed-1"]


def test_consumers_of_one_event_do_not_take_it_from_each_other():
    world = World()
    world.order(1)
    world.go_on("relay")
    for name in ("loyalty", "billing"):
        world.broker.acknowledged = 0
        run(outbox.consume(world.loyalty, world.broker, name), world.loyalty, None)
    assert world.points() == 20


def test_an_order_is_placed_once():
    world = World()
    world.order(1)
    with pytest.raises(sqlite3.IntegrityError):
        world.order(1)
