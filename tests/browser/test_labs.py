"""Labs in a real browser: live while one types, by keyboard alone, and by their forms without scripts."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_main_job import tab_to

pytestmark = pytest.mark.browser
LESSON = "/courses/project-and-service/lessons/targets-and-error-budgets"


def opened(page):
    page.goto(LESSON)
    lab = page.locator("#lab-1")
    lab.scroll_into_view_if_needed()
    expect(lab).to_contain_text("24 min of 43.2 min")
    return lab


def test_results_follow_what_is_typed_and_the_field_keeps_its_focus(open_page, demo):
    page = open_page(demo, who="learner")
    lab = opened(page)
    bad = lab.get_by_label("Bad minutes so far")
    bad.fill("50")
    expect(lab.locator(".lab-reading")).to_contain_text("The budget is gone")
    bad.fill("lots")
    expect(lab).to_contain_text("“lots” cannot be read as a number")
    expect(bad).to_be_focused()
    expect(bad).to_have_attribute("aria-invalid", "true")
    bad.fill("10")
    expect(lab.locator(".lab-reading")).to_contain_text("some will be left")
    expect(bad).not_to_have_attribute("aria-invalid", "true")


def test_a_round_is_done_by_keyboard_alone(open_page, demo):
    page = open_page(demo, who="learner")
    opened(page)
    tab_to(page, "#lab-1 a[href$='round=1']")
    page.keyboard.press("Enter")
    expect(page.locator("#lab-1 .lab-title")).to_be_focused()
    tab_to(page, "#lab-1 .yours input")
    page.keyboard.type("-1")
    page.keyboard.press("Enter")
    wrong = page.locator("#lab-1 .yours input")
    expect(wrong).to_be_focused()
    wrong.fill(str(left_of(page)))
    page.keyboard.press("Enter")
    expect(page.locator("#lab-1 .lab-verdict")).to_have_text(re.compile("Right"))
    expect(page.locator("#lab-1 .lab-verdict")).to_be_focused()
    tab_to(page, "#lab-1 a[href$='round=2']")
    page.keyboard.press("Enter")
    expect(page.locator("#lab-1 .yours")).to_have_count(2)


def left_of(page):
    """Work the round out by what it shows: the budget is the first step, the bad minutes are given."""
    said = page.locator("#lab-1 .lab-given dd").all_inner_texts()
    budget = page.locator("#lab-1 .lab-steps b").first.inner_text()
    return round(figure(budget) - figure(said[3]), 1)


def figure(words):
    return float(re.sub(r"[^\d.]", "", words))


def test_without_scripts_the_form_leads_to_the_labs_own_page(open_page, demo):
    page = open_page(demo, who="learner", java_script_enabled=False)
    lab = opened(page)
    lab.get_by_label("Bad minutes so far").fill("50")
    lab.get_by_role("button", name="Work it out").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Error budget")
    expect(page.locator(".lab-reading")).to_contain_text("The budget is gone")
    page.get_by_role("link", name="Two steps yours").click()
    expect(page.locator(".yours input.input")).to_have_count(2)
    page.get_by_role("button", name="Show me").click()
    expect(page.locator(".lab-reading")).to_be_visible()
    page.get_by_role("link", name="Back to the lesson").click()
    expect(page).to_have_url(re.compile("#lab-1$"))


def test_a_lost_connection_keeps_what_was_typed_and_says_so(open_page, demo):
    page = open_page(demo, who="learner")
    lab = opened(page)
    bad = lab.get_by_label("Bad minutes so far")
    bad.fill("30")
    expect(lab.locator(".lab-reading")).to_contain_text("30")
    page.context.set_offline(True)
    bad.fill("50")
    expect(lab).to_contain_text("could not be worked out just now")
    expect(bad).to_have_value("50")
    page.context.set_offline(False)
    bad.fill("51")
    expect(lab.locator(".lab-reading")).to_contain_text("51")
