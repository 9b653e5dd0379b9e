"""Two-phase commit: everybody promises, one decides, and nobody takes a promise back.

Vocabulary
    coordinator       asks, decides, and forces `commit` to its disk: that write is the moment of decision
    participant       working, then prepared (it has promised), then committed or aborted; it locks until the end
    prepared, in doubt   able to commit after any crash, and no longer free to abort
    presumed abort    the coordinator writes nothing for an abort: whoever asks about what it does not know is told
                         abort
    blocked           prepared, and nobody who is reachable knows the outcome

Complexity: 4 N messages for N participants; each forces its prepare and its outcome, the coordinator forces one commit
record.

Source: Gray, "Notes on Data Base Operating Systems" (1978); presumed abort is from Mohan, Lindsay and Obermarck,
"Transaction Management in the R* Distributed Database Management System" (1986).

A production version adds: many transactions at once, timers that repeat each message, and consensus beneath the
coordinator, so that it does not get lost.
"""

from collections.abc import Iterator

# --- Participant ---


class InDoubt(Exception):
    """After a yes only the coordinator's outcome ends the transaction."""


class Participant:
    """One transaction's part at one database. `disk` survives a crash; `working` does not."""

    def __init__(self, name: str, willing: bool = True):
        self.name, self.willing, self.disk, self.working = name, willing, None, True

    @property
    def state(self) -> str:
        return self.disk or ("working" if self.working else "aborted")

    @property
    def locks(self) -> bool:
        return self.state in ("working", "prepared")

    def prepare(self) -> bool:
        """The vote. A yes is on disk before it is said; a no aborts at once. Asked again, it says the same again."""
        if self.state == "working" and self.willing:
            self.disk = "prepared"
        elif self.state == "working":
            self.abort()
        return self.disk in ("prepared", "committed")

    def abort(self) -> None:
        """Give up alone: free before the vote, InDoubt after a yes."""
        if self.disk:
            raise InDoubt(f"{self.name} is {self.disk} and may not abort alone")
        self.working = False

    def learn(self, outcome: str) -> None:
        """The coordinator's outcome, `committed` or `aborted`; told again, nothing changes."""
        if self.disk == "prepared":
            self.disk = outcome
        self.working = False

    def crash(self) -> None:
        self.working = False  # an unprepared transaction is forgotten, and so aborted; a prepared one is locked again


# --- Coordinator ---


class Coordinator:
    """Decides one transaction of the participants `names`. `disk` is None or `committed`."""

    def __init__(self, names: list[str]):
        self.names, self.disk, self.open = names, None, True
        self.votes: dict[str, bool] = {}
        self.acknowledged: set[str] = set()

    def decide(self) -> str:
        """Commit if all have said yes by now, abort otherwise (a no, or a timeout). Decided once."""
        if self.open and all(self.votes.get(name) for name in self.names):
            self.disk = "committed"  # forced before anybody is told
        self.open = False
        return self.outcome()

    def outcome(self) -> str | None:
        """What anybody who asks is told; None while votes are being collected."""
        return None if self.open else self.disk or "aborted"

    def acknowledge(self, name: str) -> None:
        """When all have it, the record may go: nobody is in doubt who could ask."""
        self.acknowledged.add(name)
        if len(self.acknowledged) == len(self.names):
            self.disk = None

    def crash(self) -> None:
        self.open, self.votes, self.acknowledged = False, {}, set()


# --- Run ---


class Transaction:
    """Coordinator K and participants, driven step by step; who is in `down` neither sends nor receives."""

    def __init__(self, willing: dict[str, bool], coordinator: type = Coordinator, participant: type = Participant):
        self.k, self.down = coordinator(list(willing)), set()
        self.parts = {name: participant(name, yes) for name, yes in willing.items()}

    def do(self, action: str, name: str) -> str:
        """prepare, tell, ask, peers or abort NAME; decide, crash or restart NAME or K. What happened, in words."""
        part = self.parts.get(name)
        if action == "crash":
            self.down.add(name)
            (part or self.k).crash()
            return f"{name} crashes"
        if action == "restart":
            self.down.discard(name)
            return f"{name} is back, with what its disk holds"
        if name in self.down:
            return f"{action.capitalize()} {name}: {name} does not answer"
        if action in ("prepare", "tell", "ask") and "K" in self.down:
            return f"{action.capitalize()} {name}: K does not answer"
        if action == "prepare":
            self.k.votes[name] = part.prepare()
            return f"K asks {name} to prepare: {'yes' if self.k.votes[name] else 'no'}"
        if action == "decide":
            return f"K decides: {self.k.decide()}"
        if action == "abort":
            part.abort()
            return f"{name} gives up alone: aborted"
        if action not in ("tell", "ask", "peers"):
            raise ValueError(f"no action {action!r}; use prepare, decide, tell, ask, peers, abort, crash or restart")
        if action == "peers":
            return self._ask_peers(part)
        outcome = self.k.outcome()
        if outcome is None:
            return f"{name} asks K: not decided yet"
        part.learn(outcome)
        self.k.acknowledge(name)
        return f"{name} learns from K: {outcome}"

    def _ask_peers(self, part: Participant) -> str:
        """Whoever has the outcome passes it on; whoever has not voted aborts, and so settles it.

        If all are prepared: blocked.
        """
        for other in self.parts.values():
            knows = other.name not in self.down and other.state != "prepared"
            if part.state == "prepared" and other is not part and knows:
                if other.state == "working":
                    other.abort()
                part.learn(other.state)
                return f"{part.name} asks {other.name}: {other.state}"
        return f"{part.name} asks the others: nobody knows"


# --- Trace ---


def trace(scenario: dict) -> Iterator[dict]:
    """Frames of a run. scenario: {willing: {name: bool}, steps: [[action, name, why], ...]}, as for Transaction.do; why
    may be absent."""
    run, before = Transaction(scenario["willing"]), {}

    def frame(say: str, now: dict, key: bool) -> dict:
        nodes = []
        for name, state in now.items():
            role, own = state, "no locks"
            if name == "K":
                role, own = "coordinator", state
            elif run.parts[name].locks:
                own = "holds locks"
            mark, lines = "changed" if before.get(name, state) != state else None, [own]
            if name in run.down:
                mark, lines = "bad", ["down", own]
            nodes.append({"text": name, "role": role, "lines": lines, "mark": mark})
        return {"say": say, "show": [{"kind": "nodes", "nodes": nodes}], "key": key}

    def states() -> dict[str, str]:
        return {"K": f"disk: {run.k.disk or 'nothing'}"} | {name: part.state for name, part in run.parts.items()}

    yield frame("All have done their work and hold locks; nobody has voted.", states(), key=False)
    before = states()
    for action, name, *why in scenario["steps"]:
        try:
            say = run.do(action, name)
        except InDoubt as doubt:
            say = f"Refused: {doubt}"
        over = not any(part.locks for part in run.parts.values())
        yield frame(" ".join([f"{say}.", *why]), states(), key=over or action in ("decide", "peers", "abort"))
        before = states()
