"""Mock exams in a real browser: by keyboard alone, over a crash of both sides, and through sections and breaks to the end."""

import os
import re
import signal
import subprocess

import pytest
from playwright.sync_api import expect

from operations.browser import demo_server
from tests.browser.long_exam import write_long_exam
from tests.browser.test_reach import AXE, NARROW_DARK, RULES, WIDE, faults, sideways

pytestmark = pytest.mark.browser
LONG, SHORT = "/courses/long-exam/exams/long", "/courses/long-exam/exams/short"


@pytest.fixture(scope="module")
def material(tmp_path_factory):
    return write_long_exam(tmp_path_factory.mktemp("long") / "content")


@pytest.fixture(scope="module")
def house(material, tmp_path_factory):
    """A server with the long exam in it."""
    with demo_server(tmp_path_factory.mktemp("sitting"), CONTENT_DIR=str(material)) as url:
        yield url


def begin(page, exam):
    page.goto(exam)
    page.get_by_role("button", name="Begin").press("Enter")
    page.wait_for_url(re.compile("/answers/"))


def ready(page, number):
    expect(page.locator("h1")).to_have_text(re.compile(f"^Question {number} of"))
    expect(page.locator("[data-keys]")).to_be_visible()  # the script is there


def answer(page, key):
    page.keyboard.press(key)
    expect(page.locator(".sitting-bar .saved")).to_contain_text("Saved")


def press_until(page, key, locator):
    """Press a key until something has the focus, as somebody without a mouse does."""
    for _ in range(80):
        if locator.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press(key)
    raise AssertionError("it cannot be reached with the keyboard")


@pytest.mark.proof
def test_a_mock_exam_of_forty_questions_by_keyboard_alone(open_page, house):
    page = open_page(house, who="learner", **WIDE)
    begin(page, SHORT)
    for number in range(1, 41):
        ready(page, number)
        answer(page, "abcd"[number % 4])
        if number == 7:
            page.keyboard.press("f")
            expect(page.locator("[data-flag]")).to_have_attribute("aria-pressed", "true")
            page.keyboard.press("Shift+D")
            expect(page.locator(".option.struck")).to_have_count(1)
        if number < 40:
            page.keyboard.press("n")
    press_until(page, "Tab", page.get_by_role("button", name="Review", exact=True))
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Before you hand in")
    expect(page.locator("[data-count=answered]")).to_have_text("40")
    expect(page.locator("[data-count=flagged]")).to_have_text("1")
    press_until(page, "Tab", page.get_by_role("button", name="Hand in"))
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(re.compile(r"^\d+ of 40 right"))


def test_after_a_crash_of_server_and_browser_everything_saved_is_there_elsewhere(
    open_page, browser, material, tmp_path
):
    with demo_server(tmp_path, CONTENT_DIR=str(material)) as url:
        page = open_page(url, who="learner")
        begin(page, SHORT)
        chosen = []
        for number in (1, 2, 3):
            ready(page, number)
            answer(page, "b")
            chosen.append(page.locator(".option input:checked").get_attribute("value"))
            if number < 3:
                page.keyboard.press("n")
        where = page.url.removeprefix(url)
        kill_everything_of(tmp_path)
        page.keyboard.press("c")
        expect(page.locator("[data-problem]")).to_contain_text("Not saved yet")
        page.context.close()
    with demo_server(tmp_path, CONTENT_DIR=str(material)) as url:
        elsewhere = open_page(url, who="learner", **NARROW_DARK)
        elsewhere.goto(f"{url}{SHORT}")
        elsewhere.get_by_role("link", name="Go on with your sitting").click()
        expect(elsewhere.locator("h1")).to_have_text(re.compile("^Question 4 of"))
        expect(elsewhere.locator("[data-count=answered]")).to_have_text("3")
        for number in (1, 2, 3):
            elsewhere.goto(re.sub(r"\d+$", str(number), f"{url}{where}"))
            expect(elsewhere.locator(".option input:checked")).to_have_value(chosen[number - 1])


def kill_everything_of(folder):
    """End every process of the house that was started in a folder, without a word of warning."""
    found = subprocess.run(["ps", "-eo", "pid="], capture_output=True, text=True, check=True).stdout.split()
    for process in map(int, found):
        try:
            with open(f"/proc/{process}/environ", "rb") as held:
                mine = f"INSTANCE_DIR={folder}".encode() in held.read().split(b"\0")
        except OSError:
            continue
        if mine:
            os.kill(process, signal.SIGKILL)


