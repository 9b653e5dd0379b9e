"""Roles that only add, and rules in which missing never opens."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference import rbac_abac
from reference.rbac_abac import Roles, Rule, decide, holds

OWN = {
    "agent": [["read", "order"]],
    "lead": [["refund", "order"], ["grant", "role"]],
    "admin": [["delete", "order"]],
    "clerk": [["read", "bill"]],
}
JUNIORS = {"lead": ["agent"], "admin": ["lead", "clerk"]}
ROLES = st.sampled_from(sorted(OWN))
USERS, TENANTS = ("ann", "ben", "cy"), ("t7", "t8")
EVERYTHING = [(op, kind) for op in ("read", "refund", "delete", "grant") for kind in ("order", "bill", "role")]


def held(roles, user, tenant):
    return {(op, kind) for op, kind in EVERYTHING if roles.may(user, op, kind, tenant)}


# --- roles ---


def only_adds(kind, assignments, role):
    """Give ann one more role in t7, and compare all that anybody may do."""
    assigned = {}
    for user, tenant, one in assignments:
        assigned.setdefault((user, tenant), []).append(one)
    before = kind(OWN, JUNIORS, {where: list(has) for where, has in assigned.items()})
    after = kind(OWN, JUNIORS, {**assigned, ("ann", "t7"): [role, *assigned.get(("ann", "t7"), [])]})
    same = all(held(before, u, t) == held(after, u, t) for u in USERS for t in TENANTS if (u, t) != ("ann", "t7"))
    return same and held(before, "ann", "t7") | set(after.flat[role]) == held(after, "ann", "t7")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(USERS), st.sampled_from(TENANTS), ROLES), max_size=6), ROLES)
def test_roles_only_add_and_stay_in_their_tenant(assignments, role):
    assert only_adds(Roles, assignments, role)


def test_forgetting_the_tenant_is_noticed():
    class Everywhere(Roles):
        def may(self, user, operation, kind, tenant):
            return any(super(Everywhere, self).may(user, operation, kind, t) for t in TENANTS)

    assert not only_adds(Everywhere, [], "agent")


def reached(kind, grants):
    """What all users together may do in t7, before and after any grants by lea, a lead, and those she raises."""
    roles = kind(OWN, JUNIORS, {("lea", "t7"): ["lead"]})
    before = held(roles, "lea", "t7")
    for grantor, user, role in grants:
        try:
            roles.grant(grantor, user, role, "t7")
        except PermissionError:
            pass
    return before, set().union(*(held(roles, user, "t7") for user in ("lea", *USERS)))


PEOPLE = st.sampled_from(("lea", *USERS))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(PEOPLE, PEOPLE, ROLES), max_size=8))
def test_grants_never_reach_beyond_the_grantor(grants):
    before, after = reached(Roles, grants)
    assert after == before


def test_granting_without_the_check_is_noticed():
    class Generous(Roles):
        def grant(self, grantor, user, role, tenant):
            self.assigned.setdefault((user, tenant), []).append(role)

    before, after = reached(Generous, [("lea", "lea", "admin")])
    assert after > before


def test_the_refusal_names_what_is_lacking():
    roles = Roles(OWN, JUNIORS, {("lea", "t7"): ["lead"], ("ann", "t7"): ["agent"]})
    with pytest.raises(PermissionError, match="lea may not read bill, and so not grant admin"):
        roles.grant("lea", "lea", "admin", "t7")
    with pytest.raises(PermissionError, match="ann may not grant role, and so not grant agent"):
        roles.grant("ann", "ben", "agent", "t7")
    roles.grant("lea", "ben", "agent", "t7")
    assert roles.who_may("read", "order", "t7") == ["ann", "ben", "lea"]
    assert roles.who_may("read", "order", "t8") == []


def test_inheritance_says_where_from():
    assert Roles(OWN, JUNIORS).flat["lead"] == {
        ("read", "order"): "agent",
        ("refund", "order"): "lead",
        ("grant", "role"): "lead",
    }


def test_a_circle_and_an_unknown_role_are_refused():
    with pytest.raises(ValueError, match="role a is its own junior: a > b > a"):
        Roles({"a": [], "b": []}, {"a": ["b"], "b": ["a"]})
    with pytest.raises(ValueError, match="no role c"):
        Roles({"a": []}, {"a": ["c"]})


# --- attributes ---

TERMS = st.sampled_from(["subject.x", "subject.y", "object.x", "object.y", "environment.x"])
VALUES = st.sampled_from([1, 2, "a"])
CONDITIONS = st.lists(st.tuples(TERMS, st.sampled_from(["=", "<="]), st.one_of(TERMS, VALUES)).map(list), max_size=2)
EFFECTS, ACTIONS = st.sampled_from(["permit", "forbid"]), st.sampled_from(["read", "write"])
RULES = st.lists(st.builds(Rule, st.sampled_from("pqr"), EFFECTS, ACTIONS, CONDITIONS), max_size=4)
FACTS = st.fixed_dictionaries(
    {of: st.dictionaries(st.sampled_from("xy"), VALUES) for of in ("subject", "object", "environment")}
)


def never_opens(rules, facts):
    """Every attribute taken away, one at a time."""
    allowed = decide(rules, "read", facts)[0]
    poorer = [
        {**facts, of: {k: v for k, v in found.items() if k != name}} for of, found in facts.items() for name in found
    ]
    return all(allowed or not decide(rules, "read", less)[0] for less in poorer)


@settings(max_examples=120, deadline=None)
@given(RULES, FACTS)
def test_missing_never_opens(rules, facts):
    assert never_opens(rules, facts)


@settings(max_examples=60, deadline=None)
@given(RULES, FACTS, st.randoms(use_true_random=False))
def test_order_does_not_matter(rules, facts, chance):
    shuffled = chance.sample(rules, len(rules))
    assert decide(rules, "read", facts) == decide(shuffled, "read", facts)


WARD = Rule("own ward", "permit", "read", [["subject.ward", "=", "object.ward"]])
SEALED = Rule("sealed", "forbid", "read", [["object.sealed", "=", True]])


@pytest.mark.parametrize(
    "rules, facts",
    [
        ([WARD], {"subject": {"ward": 7}, "object": {}}),
        ([WARD, SEALED], {"subject": {"ward": 7}, "object": {"ward": 7, "sealed": True}}),
    ],
)
def test_careless_comparisons_are_noticed(monkeypatch, rules, facts):
    assert never_opens(rules, facts)
    monkeypatch.setattr(
        rbac_abac, "holds", lambda c, facts: rbac_abac.value(c[0], facts) == rbac_abac.value(c[2], facts)
    )
    assert not never_opens(rules, facts)


@pytest.mark.parametrize(
    "facts, decision",
    [
        ({"subject": {"ward": 7}, "object": {"ward": 7, "sealed": False}}, (True, "permit by own ward")),
        ({"subject": {"ward": 7}, "object": {"ward": 7, "sealed": True}}, (False, "forbid by sealed")),
        ({"subject": {"ward": 7}, "object": {"ward": 7}}, (False, "forbid by sealed")),
        ({"subject": {"ward": 7}, "object": {"ward": 8, "sealed": False}}, (False, "no permit matches")),
        ({}, (False, "forbid by sealed")),
    ],
)
def test_deny_overrides(facts, decision):
    assert decide([WARD, SEALED], "read", facts) == decision


def test_without_rules_nothing_is_allowed():
    same = {"subject": {"ward": 7}, "object": {"ward": 7}}
    assert decide([], "read", same) == decide([WARD], "write", same) == (False, "no permit matches")


def test_what_cannot_be_compared_is_unknown():
    assert holds(["subject.grade", "<=", 3], {"subject": {"grade": "high"}}) is None
    assert holds(["subject.grade", "<=", 3], {"subject": {"grade": 3}}) is True
    assert holds(["environment.device.managed", "=", True], {"environment": {"device.managed": True}}) is True
