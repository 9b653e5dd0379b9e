"""A verifier is the sum of its refusals: each check has a token that only it turns away."""

import base64
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference import jwt
from reference.jwt import Refused, Verifier, believe_header, encode, mac, sign

SECRET, PUBLIC = b"s" * 32, b"-----BEGIN PUBLIC KEY----- MIIB"
HEADER = {"typ": "at+jwt", "alg": "HS256", "kid": "k1"}
CLAIMS = {"iss": "me", "aud": ["orders", "search"], "sub": "u1", "iat": 1000, "nbf": 1000, "exp": 1600, "jti": "t1"}
NOW = 1300


def verifier(**changes):
    return Verifier(**{"issuer": "me", "audience": "orders", "algorithm": "HS256", "keys": {"k1": SECRET}} | changes)


def token(header=(), claims=(), secret=SECRET):
    """A good token with some fields changed; None leaves one out."""
    parts = (HEADER | dict(header), CLAIMS | dict(claims))
    return sign(*({k: v for k, v in part.items() if v is not None} for part in parts), secret)


def test_a_good_token_gives_its_claims():
    assert verifier().verify(token(), NOW) == CLAIMS


def test_the_example_of_the_standard():
    """RFC 7515, appendix A.1: its very key, text and signature."""
    key = base64.urlsafe_b64decode(
        "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow=="
    )
    signed = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9."
    signed += "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
    assert encode(mac(key, signed)) == "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"


# --- forging ---

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/=. é"


@settings(max_examples=200, deadline=None)
@given(st.integers(0, len(token()) - 1), st.sampled_from(LETTERS))
def test_any_changed_character_is_refused(at, letter):
    good = token()
    if letter != good[at]:
        with pytest.raises(Refused):
            verifier().verify(good[:at] + letter + good[at + 1 :], NOW)


def test_each_signature_has_one_spelling():
    """Of 64 last letters only those whose spare bits are zero: 4 after one letter, 16 after two."""

    def accepted(text):
        try:
            return bool(jwt.decode(text))
        except ValueError:
            return False

    assert [sum(accepted(start + letter) for letter in LETTERS[:64]) for start in ("Q", "QU")] == [4, 16]