@pytest.mark.proof
def test_an_exam_of_three_sections_with_two_breaks_to_its_end(open_page, house):
    page = open_page(house, who="learner", **WIDE)
    begin(page, LONG)
    for section, first in ((1, 1), (2, 61), (3, 121)):
        for number in (first, first + 1):
            ready(page, number)
            answer(page, "a")
            page.keyboard.press("n")
        expect(page.locator("h1")).to_have_text(re.compile(f"^Question {first + 2} of 180"))
        page.get_by_role("link", name="Review and").click()
        if section < 3:
            page.get_by_role("button", name="Lock it and take the break").click()
            expect(page.locator("h1")).to_have_text("Break")
            expect(page.locator("[data-rest-time]")).to_have_text(re.compile(r"^(9:5\d|10:00)$"))
            page.get_by_role("button", name="End the break and go on").click()
    page.get_by_role("button", name="Hand in").click()
    expect(page.locator("h1")).to_have_text(re.compile(r"^\d+ of 175 right"))
    expect(page.get_by_text("not counted", exact=True)).to_have_count(5)
    expect(page.get_by_text("an estimate")).to_be_visible()


@pytest.mark.proof
@pytest.mark.parametrize("options", [WIDE, NARROW_DARK], ids=["wide and light", "narrow and dark"])
def test_axe_finds_nothing_on_any_page_of_a_sitting(open_page, house, options):
    page = open_page(house, who="learner", **options)
    found = []
    for path in ("/practice", "/exams", "/attempts", "/courses/rehearsal/exams/mock", "/courses/rehearsal"):
        found += faults(page, path) + sideways(page, path)
    found += practise_every_kind(page)
    found += faults(page, "/review/forecast") + faults(page, "/progress")
    found += watched_by_the_mentor(page, open_page(house, who="mentor", **options))
    found += sit_the_rehearsal(page)
    assert found == []


def watched_by_the_mentor(page, mentor):
    """Begin an exam, and look at the mentor's page while it runs, with time that was given and a form that was refused."""
    begin(page, SHORT)
    found = faults(mentor, "/mentoring/sittings")
    mentor.get_by_role("button", name="Give more time").first.click()
    expect(mentor.get_by_role("alert").first).to_contain_text("Reason")
    found += looked_at_here(mentor)
    mentor.get_by_label("Reason").first.fill("The line was down")
    mentor.get_by_role("button", name="Give more time").first.click()
    expect(mentor.get_by_role("button", name="Take back")).to_be_visible()
    page.get_by_role("link", name="Review and hand in").click()
    page.get_by_role("button", name="Hand in").click()
    return found + looked_at_here(mentor)


def looked_at_here(page):
    """Look at the page as it stands, without loading it anew."""
    page.evaluate(AXE)
    found = page.evaluate("rules => axe.run(document, rules)", RULES)["violations"]
    return [f"{page.url}: {fault['id']}: {fault['nodes'][0]['html'][:160]}" for fault in found]


def looked_at(page):
    return faults(page, page.url) + sideways(page, page.url)


def practise_every_kind(page):
    """Look at an open and an answered question of every kind."""
    page.goto("/practice?course=rehearsal&size=20")
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url(re.compile("/answers/"))
    found = []
    for _ in range(int(page.locator("h1").inner_text().split()[-1])):
        found += looked_at(page)
        fill_in(page)
        page.get_by_label("Fairly sure").check()
        page.get_by_role("button", name="Check", exact=True).click()
        expect(page.locator(".verdict")).to_be_visible()
        found += looked_at(page)
        page.locator(".move .push").click()
        page.wait_for_load_state()
    page.get_by_role("button", name="Hand in").click()
    expect(page.locator("h1")).to_contain_text("right")
    return found + looked_at(page)


def fill_in(page):
    """Give some whole answer, whatever the kind of the question."""
    for select in page.locator(".sitting-form select").all():
        select.select_option(index=1)
    for place, select in enumerate(page.locator(".order select").all(), start=1):
        select.select_option(str(place))
    if page.locator(".options input, .hotspot input").count():
        page.locator(".options input, .hotspot input").first.check()
    if page.locator("input[name=number]").count():
        page.locator("input[name=number]").fill("0.85")


def sit_the_rehearsal(page):
    """Look at an exam's question, its review, its break, its end."""
    page.goto("/courses/rehearsal/exams/mock")
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url(re.compile("/answers/"))
    found = looked_at(page)
    page.get_by_role("link", name="Review and lock section 1").click()
    found += looked_at(page)
    page.get_by_role("button", name="Lock it and take the break").click()
    found += looked_at(page)
    page.get_by_role("button", name="End the break and go on").click()
    page.get_by_role("link", name="Review and hand in").click()
    page.get_by_role("button", name="Hand in").click()
    expect(page.locator("h1")).to_contain_text("of 5 right")
    found += looked_at(page)
    page.goto("/attempts")
    return found + looked_at(page)
