"""mkdocs-macros module: reads the data, registers the macros. Wiring only, one line a macro."""

from __future__ import annotations


def define_env(env):
    """Register the macros; mkdocs-macros calls this on every build."""
    # Imported here: `python -m macros.check` needs neither MkDocs nor the views.
    from macros import check, errors
    from macros.facts import load
    from macros.pages import cards, code as algorithms, figures, glossary as glossaries, manual, maps, minutes as timetables, patterns, phases, playbooks
    from macros.paper import center as printing, sheets

    errors.install()
    found, problems = load.catalogue()  # here, not at import: `make serve` re-reads the data
    problems = problems or [p for p in check.everything() if not p.warning]
    if problems or found is None:
        raise errors.stop(problems)
    c = found
    env.variables["catalogue"] = c

    @env.macro
    def pattern_card(slug):
        """{{ pattern_card("circuit-breaker") }}"""
        return cards.pattern_card(c, slug)

    @env.macro
    def pattern_cards(phase=None, category=None, playbook=None, slugs=()):
        """{{ pattern_cards(phase="deep-dive") }}, {{ pattern_cards(category="caching") }}, {{ pattern_cards(slugs=["lru"]) }}"""
        return cards.pattern_cards(c, phase=phase, category=category, playbook=playbook, slugs=slugs)

    @env.macro
    def pattern_catalogue():
        """{{ pattern_catalogue() }}"""
        return cards.catalogue(c)

    @env.macro
    def pattern_index():
        """{{ pattern_index() }}"""
        return cards.a_to_z(c)

    @env.macro
    def pattern_map():
        """{{ pattern_map() }}"""
        return maps.whole(c)

    @env.macro
    def pattern_head(slug):
        """{{ pattern_head("circuit-breaker") }}"""
        return patterns.head(c, slug)

    @env.macro
    def numbers(slug):
        """{{ numbers("circuit-breaker") }}"""
        return patterns.numbers(c, slug)

    @env.macro
    def trade_offs(slug):
        """{{ trade_offs("circuit-breaker") }}"""
        return patterns.trade_offs(c, slug)

    @env.macro
    def failure_modes(slug):
        """{{ failure_modes("circuit-breaker") }}"""
        return patterns.failure_modes(c, slug)

    @env.macro
    def follow_ups(slug):
        """{{ follow_ups("circuit-breaker") }}"""
        return patterns.follow_ups(c, slug)

    @env.macro
    def misreadings(slug):
        """{{ misreadings("circuit-breaker") }}"""
        return patterns.misreadings(c, slug)

    @env.macro
    def depth(slug):
        """{{ depth("circuit-breaker") }}"""
        return patterns.depth(c, slug)

    @env.macro
    def related(slug):
        """{{ related("circuit-breaker") }}"""
        return patterns.related(c, slug)

    @env.macro
    def sources(slug):
        """{{ sources("circuit-breaker") }}"""
        return patterns.sources(c, slug)

    @env.macro
    def code(slug):
        """{{ code("lru") }}"""
        return algorithms.code(c, slug, env.conf.extra.get("assets", {}))

    @env.macro
    def phase_head(slug):
        """{{ phase_head("deep-dive") }}"""
        return phases.head(c, slug)

    @env.macro
    def enter_when(slug):
        """{{ enter_when("deep-dive") }}"""
        return phases.enter_when(c, slug)

    @env.macro
    def leave_when(slug):
        """{{ leave_when("deep-dive") }}"""
        return phases.leave_when(c, slug)

    @env.macro
    def steps(slug):
        """{{ steps("deep-dive") }}"""
        return phases.steps(c, slug)

    @env.macro
    def whiteboard(slug):
        """{{ whiteboard("deep-dive") }}"""
        return phases.whiteboard(c, slug)

    @env.macro
    def questions(slug, kind):
        """{{ questions("deep-dive", "expect") }}"""
        return phases.questions(c, slug, kind)

    @env.macro
    def mistakes(slug):
        """{{ mistakes("deep-dive") }}"""
        return phases.mistakes(c, slug)

    @env.macro
    def dos_and_donts(slug=None):
        """{{ dos_and_donts("deep-dive") }}"""
        return phases.dos_and_donts(c, slug)

    @env.macro
    def phase_numbers(slug):
        """{{ phase_numbers("scope") }}"""
        return phases.numbers(c, slug)

    @env.macro
    def phase_sources(slug):
        """{{ phase_sources("deep-dive") }}"""
        return phases.sources(c, slug)

    @env.macro
    def checklist(slug):
        """{{ checklist("deep-dive") }}"""
        return phases.checklist(c, slug)

    @env.macro
    def playbook_list():
        """{{ playbook_list() }}"""
        return playbooks.listing(c)

    @env.macro
    def playbook_head(slug):
        """{{ playbook_head("scaling-reads") }}"""
        return playbooks.head(c, slug)

    @env.macro
    def forks(slug):
        """{{ forks("scaling-reads") }}"""
        return playbooks.forks(c, slug)

    @env.macro
    def playbook_sources(slug):
        """{{ playbook_sources("scaling-reads") }}"""
        return playbooks.sources(c, slug)

    @env.macro
    def phase_bar(present=None, minutes=None):
        """{{ phase_bar("deep-dive", 45) }}"""
        return timetables.phase_bar(c, present, minutes)

    @env.macro
    def time_table():
        """{{ time_table() }}"""
        return timetables.time_table(c)

    @env.macro
    def time_plan(minutes):
        """{{ time_plan(45) }}"""
        return timetables.time_plan(c, minutes)

    @env.macro
    def schemes_table():
        """{{ schemes_table() }}"""
        return timetables.schemes_table(c)

    @env.macro
    def cheat_sheet(slug):
        """{{ cheat_sheet("deep-dive") }}, {{ cheat_sheet("interview") }}"""
        return sheets.page(c, slug)

    @env.macro
    def print_center():
        """{{ print_center() }}"""
        return printing.print_center(c)

    @env.macro
    def deck_list():
        """{{ deck_list() }}"""
        return printing.deck_list(c)

    @env.macro
    def glossary():
        """{{ glossary() }}"""
        return glossaries.glossary(c)

    @env.macro
    def figure(name):
        """{{ figure("circuit-breaker") }}"""
        return figures.figure(c, name)

    @env.macro
    def plot(name):
        """{{ plot("bloom-error") }}"""
        return figures.plot(name)

    ours = {name: function for name, function in env.macros.items() if function.__module__ == __name__}

    @env.macro
    def macro_manual():
        """Not shown in the manual: it is the manual."""
        return manual.manual(ours)
