"""JSON Web Token: claims that a service can check by itself, with a key it already has.

Vocabulary
    header     typ, alg and kid: what the token says about itself, believed only where configuration agrees
    claims     iss, aud, sub, exp and so on: readable by anyone, believed only after the signature
    signature  here a MAC (HS256): whoever can verify can also mint, so issuer and verifier are one program
    cut-off    a time for one user, whose older tokens are dead

Complexity: O(length of the token), without I/O; revocation adds two look-ups in memory.

Source: RFC 7519 (JWT), RFC 7515 (JWS), RFC 7518 section 3.2 (secrets), RFC 8725 (practice), RFC 9068 section 4 (access
tokens).

A production version adds: ES256 from a maintained library; a refetch on an unknown kid, limited; the feed of
revocations.
"""

from __future__ import annotations

import base64
import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import inf


class Refused(ValueError):
    """The token is not accepted. The text is for the log; the caller is told 401 and no more."""


# --- Sign ---


def encode(raw: bytes) -> str:
    """base64url without the padding, as RFC 7515 writes it."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def sign(header: dict, claims: dict, secret: bytes) -> str:
    """header.claims.signature, each in base64url; always HS256, whatever the header says."""
    signed = ".".join(encode(json.dumps(part, separators=(",", ":")).encode()) for part in (header, claims))
    return f"{signed}.{encode(mac(secret, signed))}"


def mac(secret: bytes, signed: str) -> bytes:
    """HS256: HMAC with SHA-256, 32 bytes."""
    return hmac.digest(secret, signed.encode(), "sha256")


# --- Parse ---


def decode(text: str) -> bytes:
    """The bytes. ValueError unless written as encode() would: else several tokens would mean the same."""
    raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if encode(raw) != text:
        raise ValueError("not base64url")
    return raw


def parse(token: str) -> tuple[dict, dict, str, bytes]:
    """Header, claims, the signed text and the signature: all from the sender, nothing checked yet."""
    try:
        signed, _, last = token.rpartition(".")
        header, claims = (json.loads(decode(part)) for part in signed.split("."))
        signature = decode(last)
    except (ValueError, RecursionError) as error:
        raise Refused("form: not header.claims.signature, with JSON in base64url") from error
    if not isinstance(header, dict) or not isinstance(claims, dict) or "crit" in header:
        raise Refused("form: header and claims have to be objects, without critical extensions")
    return header, claims, signed, signature


# --- Verify ---


@dataclass
class Verifier:
    """What is accepted, from configuration: keys by kid, cut-offs by sub, times in seconds.

    ValueError if a secret is short.
    """

    issuer: str
    audience: str
    algorithm: str
    keys: dict[str, bytes]
    leeway: int = 60
    denylist: dict[str, int] = field(default_factory=dict)  # jti to exp: the entry may go at exp + leeway
    cutoffs: dict[str, int] = field(default_factory=dict)

    def __post_init__(self):
        for kid, key in self.keys.items():
            if self.algorithm == "HS256" and len(key) < 32:
                raise ValueError(f"key {kid}: {8 * len(key)} bits; HS256 needs 256")

    def verify(self, token: str, now: float) -> dict:
        """The claims. Refused at the first check that fails, and the text starts with the check's name."""
        for name, passes, why in self.checks(token, now):
            if not passes:
                raise Refused(f"{name}: {why}")
        return parse(token)[1]

    def checks(self, token: str, now: float) -> Iterator[tuple[str, bool, str]]:
        """Name, result and reason of each check, in order.

        The caller stops at the first that fails: later ones rely on it.
        """
        header, claims, signed, signature = parse(token)
        times = {name: at for name, at in claims.items() if type(at) in (int, float)}  # neither texts nor true
        typ, alg, kid, aud = header.get("typ"), header.get("alg"), header.get("kid"), claims.get("aud")
        yield "typ", typ in ("at+jwt", "application/at+jwt"), f"{typ!r} is another kind of token"
        yield "alg", alg == self.algorithm, f"{alg!r}, but these keys are for {self.algorithm}"
        yield "kid", isinstance(kid, str) and kid in self.keys, f"{kid!r} is no key of this issuer"
        matches = self.algorithm == "HS256" and hmac.compare_digest(signature, mac(self.keys[kid], signed))
        yield "signature", matches, "does not match"
        yield "iss", claims.get("iss") == self.issuer, f"{claims.get('iss')!r}, not {self.issuer!r}"
        named = aud if isinstance(aud, list) else [aud]
        yield "aud", self.audience in named, f"{aud!r} does not name {self.audience!r}"
        yield "exp", now < times.get("exp", -inf) + self.leeway, "over, or missing"
        yield "nbf", "nbf" not in claims or now >= times.get("nbf", inf) - self.leeway, "not yet"
        yield "jti", str(claims.get("jti")) not in self.denylist, "on the denylist"
        cutoff = self.cutoffs.get(str(claims.get("sub")))
        yield "iat", cutoff is None or times.get("iat", -inf) > cutoff, "issued before this user's cut-off"


# --- The mistake ---


def believe_header(token: str, key: bytes) -> bool:
    """What some libraries once did: the token chooses how it is checked."""
    header, _, signed, signature = parse(token)
    return header.get("alg") == "none" or hmac.compare_digest(signature, mac(key, signed))


# --- Trace ---


PASSED = {  # what a check that passes has shown
    "typ": "an access token",
    "alg": "the configured one",
    "signature": "only now are claims believed",
    "aud": "meant for us",
}


def trace(scenario: dict) -> Iterator[dict]:
    """Frames of a run. scenario: {verifier: Verifier's fields, keys as texts; header, claims; signed_with: text, "" for
    none; now: [seconds, ...]}."""
    given = scenario["verifier"]
    keys = {kid: text.encode() for kid, text in given["keys"].items()}
    verifier, done = Verifier(**given | {"keys": keys}), []
    token = sign(scenario["header"], scenario["claims"], scenario["signed_with"].encode())
    if not scenario["signed_with"]:
        token = token[: token.rindex(".") + 1]

    def frame(say: str, key: bool = False) -> dict:
        rows = []
        for head in ("header", "claims"):
            rows.append({"head": head, "cells": [{"text": v, "note": name} for name, v in scenario[head].items()]})
        views = [
            {"kind": "cells", "label": "token: anyone can read it", "rows": rows},
            {"kind": "cells", "label": "checks, in order", "rows": [{"cells": done}]},
        ]
        return {"say": say, "show": views, "key": key}

    yield frame(f"A token of {len(token)} characters arrives. Nothing in it is secret, and nothing is proved yet.")
    known = f"{verifier.algorithm}, {verifier.issuer}, {verifier.audience}, and the keys"
    yield frame(f"The verifier knows from its configuration: {known}.")
    for now in scenario["now"]:
        done = []
        for name, passes, why in verifier.checks(token, now):
            done = [*done, {"text": name, "mark": "hit" if passes else "bad"}]
            if not passes:
                yield frame(f"At {now}, {name}: {why}. Refused with 401; later checks do not run.", key=True)
                break
            if name in PASSED and len(scenario["now"]) == 1:
                yield frame(f"{name} passes: {PASSED[name]}.", key=name == "signature")
        else:
            say = f"At {now} all {len(done)} checks pass: known is who calls, not what they may do."
            yield frame(say, key=now in scenario["now"][-2:])
    if done[-1]["text"] == "alg" and believe_header(token, next(iter(keys.values()))):
        taken = scenario["claims"]["sub"]
        say = f"A verifier that believes the header's alg would have taken the forger for {taken}."
        yield frame(say, key=True)