def test_a_lax_alphabet_is_noticed(monkeypatch):
    """Without the second half of decode(), the last letter has four spellings, and a denylist by token text leaks."""
    good = token()
    others = [good[:-1] + letter for letter in LETTERS[:64] if letter != good[-1]]
    monkeypatch.setattr(jwt, "decode", lambda text: base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    accepted = 0
    for other in others:
        try:
            verifier().verify(other, NOW)
            accepted += 1
        except Refused:
            pass
    assert accepted == 3


FORGERIES = [
    ("RS256", PUBLIC, "HS256"),
    ("RS256", PUBLIC, "none"),
    ("HS256", SECRET, "none"),
    ("HS256", SECRET, "None"),
]


@pytest.mark.parametrize("own, key, forged_alg", FORGERIES)
def test_the_header_does_not_choose(own, key, forged_alg):
    forged = token({"alg": forged_alg}, {"sub": "admin"}, key)
    if forged_alg == "none":
        forged = forged[: forged.rindex(".") + 1]
    if forged_alg != "None":
        assert believe_header(forged, key), "the forgery works where the header is believed"
    with pytest.raises(Refused, match=f"alg: '{forged_alg}', but these keys are for {own}"):
        verifier(algorithm=own, keys={"k1": key}).verify(forged, NOW)


def test_a_mac_is_not_taken_for_an_rsa_signature():
    """Even a token that names RS256 is not checked with HMAC."""
    with pytest.raises(Refused, match="signature: does not match"):
        verifier(algorithm="RS256", keys={"k1": PUBLIC}).verify(token({"alg": "RS256"}, secret=PUBLIC), NOW)


# --- one token per check ---

BAD = [
    ("typ: 'JWT' is another kind of token", token({"typ": "JWT"}), {}),
    ("typ: None is another kind of token", token({"typ": None}), {}),
    ("alg: 'HS512', but these keys are for HS256", token({"alg": "HS512"}), {}),
    ("kid: 'k2' is no key of this issuer", token({"kid": "k2"}), {}),
    (r"kid: \['k1'\] is no key of this issuer", token({"kid": ["k1"]}), {}),
    ("signature: does not match", token(secret=b"x" * 32), {}),
    ("iss: 'you', not 'me'", token(claims={"iss": "you"}), {}),
    ("iss: 'I', not 'me'", token(claims={"iss": "I"}), {}),
    (r"aud: \['search'\] does not name 'orders'", token(claims={"aud": ["search"]}), {}),
    ("aud: 'orders2' does not name 'orders'", token(claims={"aud": "orders2"}), {}),
    ("aud: None does not name 'orders'", token(claims={"aud": None}), {}),
    ("exp: over, or missing", token(claims={"exp": NOW - 60}), {}),
    ("exp: over, or missing", token(claims={"exp": None}), {}),
    ("exp: over, or missing", token(claims={"exp": "9999"}), {}),
    ("exp: over, or missing", token(claims={"exp": True}), {}),
    ("exp: over, or missing", token(claims={"exp": float("nan")}), {}),
    ("nbf: not yet", token(claims={"nbf": NOW + 61}), {}),
    ("nbf: not yet", token(claims={"nbf": "1000"}), {}),
    ("jti: on the denylist", token(), {"denylist": {"t1": 1600}}),
    ("iat: issued before this user's cut-off", token(), {"cutoffs": {"u1": 1000}}),
    ("iat: issued before this user's cut-off", token(claims={"iat": None}), {"cutoffs": {"u1": 0}}),
]


@pytest.mark.parametrize("message, bad, own", BAD)
def test_each_check_refuses(message, bad, own):
    with pytest.raises(Refused, match=f"^{message}$"):
        verifier(**own).verify(bad, NOW)


class Careless(Verifier):
    """Leaves one check out."""

    without = ""

    def checks(self, token, now):
        return (check for check in super().checks(token, now) if check[0] != self.without)


@pytest.mark.parametrize("name", ["typ", "alg", "signature", "iss", "aud", "exp", "nbf", "jti", "iat"])
def test_leaving_out_a_check_is_noticed(name):
    message, bad, own = next(one for one in BAD if one[0].startswith(name))
    careless = Careless(**vars(verifier(**own)))
    careless.without = name
    assert careless.verify(bad, NOW), f"nothing but {name} refuses it"


# --- time ---


@given(st.integers(0, 300), st.integers(900, 2200))
@settings(max_examples=100, deadline=None)
def test_time_has_two_ends_and_leeway(leeway, now):
    try:
        verifier(leeway=leeway).verify(token(), now)
        accepted = True
    except Refused:
        accepted = False
    assert accepted == (1000 - leeway <= now < 1600 + leeway)


def test_a_missing_expiry_is_never_in_the_future():
    with pytest.raises(Refused, match="exp: over, or missing"):
        verifier().verify(token(claims={"exp": None, "nbf": None}), now=30)


def test_a_minute_of_leeway_unless_told():
    assert verifier().verify(token(claims={"exp": NOW - 59, "nbf": NOW + 60}), NOW)


def test_nbf_is_optional_and_other_users_live():
    assert verifier(cutoffs={"u2": 9999}).verify(token(claims={"nbf": None}), NOW)
    assert verifier(cutoffs={"u1": 999}).verify(token({"typ": "application/at+jwt"}), NOW)


# --- form ---


def raw(*parts):
    return ".".join(encode(part) for part in parts)


NO_TOKENS = ["", "a.b", "a.b.c.d.e", raw(b"{}", b"{", b""), raw(b"\xff", b"{}", b""), raw(b"{}", b"{}") + ".a"]
NO_TOKENS.append(raw(b"[" * 10**5, b"{}", b""))  # deeper than the parser's stack


@pytest.mark.parametrize("bad", NO_TOKENS, ids=range(len(NO_TOKENS)))
def test_not_a_token(bad):
    with pytest.raises(Refused, match="form: not header.claims.signature, with JSON in base64url"):
        verifier().verify(bad, NOW)


@pytest.mark.parametrize("header, claims", [([], {}), ({}, 1), ({"crit": ["exp"]}, {})])
def test_objects_without_extensions(header, claims):
    with pytest.raises(Refused, match="form: header and claims have to be objects, without critical extensions"):
        verifier().verify(raw(json.dumps(header).encode(), json.dumps(claims).encode(), b""), NOW)


def test_a_longer_secret_is_welcome():
    secret = b"s" * 48
    assert verifier(keys={"k1": secret}).verify(token(secret=secret), NOW)


@pytest.mark.parametrize("alg", ["HS256", "zip"])
def test_even_the_mistake_checks_other_algorithms(alg):
    assert not believe_header(token({"alg": alg}), b"x" * 32)


def test_a_short_secret_is_refused():
    with pytest.raises(ValueError, match="key k1: 248 bits; HS256 needs 256"):
        verifier(keys={"k1": b"s" * 31})
