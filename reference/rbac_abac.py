"""Access control by roles (what a job may do at all) and by attributes (which object, and when).

Vocabulary
    permission  an operation on a kind of object: refund on order
    role        a named set of permissions; a senior role inherits those of its juniors
    assignment  a user has a role in a tenant; attribute: a property of subject, object or environment
    rule        permit or forbid, for an action, when all its conditions hold
    combining   deny overrides: a forbid beats any permit, and without a permit the answer is no

Complexity: may takes O(roles of the user), since the hierarchy is flattened ahead; decide takes O(rules * conditions).

Source: INCITS 359 (core and hierarchical RBAC); Kubernetes RBAC (who may grant); NIST SP 800-162; XACML 3.0
(deny-overrides).

A production version adds: separation of duty; a maximum age for each attribute; a log of decisions with their inputs;
partial evaluation, so that a list is filtered by the query.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

Permission = tuple[str, str]  # operation, kind of object

# --- Roles ---


@dataclass
class Roles:
    """Permissions by role, and each role's juniors. ValueError for an unknown junior or a circle."""

    own: dict[str, list[Permission]]
    juniors: dict[str, list[str]] = field(default_factory=dict)
    assigned: dict[tuple[str, str], list[str]] = field(default_factory=dict)  # (user, tenant) to roles

    def __post_init__(self):
        self.flat = {role: self._inherit(role, ()) for role in self.own}

    def _inherit(self, role: str, above: tuple[str, ...]) -> dict[Permission, str]:
        """All permissions of a role, with the role each comes from."""
        if role in above:
            raise ValueError(f"role {role} is its own junior: {' > '.join((*above, role))}")
        if role not in self.own:
            raise ValueError(f"no role {role}")
        below = [self._inherit(junior, (*above, role)) for junior in self.juniors.get(role, ())]
        return {p: by for found in below for p, by in found.items()} | {tuple(p): role for p in self.own[role]}

    def may(self, user: str, operation: str, kind: str, tenant: str) -> bool:
        """Whether any role the user has in this tenant permits it. Roles only add, so their order means nothing."""
        return any((operation, kind) in self.flat[role] for role in self.assigned.get((user, tenant), ()))

    def who_may(self, operation: str, kind: str, tenant: str) -> list[str]:
        """The auditor's question."""
        users = [user for user, where in self.assigned if where == tenant]
        return sorted(user for user in users if self.may(user, operation, kind, tenant))

    def grant(self, grantor: str, user: str, role: str, tenant: str) -> None:
        """PermissionError unless the grantor may grant roles here, and holds all that this role permits."""
        for operation, kind in (("grant", "role"), *self.flat[role]):
            if not self.may(grantor, operation, kind, tenant):
                raise PermissionError(f"{grantor} may not {operation} {kind}, and so not grant {role}")
        self.assigned.setdefault((user, tenant), []).append(role)


# --- Attributes ---


@dataclass
class Rule:
    """`when` holds conditions: [attribute, "=" or "<=", attribute or literal]. An attribute is written subject.ward."""

    name: str
    effect: str  # permit or forbid
    action: str
    when: list[list]


def value(term: Any, facts: dict[str, dict]) -> Any:
    """A literal as it is; the value of subject.x, object.x or environment.x; None where it is missing."""
    of, dot, name = str(term).partition(".")
    return facts.get(of, {}).get(name) if dot and of in ("subject", "object", "environment") else term


def holds(condition: list, facts: dict[str, dict]) -> bool | None:
    """None where a side is missing or the two cannot be compared: two missing values are not equal."""
    left, right = value(condition[0], facts), value(condition[2], facts)
    if left is None or right is None:
        return None
    try:
        return left == right if condition[1] == "=" else left <= right
    except TypeError:
        return None


def decide(rules: list[Rule], action: str, facts: dict[str, dict]) -> tuple[bool, str]:
    """The decision and why. A permit needs every condition true; a forbid is only out where one is known as false."""
    found = {"permit": [], "forbid": []}
    for rule in rules:
        results = [holds(condition, facts) for condition in rule.when]
        if rule.action == action and (all(results) if rule.effect == "permit" else False not in results):
            found[rule.effect].append(rule.name)
    for effect in ("forbid", "permit"):
        if found[effect]:
            return effect == "permit", f"{effect} by {', '.join(sorted(found[effect]))}"
    return False, "no permit matches"


# --- Trace ---


def trace(scenario: dict) -> Iterator[dict]:
    """Frames of a run. scenario: {own, juniors, assigned: [[user, tenant, role]],
    steps: [[may, who, grant or object, ...]]}, or {rules, requests}."""
    yield from (_roles if "own" in scenario else _rules)(**scenario)


def _frame(say: str, *tables: tuple[str, dict], key: bool = False) -> dict:
    views = []
    for label, rows in tables:
        drawn = [{"head": head, "cells": cells} for head, cells in rows.items()]
        views.append({"kind": "cells", "label": label, "rows": drawn})
    return {"say": say, "show": views, "key": key}


def _roles(own: dict, juniors: dict, assigned: list, steps: list) -> Iterator[dict]:
    roles = Roles(own, juniors, {(user, tenant): [role] for user, tenant, role in assigned})
    table = {}
    for role, flat in roles.flat.items():
        table[role] = [{"text": " ".join(p), "note": "" if by == role else f"from {by}"} for p, by in flat.items()]
    say = "Roles are flattened: a senior has its own permissions and those of its juniors."
    yield _frame(say, ("permissions", table))
    for name, *given in steps:
        good = True
        if name == "may":
            good = roles.may(*given)
            why = "a role of this user permits it" if good else "no role of this user, in this tenant, permits it"
        elif name == "who":
            why = ", ".join(roles.who_may(*given)) + ". One look answers the auditor"
        elif name == "object":  # user, owner: what no role can know
            owner = Rule("owner", "permit", "read", [["subject.id", "=", "object.owner"]])
            good, why = decide([owner], "read", {"subject": {"id": given[0]}, "object": {"owner": given[1]}})
        else:
            try:
                roles.grant(*given)
                why = "done"
            except PermissionError as error:
                good, why = False, str(error)
        held = {}
        for (user, tenant), has in roles.assigned.items():
            held[user] = [{"text": role, "note": f"in {tenant}"} for role in has]
        answer = {"text": "yes", "mark": "hit"} if good else {"text": "no", "mark": "bad"}
        tables = ("assignments", held), ("asked", {name: [*given, answer]})
        yield _frame(f"{name} {', '.join(given)}: {why}.", *tables, key=not good or name == "object")


RESULTS = {True: ("true", "hit"), False: ("false", "bad"), None: ("missing", "idle")}


def _rules(rules: list, requests: list) -> Iterator[dict]:
    known = [Rule(*rule) for rule in rules]
    for n, facts in enumerate(requests, 1):
        given = {of: [{"text": v, "note": name} for name, v in found.items()] for of, found in facts.items()}
        yield _frame(f"Request {n}, to read. First the attributes are gathered.", ("attributes", given))
        rows = {}
        for rule in known:
            cells = []
            for condition in rule.when:
                word, mark = RESULTS[holds(condition, facts)]
                left, operator, right = condition
                cells.append({"text": left, "note": f"{operator} {right}: {word}", "mark": mark})
            rows[f"{rule.effect} {rule.name}"] = cells
        allowed, why = decide(known, "read", facts)
        say = f"{'Allowed' if allowed else 'Denied'}: {why}."
        yield _frame(say, ("attributes", given), ("conditions", rows), key=n < 4)
