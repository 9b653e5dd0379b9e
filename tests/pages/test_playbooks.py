"""A playbook and the problems that walk it: one record, shown on both pages."""

from macros.pages import playbooks, problems


def test_what_walks_a_fork_is_named_on_both_pages(catalogue):
    for slug, playbook in catalogue.playbooks.items():
        worked = playbooks.worked(catalogue, slug)
        for one in playbook.worked:
            assert f"| [{catalogue.problems[one.problem].name}](/problems/{one.problem}.md) |" in worked
            there = problems.exercises(catalogue, one.problem)
            assert f"[{playbook.name}](/playbooks/{slug}.md)" in there
            assert f"({catalogue.patterns[one.take].name})" in there


def test_each_walk_through_has_a_name_and_leads_to_the_problem_that_works_it_out(catalogue):
    walks = {slug: playbooks.walk(catalogue, slug) for slug in catalogue.playbooks}
    assert all(text.startswith("### ") for text in walks.values()) and len(set(walks.values())) == len(walks)
    assert "[Ticket booking](/problems/ticket-booking.md)" in walks["contention"]
    assert "](/problems/" not in walks["scaling-reads"]
    assert "whose walk-through is such a case" in problems.exercises(catalogue, "ticket-booking")


def test_a_playbook_that_no_problem_walks_has_no_empty_section(small):
    book = small.playbooks["steadiness"].model_copy(update={"worked": ()})
    small.playbooks._records["steadiness"], kept = book, small.playbooks["steadiness"]
    try:
        assert playbooks.worked(small, "steadiness") == ""
    finally:
        small.playbooks._records["steadiness"] = kept
