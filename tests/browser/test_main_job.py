"""The main job: read a lesson, answer its checks, see what one knows; the mentor sees it as well."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import sign_in

LESSON = "/courses/project-and-service/lessons/where-the-two-meet"
PHONE = {"viewport": {"width": 390, "height": 844}}
WITHOUT_SCRIPTS = {"java_script_enabled": False}

pytestmark = pytest.mark.browser


def first_check(page):
    return page.locator("form.check, .check form").first


def answer(page, check):
    check.get_by_role("radio").first.check()
    check.get_by_label("Fairly sure").check()
    check.get_by_role("button", name=re.compile("Check")).click()


@pytest.mark.parametrize("who", ["learner", "mentor", "instructor", "admin"])
def test_each_of_the_demo_people_signs_in_with_one_press(open_page, demo, who):
    page = open_page(demo)
    page.goto("/sign-in")
    label = {"admin": "administrator"}.get(who, who)
    page.get_by_role("button", name=re.compile(label, re.I)).click()
    page.goto("/account")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


@pytest.mark.parametrize("options", [{}, PHONE, WITHOUT_SCRIPTS], ids=["desktop", "phone", "without scripts"])
def test_a_learner_answers_a_check_in_place_and_sees_every_reason(open_page, fresh_demo, options):
    page = open_page(fresh_demo, who="learner", **options)
    page.goto(LESSON)
    card = page.locator(".check").first
    assert card.locator(".why").count() == 0
    answer(page, card)
    card = page.locator(".check").first
    expect(card.locator(".why").first).to_be_visible()
    assert card.locator(".why").count() >= 3
    page.reload()
    expect(page.locator(".check").first.locator(".why").first).to_be_visible()


def test_an_answer_is_called_saved_before_it_is_checked(open_page, fresh_demo):
    page = open_page(fresh_demo, who="learner")
    page.goto(LESSON)
    page.locator(".check").first.get_by_role("radio").nth(1).check()
    expect(page.locator(".check").first.get_by_text(re.compile(r"Saved \d\d:\d\d:\d\d"))).to_be_visible()
    page.reload()
    expect(page.locator(".check").first.get_by_role("radio").nth(1)).to_be_checked()


def test_a_sign_in_that_ran_out_in_mid_answer_loses_no_choice(open_page, fresh_demo):
    page = open_page(fresh_demo, who="learner")
    page.goto(LESSON)
    page.context.clear_cookies()
    card = page.locator(".check").first
    card.get_by_role("radio").nth(2).check()
    expect(card.get_by_text("You have been signed out")).to_be_visible()
    expect(card.get_by_role("radio").nth(2)).to_be_checked()
    elsewhere = page.context.new_page()
    sign_in(elsewhere, "learner")
    card.get_by_role("button", name="Try again").click()
    expect(card.get_by_text(re.compile(r"Saved \d\d:\d\d:\d\d"))).to_be_visible()
    page.reload()
    expect(page.locator(".check").first.get_by_role("radio").nth(2)).to_be_checked()


def test_a_server_that_is_gone_loses_no_choice(open_page, fresh_demo):
    page = open_page(fresh_demo, who="learner")
    page.goto(LESSON)
    card = page.locator(".check").first
    card.scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    card.get_by_role("radio").nth(1).check()
    expect(card.get_by_text("The server cannot be reached")).to_be_visible()
    page.context.set_offline(False)
    expect(card.get_by_text(re.compile(r"Saved \d\d:\d\d:\d\d"))).to_be_visible()
    expect(card.get_by_text("The server cannot be reached")).to_have_count(0)


def test_a_choice_that_a_busy_house_refuses_is_sent_again_by_itself(open_page, fresh_demo):
    page = open_page(fresh_demo, who="learner")
    page.goto(LESSON)
    card = page.locator(".check").first
    page.route("**/checks/**", lambda route: route.fulfill(status=503, json={"error": "busy"}), times=2)
    card.get_by_role("radio").nth(1).check()
    expect(card.get_by_text("Not saved yet: the server is busy")).to_be_visible()
    expect(card.get_by_text(re.compile("Saved \\d"))).to_have_count(0)
    expect(card.get_by_role("radio").nth(1)).to_be_checked()
    expect(card.get_by_text(re.compile(r"Saved \d\d:\d\d:\d\d"))).to_be_visible(timeout=15_000)
    expect(card.get_by_text("Not saved yet")).to_have_count(0)
    page.reload()
    expect(page.locator(".check").first.get_by_role("radio").nth(1)).to_be_checked()


def test_what_a_learner_did_shows_in_progress_and_at_the_mentors_desk(open_page, fresh_demo):
    page = open_page(fresh_demo, who="learner")
    page.goto(LESSON)
    answer(page, page.locator(".check").first)
    expect(page.locator(".check").first.locator(".why").first).to_be_visible()
    page.goto("/progress")
    expect(page.get_by_text("Name what has to cross the line at a handover").first).to_be_visible()
    mentor = open_page(fresh_demo, who="mentor")
    mentor.goto("/mentoring")
    mentor.get_by_role("link", name="Ana Ruiz").first.click()
    expect(mentor.get_by_text("Name what has to cross the line at a handover").first).to_be_visible()


def test_the_main_job_by_keyboard_alone(open_page, fresh_demo):
    page = open_page(fresh_demo, who="learner")
    page.goto(LESSON)
    tab_to(page, "input[type=radio]")
    page.keyboard.press("Space")
    tab_to(page, "input[name=confidence]")
    page.keyboard.press("Space")
    tab_to(page, ".check button[value=finish]")
    page.keyboard.press("Enter")
    expect(page.locator(".check").first.locator(".why").first).to_be_visible()


def tab_to(page, selector, most=150):
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"the keyboard never reached {selector}")
