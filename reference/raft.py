"""Raft: a majority elects one leader a term, all copy its log, and what is committed is never lost.

Vocabulary
    current_term, voted_for, log   on disk before any answer; they survive a crash
    commit_index, last_applied     highest entry known to be committed, and applied; learned anew after a crash
    next_index, match_index        the leader's, for each server: the entry to send next, the last known to agree
    prev_log_index, prev_log_term  the entry just before those of an AppendEntries; the follower must have it

Complexity: an election or a commit takes a round trip to a majority and its disks, O(n) messages among n servers.

Source: Ongaro and Ousterhout, "In Search of an Understandable Consensus Algorithm" (extended version, 2014), Figure 2.

A production version adds: an empty entry at the start of a term and ReadIndex (section 8), PreVote, snapshots, changes
of membership, clients' serial numbers, batches, and a refusal that names the conflicting term, so that repair skips.
"""

from collections import namedtuple
from collections.abc import Callable, Iterator
from heapq import heappop, heappush
from itertools import count
from math import inf
from random import Random

ELECTION_TIMEOUT = (0.150, 0.300)  # seconds; drawn anew each time, as equal ones split the votes
HEARTBEAT = 0.050

# --- Messages ---

Entry = namedtuple("Entry", "term command")  # the term of the leader who wrote it
RequestVote = namedtuple("RequestVote", "term candidate_id last_log_index last_log_term")
Vote = namedtuple("Vote", "term vote_granted")
AppendEntries = namedtuple("AppendEntries", "term leader_id prev_log_index prev_log_term entries leader_commit")
Appended = namedtuple("Appended", "term success index")  # up to it all agrees, or it was refused: replies come late

# --- Server ---


