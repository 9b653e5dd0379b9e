"""Whatever is done to a file, the checker answers in lines, and what it lets pass is printed as it is written."""

import os
import re
from collections import Counter
from datetime import date

from hypothesis import HealthCheck, Phase, given, settings

from macros import check
from macros.facts import catalogue as facts
from macros.facts import finding
from macros.facts.quantities import told
from macros.machines import api, feed
from macros.pages.template import CODE
from macros.paper import deck, sheets
from tests.check import fuzz

DAMAGES = int(os.environ.get("DAMAGES", "60"))
TODAY = date(2026, 6, 1)
ANSWER = re.compile(r"[^:]+:\d+: .+[^ ]")
UNSEEN = re.compile(
    r"^heard/|\.(cards|problem|read_on|searches|evidence|again|tried|source|published|input|slug|kind|accent|url|see)\b"
    r"|^(products|vocabulary|problems-asked|deck)"
)


def texts(c: facts.Catalogue) -> dict[str, str]:
    """Every text of the data by its field."""
    out = {}

    def walk(value, at):
        if isinstance(value, dict):
            for key, inner in value.items():
                walk(inner, f"{at}.{key}")
        elif isinstance(value, tuple):
            for i, inner in enumerate(value):
                walk(inner, f"{at}[{i}]")
        elif isinstance(value, str):
            out[at] = value

    for key, doc in c.documents.items():
        walk(doc.value, key)
    return out


def _joined(text: str, values: list[str]) -> str:
    return "\n".join((text, *values))


def test_no_damage_is_a_traceback_or_printed_otherwise(tmp_path, monkeypatch, small, whole, printed):
    root, before, count = tmp_path / "t", set(texts(small).values()), Counter()
    monkeypatch.setattr(finding, "ROOT", root)

    @settings(
        max_examples=DAMAGES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(damage=fuzz.damaged(whole, root))
    def answers(damage):
        findings = check.everything(root, TODAY)
        said = [str(f) for f in findings]
        assert all(ANSWER.fullmatch(line) and line.isprintable() for line in said), said
        if any(not f.warning for f in findings):
            name = damage.at.rpartition(".")[0]
            there = any(f.path.startswith(name) for f in findings)
            count[damage.kind, "refused there" if there else "refused elsewhere"] += 1
            return
        c, _ = facts.catalogue(root / "data")
        text = re.sub(r"\s+", " ", _joined(*printed(c)))
        new = {at: value for at, value in texts(c).items() if value not in before and not UNSEEN.search(at)}
        for at, value in new.items():
            own = at.partition(".")[0].removeprefix("problems/") if at.startswith("problems/") else ""
            words = re.sub(r"\s+", " ", CODE.sub(r"\1", told(value, own, c.quantities)))
            assert words in text, f"{damage}: {at} is not shown as {words!r}"
        shown = api.files(c, "https://example.org/")
        feed.feed(c, "https://example.org/")
        for slug in c.patterns:
            if c.patterns[slug].numbers:
                deck.card(c, slug)
        for slug in sheets.slugs(c):
            sheets.sheet(c, slug)
        assert all("\ufffd" not in one for one in shown.values())
        count[damage.kind, "accepted, shown" if new else "accepted, no text changed"] += 1

    answers()
    columns = ("refused there", "refused elsewhere", "accepted, shown", "accepted, no text changed")
    print(f"\n{'damage':<24}" + "".join(f"{name:>27}" for name in columns))
    for kind in sorted(fuzz.KINDS):
        print(f"{kind:<24}" + "".join(f"{count[kind, name]:>27}" for name in columns))
    print(f"{'all':<24}" + "".join(f"{sum(n for (_, o), n in count.items() if o == name):>27}" for name in columns))
    assert sum(count.values()) >= DAMAGES * 0.9 and len({kind for kind, _ in count}) > 10
