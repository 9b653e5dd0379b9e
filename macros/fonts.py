"""The web fonts as pages load them: weights cut out of variable fonts, without what no page asks for.

A page that Firefox saves as a PDF keeps text only of fonts that do not vary; and two cuts are no larger than what they
are cut from.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

CUTS = {"text": ("text", 400), "strong": ("text", 600), "head": ("head", 700), "mono": ("mono", 400)}
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "tnum"]  # figures of one width stand below each other in tables


def cut(files: dict[str, str], modules: Path, folder: Path) -> None:
    """Writes folder/<cut>.woff2 for each cut, where fonts or this file changed. `files`: below `modules`, by role."""
    digest = hashlib.sha256(Path(__file__).read_bytes())
    for role, _ in CUTS.values():
        digest.update((modules / files[role]).read_bytes())
    stamp = folder / "of"
    if stamp.exists() and stamp.read_text("utf-8") == digest.hexdigest():
        return
    folder.mkdir(parents=True, exist_ok=True)
    for name, (role, weight) in CUTS.items():
        _one(modules / files[role], weight, folder / f"{name}.woff2")
    stamp.write_text(digest.hexdigest(), "utf-8")


def _one(path: Path, weight: int, target: Path) -> None:
    from fontTools import subset  # half a second, needed once
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    font = TTFont(path, recalcTimestamp=False)
    if "fvar" in font:
        font = instantiateVariableFont(font, {"wght": weight})
    options = subset.Options(layout_features=FEATURES, hinting=False, notdef_outline=True, recalc_timestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=font.getBestCmap())
    cutter.subset(font)
    font.flavor = "woff2"
    font.save(target)