class Server:
    """One of the `names` (at least two). `send(source, to, message)` may lose the message; `now` is in seconds."""

    def __init__(self, name: str, names: list[str], rng: Random, send: Callable):
        self.name, self.names, self.rng, self.send = name, names, rng, send
        self.peers = [n for n in names if n != name]
        self.disk = (0, None, (Entry(0, None),))  # an entry 0 that all share, so that each entry has one before it
        self.restart(0.0)

    def persist(self) -> None:
        """Before any message that rests on a change of these three; on a real disk, an fsync."""
        self.disk = (self.current_term, self.voted_for, tuple(self.log))

    def restart(self, now: float) -> None:
        """What the disk holds is all that is left after a crash."""
        self.current_term, self.voted_for, self.log = self.disk[0], self.disk[1], list(self.disk[2])
        self.role, self.votes, self.next_index, self.match_index = "follower", set(), {}, {}
        self.commit_index, self.last_applied, self.applied = 0, 0, []  # the state machine: here it lists its commands
        self._wait(now)

    def _wait(self, now: float) -> None:
        self.due = now + self.rng.uniform(*ELECTION_TIMEOUT)  # then it stands, unless it hears from a leader

    def receive(self, source: str, message: tuple, now: float) -> None:
        if message.term > self.current_term:  # whoever hears of a newer term follows, the leader too
            if self.role == "leader":
                self._wait(now)
            self.current_term, self.voted_for, self.role = message.term, None, "follower"
            self.persist()
        on = {
            RequestVote: self._on_request_vote,
            Vote: self._on_vote,
            AppendEntries: self._on_append_entries,
            Appended: self._on_appended,
        }
        on[type(message)](source, message, now)

    # --- Leader election ---

    def timeout(self, now: float) -> None:
        """No leader was heard: become a candidate in the next term."""
        self.role, self.current_term = "candidate", self.current_term + 1
        self.voted_for, self.votes = self.name, {self.name}
        self.persist()
        self._wait(now)  # should the votes split, another timeout decides who is first next time
        for peer in self.peers:
            self.send(self.name, peer, RequestVote(self.current_term, self.name, len(self.log) - 1, self.log[-1].term))

    def _on_request_vote(self, source: str, m: RequestVote, now: float) -> None:
        granted = m.term == self.current_term and self.voted_for in (None, m.candidate_id) and self.up_to_date(m)
        if granted:
            self.voted_for = m.candidate_id
            self.persist()
            self._wait(now)
        self.send(self.name, source, Vote(self.current_term, granted))

    def up_to_date(self, m: RequestVote) -> bool:
        """Is the candidate's log at least as current as this one? The later last term wins, then the longer log."""
        return (m.last_log_term, m.last_log_index) >= (self.log[-1].term, len(self.log) - 1)

    def _on_vote(self, source: str, m: Vote, now: float) -> None:
        if m.vote_granted and m.term == self.current_term:
            self.votes.add(source)
        if self.role == "candidate" and 2 * len(self.votes) > len(self.names):
            self.role = "leader"
            self.next_index = {peer: len(self.log) for peer in self.peers}
            self.match_index = dict.fromkeys(self.names, 0) | {self.name: len(self.log) - 1}
            self.replicate(now)  # at once, so that nobody else stands

    # --- Log replication ---

    def client(self, command: object, now: float) -> None:
        """A client's command; a server that does not lead does nothing."""
        if self.role == "leader":
            self.log.append(Entry(self.current_term, command))
            self.persist()
            self.match_index[self.name] = len(self.log) - 1
            self.replicate(now)

    def replicate(self, now: float) -> None:
        """To each follower what it lacks; to one that lacks nothing, a heartbeat."""
        self.due = now + HEARTBEAT
        for peer in self.peers:
            self._send_entries(peer)

    def _send_entries(self, peer: str) -> None:
        n, log = self.next_index[peer], self.log
        lacks = AppendEntries(
            term=self.current_term,
            leader_id=self.name,
            prev_log_index=n - 1,
            prev_log_term=log[n - 1].term,
            entries=tuple(log[n:]),
            leader_commit=self.commit_index,
        )
        self.send(self.name, peer, lacks)

    def _on_append_entries(self, source: str, m: AppendEntries, now: float) -> None:
        if m.term == self.current_term:
            self.role = "follower"  # a candidate learns that its term has a leader
            self._wait(now)
        if m.term < self.current_term or not self.has_previous(m):
            self.send(self.name, source, Appended(self.current_term, False, m.prev_log_index))
            return
        for index, entry in enumerate(m.entries, start=m.prev_log_index + 1):
            if index >= len(self.log) or self.log[index].term != entry.term:
                self.log[index:] = [entry]  # only a conflict cuts the log: a late message must not shorten it
        self.persist()
        agreed = m.prev_log_index + len(m.entries)  # beyond it the log may differ from the leader's
        self._commit(min(m.leader_commit, agreed))
        self.send(self.name, source, Appended(self.current_term, True, agreed))

    def has_previous(self, m: AppendEntries) -> bool:
        return m.prev_log_index < len(self.log) and self.log[m.prev_log_index].term == m.prev_log_term

    def _on_appended(self, source: str, m: Appended, now: float) -> None:
        if self.role != "leader" or m.term < self.current_term:
            return
        if m.success:
            self.match_index[source] = max(self.match_index[source], m.index)
            self.next_index[source] = max(self.next_index[source], m.index + 1)
            self.advance()
        else:  # step back by one and try again; late refusals must not go below what is known to agree
            self.next_index[source] = max(self.match_index[source] + 1, min(self.next_index[source], m.index))
        if self.next_index[source] < len(self.log):
            self._send_entries(source)

    def advance(self) -> None:
        """Copies count only if the entry is of the leader's own term: see the paper's Figure 8."""
        n = sorted(self.match_index.values())[(len(self.names) - 1) // 2]  # held by a majority
        if self.log[n].term == self.current_term:
            self._commit(n)  # and with it everything before n

    def _commit(self, index: int) -> None:
        self.commit_index = max(self.commit_index, index)
        self.applied += [entry.command for entry in self.log[self.last_applied + 1 : self.commit_index + 1]]
        self.last_applied = self.commit_index


# --- Network ---


class Cluster:
    """Delays a message by `delay` seconds (least, most), loses it with probability `loss`, passes it within a group."""

    def __init__(
        self, names: list[str], rng: Random, delay: tuple = (0.001, 0.005), loss: float = 0.0, server: type = Server
    ):
        self.now, self.rng, self.delay, self.loss = 0.0, rng, delay, loss
        self.flight, self.number, self.down, self.groups = [], count(), set(), [names]
        self.servers = {name: server(name, names, rng, self.send) for name in names}

    def send(self, source: str, to: str, message: tuple) -> None:
        if any(source in group and to in group for group in self.groups) and self.rng.random() >= self.loss:
            heappush(self.flight, (self.now + self.rng.uniform(*self.delay), next(self.number), source, to, message))

    def step(self, until: float = inf) -> bool:
        """The next arrival or timer; False if none comes before `until`."""
        up = [s for name, s in self.servers.items() if name not in self.down]
        arrival = self.flight[0][0] if self.flight else inf
        alarm = min((s.due for s in up), default=inf)
        if min(arrival, alarm) >= until:
            return False
        self.now = max(self.now, min(arrival, alarm))
        if arrival <= alarm:
            _, _, source, to, message = heappop(self.flight)
            if to not in self.down:
                self.servers[to].receive(source, message, self.now)
        else:
            s = next(s for s in up if s.due == alarm)
            s.replicate(self.now) if s.role == "leader" else s.timeout(self.now)
        return True

    def do(self, action: str, *of) -> None:
        """timeout NAME, client NAME COMMAND, crash NAME, restart NAME, groups [NAME, ...] ..., or run SECONDS."""
        if action == "run":
            end = self.now + of[0]
            while self.step(end):
                pass
            self.now = end
        elif action == "groups":
            self.groups = of
        elif action == "crash":
            self.down.add(of[0])
        elif action in ("timeout", "client", "restart"):
            if action == "restart":
                self.down.discard(of[0])
            if of[0] not in self.down:
                getattr(self.servers[of[0]], action)(*of[1:], self.now)
        else:
            raise ValueError(f"no action {action!r}; use timeout, client, crash, restart, groups or run")


# --- Trace ---


def trace(scenario: dict) -> Iterator[dict]:
    """Frames of a run. scenario: {seed, servers: count, delay: [least, most] in seconds, steps: [[action, ...], ...]},
    as for Cluster.do. A `run` ends a frame; two more elements say what to see there and, if true, that it matters."""
    names = [f"S{n + 1}" for n in range(scenario["servers"])]
    cluster = Cluster(names, Random(scenario["seed"]), scenario["delay"])
    roles = dict.fromkeys(names, "follower")
    logs = {name: server.log[:] for name, server in cluster.servers.items()}

    def node(name: str) -> dict:
        server = cluster.servers[name]
        if name in cluster.down:
            return {"text": name, "role": "", "lines": ["crashed"], "mark": "bad"}
        if server.role == "leader":
            own = f"next {', '.join(map(str, server.next_index.values()))}"
        else:
            own = f"waits {1000 * (server.due - cluster.now):.0f} ms"
        lines = [f"term {server.current_term}", f"vote {server.voted_for or 'none'}", own]
        mark = "changed" if server.role != roles[name] else None
        return {"text": name, "role": server.role, "lines": lines, "mark": mark}

    def row(name: str) -> dict:
        server, old, cells = cluster.servers[name], logs[name], []
        known = 0 if name in cluster.down else server.commit_index
        for n, entry in enumerate(server.log[1:], start=1):
            if n >= len(old):
                mark = "new"
            else:
                mark = "changed" if old[n] != entry else None
            cell = {"text": f"{entry.term}: {entry.command}", "mark": mark}
            if n <= known:
                cell["note"] = "committed"
            cells.append(cell)
        return {"head": name, "cells": cells}

    done: list[str] = []
    for action, *of in scenario["steps"]:
        cluster.do(action, *of)
        if action != "run":
            done.append(_said(action, of))
            continue
        seconds, why = of[0], of[1] if len(of) > 1 else ""
        if seconds:
            done.append(f"{1000 * seconds:.0f} ms later")
        say = ". ".join(part for part in ("; ".join(done), why) if part)
        views = [
            {"kind": "nodes", "label": "servers (next: next_index)", "nodes": [node(name) for name in names]},
            {"kind": "cells", "label": "logs, as term: command", "rows": [row(name) for name in names]},
        ]
        yield {"say": say[0].upper() + say[1:], "show": views, "key": len(of) > 2 and of[2]}
        done = []
        for name, server in cluster.servers.items():
            roles[name], logs[name] = server.role, server.log[:]


def _said(action: str, of: list) -> str:
    if action == "groups":
        groups = " and ".join("+".join(group) for group in of)
        return "all are connected" if len(of) == 1 else f"the network splits into {groups}"
    words = {"timeout": "times out", "client": "is sent", "crash": "crashes", "restart": "restarts"}
    return " ".join([of[0], words[action], *map(str, of[1:])])
