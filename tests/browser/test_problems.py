"""The catalogue of problems: three lists without scripts, one order at a time with them."""

import re

import pytest
from playwright.sync_api import expect

ORDERS = {
    "Their hard decision": "by-the-hard-decision",
    "What they exercise": "by-what-they-exercise",
    "Minutes": "by-minutes",
}


def shown(page) -> list[str]:
    """Ids of the headings that can be seen."""
    seen = "(all) => all.filter((one) => one.checkVisibility()).map((one) => one.id)"
    return page.locator(".wh-orders h2").evaluate_all(seen)


def test_all_three_lists_stand_without_scripts(open_page):
    page = open_page("problems/", scripts=False)
    assert shown(page) == list(ORDERS.values())
    assert page.get_by_role("radio").count() == 0


def test_one_order_at_a_time_by_press_and_by_key(open_page):
    page = open_page("problems/")
    expect(page.get_by_role("radio", name="Their hard decision")).to_be_checked()
    assert shown(page) == ["by-the-hard-decision"]
    for name, id in reversed(ORDERS.items()):
        page.get_by_role("radio", name=name).check()  # the first perhaps before the script is there, which then does it
        expect(page).to_have_url(re.compile(f"#{id}$"))
        assert shown(page) == [id]
    page.get_by_role("radio", name="Their hard decision").press("ArrowRight")
    expect(page).to_have_url(re.compile("#by-what-they-exercise$"))
    assert shown(page) == ["by-what-they-exercise"]


def test_the_address_holds_the_order_and_the_contents_lead_to_each(open_page):
    page = open_page("problems/#by-minutes")
    expect(page.get_by_role("radio", name="Minutes")).to_be_checked()
    assert shown(page) == ["by-minutes"]
    page.locator(".wh-toc--side").get_by_role("link", name="By what they exercise").click()
    expect(page.get_by_role("radio", name="What they exercise")).to_be_checked()
    expect(page.locator("#by-what-they-exercise")).to_be_in_viewport()


def test_each_problem_stands_in_each_order(open_page, catalogue):
    page = open_page("problems/", scripts=False)
    for section in page.locator(".wh-orders > section").all():
        links = section.get_by_role("link").evaluate_all("(all) => all.map((a) => a.getAttribute('href'))")
        assert {f"{slug}/" for slug in catalogue.problems} <= set(links)


def test_paper_has_all_three(open_page):
    page = open_page("problems/")
    expect(page.get_by_role("radio", name="Minutes")).to_be_visible()
    page.emulate_media(media="print")
    assert shown(page) == list(ORDERS.values())


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (768, "light"), (1440, "light")])
def test_axe_finds_nothing_and_nothing_sticks_out(open_page, violations, width, scheme):
    page = open_page("problems/", width=width, scheme=scheme)
    expect(page.get_by_role("radio", name="Minutes")).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    height = page.get_by_role("radio", name="Minutes").locator("..").bounding_box()["height"]
    assert height >= 44


def test_a_problem_is_rehearsed_and_defended_from_its_page_and_leads_to_the_next(open_page, catalogue):
    page = open_page("problems/chat/", width=390)
    jumps = page.get_by_role("navigation", name="Practice it")
    jumps.get_by_role("link", name="Rehearse this").click()
    expect(page.get_by_label("Problem")).to_have_value("chat")
    page.go_back()
    jumps.get_by_role("link", name="Defend its decisions").click()
    expect(page.locator("[data-defend] select").first).to_have_value("problem=chat")
    page.go_back()
    end = page.locator(".wh-next")
    end.get_by_role("link", name="Ask me these").click()
    expect(page.locator("[data-ask] [data-part=from]")).to_have_value("problem=chat")
    page.go_back()
    row = list(catalogue.problems)
    end.get_by_role("link", name=catalogue.problems[row[row.index("chat") + 1]].name).click()
    expect(page).to_have_url(f"{page.url.split('/problems/')[0]}/problems/{row[row.index('chat') + 1]}/")
    page.goto(page.url.replace(row[row.index("chat") + 1], row[-1]))  # the last leads to the first
    expect(end.get_by_role("link", name=catalogue.problems[row[0]].name)).to_be_visible()
