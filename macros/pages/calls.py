"""Every macro, once: its name, the function behind it, what its first argument names, and how it is called.

The wiring registers them, the checker looks up what their arguments name, the contributors' manual shows them, and the
golden tests try them. A function stands as 'room.module:name', so that this list imports nothing.
"""

from __future__ import annotations

from typing import NamedTuple


class Call(NamedTuple):
    """One macro; its function takes the catalogue first, or the whole build where `of` says so."""

    name: str
    function: str
    names: str  # what the first argument is: a folder of data/, figure, drawing, plot, slot, sheet; else nothing
    examples: tuple[str, ...]
    of: str = "catalogue"


def _call(name: str, function: str, names: str = "", *examples: str, of: str = "catalogue") -> Call:
    return Call(name, function, names, examples or (f"{name}()",), of)


_P, _D, _B, _N = '"circuit-breaker"', '"deep-dive"', '"scaling-reads"', '"news-feed"'

CALLS = (
    _call("pattern_card", "pages.cards:pattern_card", "patterns", f"pattern_card({_P})"),
    _call(
        "pattern_cards",
        "pages.cards:pattern_cards",
        "",
        f"pattern_cards(phase={_D})",
        'pattern_cards(category="caching")',
        f"pattern_cards(playbook={_B})",
        'pattern_cards(slugs=["lru"])',
    ),
    _call("pattern_finder", "pages.finder:finder"),
    _call("pattern_comparison", "pages.finder:comparison"),
    _call("pattern_index", "pages.finder:a_to_z"),
    _call("symptoms", "pages.finder:symptoms"),
    _call("pattern_map", "pages.maps:whole"),
    _call("pattern_head", "pages.patterns:head", "patterns", f"pattern_head({_P})"),
    _call("use_when", "pages.patterns:use_when", "patterns", f"use_when({_P})"),
    _call("numbers", "pages.patterns:numbers", "patterns", f"numbers({_P})"),
    _call("trade_offs", "pages.patterns:trade_offs", "patterns", f"trade_offs({_P})"),
    _call("failure_modes", "pages.patterns:failure_modes", "patterns", f"failure_modes({_P})"),
    _call("follow_ups", "pages.patterns:follow_ups", "patterns", f"follow_ups({_P})"),
    _call("misreadings", "pages.patterns:misreadings", "", f"misreadings({_P})", f'misreadings({_D}, "phases")'),
    _call("depth", "pages.patterns:depth", "patterns", f"depth({_P})"),
    _call("related", "pages.patterns:related", "patterns", f"related({_P})"),
    _call("sources", "pages.patterns:sources", "patterns", f"sources({_P})"),
    _call("next_step", "pages.patterns:next_step", "patterns", f"next_step({_P})"),
    _call("code", "pages.code:code", "patterns", 'code("lru")', of="build"),
    _call("replay", "pages.code:replay", "algorithms", 'replay("token-bucket", "ordinary")', of="build"),
    _call("count", "pages.counts:count", "counts", 'count("patterns")', 'count("replays")'),
    _call("phase_head", "pages.phases:head", "phases", f"phase_head({_D})"),
    _call("enter_when", "pages.phases:enter_when", "phases", f"enter_when({_D})"),
    _call("leave_when", "pages.phases:leave_when", "phases", f"leave_when({_D})"),
    _call("steps", "pages.phases:steps", "phases", f"steps({_D})"),
    _call("whiteboard", "pages.phases:whiteboard", "phases", f"whiteboard({_D})"),
    _call("questions", "pages.phases:questions", "phases", f'questions({_D}, "ask")', f'questions({_D}, "expect")'),
    _call("mistakes", "pages.phases:mistakes", "phases", f"mistakes({_D})"),
    _call("dos_and_donts", "pages.phases:dos_and_donts", "phases", f"dos_and_donts({_D})", "dos_and_donts()"),
    _call("phase_numbers", "pages.phases:numbers", "phases", f"phase_numbers({_D})"),
    _call("phase_sources", "pages.phases:sources", "phases", f"phase_sources({_D})"),
    _call("checklist", "pages.phases:checklist", "phases", f"checklist({_D})"),
    _call("playbook_list", "pages.playbooks:listing"),
    _call("playbook_head", "pages.playbooks:head", "playbooks", f"playbook_head({_B})"),
    _call("forks", "pages.playbooks:forks", "playbooks", f"forks({_B})"),
    _call("playbook_walk", "pages.playbooks:walk", "playbooks", f"playbook_walk({_B})"),
    _call("playbook_worked", "pages.playbooks:worked", "playbooks", f"playbook_worked({_B})"),
    _call("playbook_sources", "pages.playbooks:sources", "playbooks", f"playbook_sources({_B})"),
    _call("problem_list", "pages.problems:listing"),
    _call("problem_head", "pages.problems:head", "problems", f"problem_head({_N})"),
    _call("problem_scope", "pages.problems:scope", "problems", f"problem_scope({_N})"),
    _call("problem_numbers", "pages.problems:numbers", "problems", f"problem_numbers({_N})"),
    _call("problem_options", "pages.problems:options", "problems", f"problem_options({_N})"),
    _call("problem_failures", "pages.problems:failures", "problems", f"problem_failures({_N})"),
    _call("problem_curveballs", "pages.problems:curveballs", "problems", f"problem_curveballs({_N})"),
    _call("problem_expected", "pages.problems:expected", "problems", f"problem_expected({_N})"),
    _call("problem_plan", "pages.problems:plan", "problems", f"problem_plan({_N})"),
    _call("problem_follow_ups", "pages.problems:follow_ups", "problems", f"problem_follow_ups({_N})"),
    _call("problem_errata", "pages.problems:errata", "problems", f"problem_errata({_N})"),
    _call("problem_exercises", "pages.problems:exercises", "problems", f"problem_exercises({_N})"),
    _call("problem_sources", "pages.problems:sources", "problems", f"problem_sources({_N})"),
    _call("problem_next", "pages.problems:next_step", "problems", f"problem_next({_N})"),
    _call(
        "q",
        "pages.problems:quantity",
        "quantities",
        'q("news-feed.peak_requests")',
        'q("news-feed.peak_requests", "number")',
    ),
    _call("phase_bar", "pages.minutes:phase_bar", "phases", f"phase_bar({_D}, 45)", "phase_bar()"),
    _call("time_table", "pages.minutes:time_table"),
    _call("time_plan", "pages.minutes:time_plan", "", "time_plan(45)", "time_plan()"),
    _call("schemes_table", "pages.minutes:schemes_table"),
    _call("cheat_sheet", "paper.sheets:page", "sheets", f"cheat_sheet({_D})", 'cheat_sheet("interview")'),
    _call("problem_sheet", "paper.problem_sheets:page", "problems", f"problem_sheet({_N})"),
    _call("problem_sheets", "paper.problem_sheets:listing"),
    _call("print_center", "paper.center:print_center"),
    _call("deck_list", "paper.center:deck_list"),
    _call("book_link", "paper.center:book_link", of="build"),
    _call("corrections", "pages.corrections:corrections"),
    _call("corrected", "pages.corrections:corrected", "", 'corrected("other-pages")'),
    _call("misreading_table", "pages.corrections:misreading_table"),
    _call("errata", "pages.corrections:errata"),
    _call("recall_cards", "pages.practice:recall_cards", "", f"recall_cards({_P})", f'recall_cards({_N}, "problems")'),
    _call("reading", "pages.practice:reading", "", f'reading({_D}, "phases")'),
    _call("ask", "pages.practice:ask"),
    _call("standing", "pages.practice:standing"),
    _call("defend", "pages.practice:defend"),
    _call("plans", "pages.plans:plans"),
    _call("anki_deck", "pages.practice:anki_deck"),
    _call("kept", "pages.practice:kept"),
    _call("glossary", "pages.glossary:glossary"),
    _call("product", "pages.figures:product", "products", 'product("aws-alb-idle")'),
    _call("figure", "pages.figures:figure", "figures", f"figure({_P})"),
    _call("drawing", "pages.figures:drawing", "drawings", 'drawing("lru-list")'),
    _call("plot", "pages.figures:plot", "plots", 'plot("bloom-error")'),
    _call("plotted", "pages.figures:plotted", "plots", 'plotted("ring-balance", "ring", 100, 1)'),
    _call("begins", "pages.minutes:begins", "phases", f"begins({_D})", f"begins({_D}, 35)"),
    _call("minutes", "pages.minutes:minutes_of", "phases", f"minutes({_D})", f"minutes({_D}, 35)"),
    _call("slots", "pages.minutes:slots"),
    _call("rehearsal", "pages.conduct:rehearsal"),
    _call("interviewers_clock", "pages.conduct:table"),
    _call("rubric", "pages.conduct:rubric"),
    _call("moves", "pages.conduct:moves"),
    _call("leading", "pages.conduct:leading"),
    _call("decision_form", "pages.conduct:decision_form"),
    _call("kit_list", "paper.kit:listing"),
    _call("question_bank", "pages.conduct:bank"),
    _call("calibration", "pages.calibration:calibration"),
    _call("reviewers", "pages.calibration:reviewers"),
    _call("macro_manual", "pages.manual:manual", "", of="macros"),
)
