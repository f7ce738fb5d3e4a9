"""Simulations in a real browser: by keyboard alone, without scripts, over a restart, and every page of a run under axe."""

import re

import pytest

from operations.browser import demo_server
from tests.browser.test_reach import AXE, COURSE, NARROW_DARK, RULES, WIDE
from tests.browser.test_sittings import press_until

pytestmark = pytest.mark.browser
WITHOUT_SCRIPTS = {"java_script_enabled": False}
FLAGSHIP, STORM = (f"{COURSE}/scenarios/{name}" for name in ("pickup-launch", "incident-storm"))


def begin(page, scenario):
    page.goto(scenario)
    page.get_by_role("button", name="Begin").press("Enter")
    page.wait_for_url(re.compile(r"/runs/\d+$"))


def looked_at(page):
    """Return what axe finds on the page as it stands, and whether it scrolls sideways."""
    page.evaluate(AXE)
    found = page.evaluate("rules => axe.run(document, rules)", RULES)["violations"]
    width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    told = [f"{page.url}: {fault['id']}: {node['html'][:160]}" for fault in found for node in fault["nodes"][:3]]
    return told + ([f"{page.url} scrolls sideways by {width} px"] if width > 0 else [])


def decide(page, number=0):
    """Choose one of the ways, and commit to it."""
    choices = page.locator("input[name=choice]")
    choices.nth(number % choices.count()).check()
    page.get_by_role("button", name="Commit to this decision").click()


def play(page, scenario):
    begin(page, scenario)
    number = 0
    while re.search(r"/runs/\d+$", page.url):
        decide(page, number)
        page.wait_for_load_state()
        number += 1
    return number


def predict(page):
    page.locator("input[name=turn]").first.check()
    for field in page.locator("form.card input.input").all():
        field.fill("4")
    page.get_by_role("button", name="Show the debrief").click()
    page.wait_for_load_state()


@pytest.mark.parametrize("options", [WITHOUT_SCRIPTS, pytest.param({}, marks=pytest.mark.proof)], ids=["without scripts", "by mouse"])  # fmt: skip
def test_the_flagship_is_played_to_its_debrief(open_page, demo, options):
    page = open_page(demo, who="learner", **options)
    assert play(page, FLAGSHIP) == 15
    assert page.locator("h1").inner_text() == "Before you see the results"
    predict(page)
    for words in ("What one other choice would have added", "Skill", "Luck", "How one decision reached the end"):
        assert page.get_by_role("heading", name=words, exact=True).count() == 1, words


@pytest.mark.proof
def test_the_flagship_is_played_by_keyboard_alone(open_page, demo):
    page = open_page(demo, who="learner", **WIDE)
    begin(page, FLAGSHIP)
    decided = 0
    while re.search(r"/runs/\d+$", page.url):
        press_until(page, "Tab", page.locator("input[name=choice]").first)
        page.keyboard.press("ArrowDown")
        press_until(page, "Tab", page.get_by_role("button", name="Commit to this decision"))
        with page.expect_navigation():
            page.keyboard.press("Enter")
        decided += 1
    assert decided == 15 and page.url.endswith("/debrief")


@pytest.mark.proof
def test_a_run_goes_on_after_a_restart_of_the_house(open_page, tmp_path):
    with demo_server(tmp_path) as url:
        page = open_page(url, who="learner")
        begin(page, STORM)
        decide(page)
        address, title = page.url.replace(url, ""), page.locator("h1").inner_text()
    with demo_server(tmp_path) as url:
        page = open_page(url, who="learner")
        page.goto(address)
        assert page.locator("h1").inner_text() == title


@pytest.mark.proof
@pytest.mark.parametrize("options", [WIDE, NARROW_DARK], ids=["wide and light", "narrow and dark"])
def test_axe_finds_nothing_on_any_page_of_a_run(open_page, demo, options):
    page = open_page(demo, who="learner", **options)
    begin(page, STORM)
    found = looked_at(page)
    for number in range(4):
        decide(page, number)
        page.wait_for_load_state()
    found += looked_at(page)
    mentor = open_page(demo, who="mentor", **options)
    mentor.goto(page.url)
    found += looked_at(mentor)
    while re.search(r"/runs/\d+$", page.url):
        decide(page)
        page.wait_for_load_state()
    found += looked_at(page)
    predict(page)
    for fold in page.locator("details.fold").all():
        fold.evaluate("one => one.open = true")
    assert found + looked_at(page) == []
