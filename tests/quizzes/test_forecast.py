"""The forecast of the review's cost: what it promises follows from the memories, and never from hope."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from progress.remembering import reviewed
from quizzes.review.forecast import FUTURES, forecast
from quizzes.review.queueing import Course
from tests.quizzes.test_sitting_pages import begin, post, press, right_answer, text

NOW = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
EXAM = NOW + timedelta(days=20)


def course(families=30, exam_at=None):
    return Course("c", {f"f{number}": 1.0 for number in range(families)}, exam_at)


def memories(families=30, ago=10):
    held = reviewed(None, "good", "q", NOW - timedelta(days=ago))
    return {("c", f"f{number}"): held for number in range(families)}


def ahead(one, held, most=10, seed=1):
    return forecast([one], held, NOW, most=most, seed=seed)


def test_no_day_costs_more_than_its_cap_and_what_is_due_today_comes_today():
    found = ahead(course(), memories())
    assert len(found.days) == 28 and max(found.days) <= 10
    assert found.days[0] == 10


def test_the_same_day_tells_the_same_and_other_dice_tell_nearly_the_same():
    one, held = course(exam_at=EXAM), memories()
    assert ahead(one, held) == ahead(one, held)
    assert ahead(one, held).total == pytest.approx(ahead(one, held, seed=2).total, rel=0.25)


def test_review_brings_more_than_none_and_more_review_brings_more():
    one, held = course(100, EXAM), memories(100)
    (few,), (many,) = ahead(one, held, most=3).outlooks, ahead(one, held, most=40).outlooks
    assert few.without == many.without < few.with_review[0] <= few.with_review[1] < many.with_review[0] <= 1.0


def test_what_cannot_be_done_in_four_weeks_is_said_to_be_left():
    held = memories(200)
    assert ahead(course(200), held, most=1).left > 100
    assert ahead(course(10), memories(10), most=40).left == 0


def test_an_exam_beyond_the_four_weeks_or_over_has_no_outlook():
    held = memories()
    assert ahead(course(exam_at=NOW + timedelta(days=40)), held).outlooks == ()
    assert ahead(course(exam_at=NOW - timedelta(days=1)), held).outlooks == ()


def test_nothing_taken_costs_nothing():
    assert forecast([], {}, NOW, most=25, seed=1).total == 0


@settings(deadline=None, max_examples=15)  # each plays weeks
@given(st.integers(0, 40), st.integers(0, 60), st.integers(1, 40))
def test_shares_are_shares_whatever_is_held(families, ago, most):
    one = course(families, EXAM)
    found = forecast([one], memories(families, ago), NOW, most=most, seed=3, days=7)
    assert all(0 <= day <= most for day in found.days) and found.left >= 0
    assert all(0 <= share <= 1 for each in found.outlooks for share in (*each.with_review, each.without))
    assert FUTURES > 1


def test_the_page_says_what_it_costs_and_takes_no_other_cap(app, sign_in):
    ana = sign_in("ana")
    assert "Nothing to review yet" in text(ana.get("/review/forecast"))
    post(ana, "/courses/rehearsal/enrolment")
    sitting = begin(ana, "/practice", course="rehearsal", kind="single", difficulty="medium")
    press(ana, sitting, 1, "finish", confidence="sure", **right_answer(app, sitting, 1))
    page = text(ana.get("/review/forecast?most=10"))
    assert re.search(r"<h1>About \d+ questions? a day", page) and "This week" in page
    assert "40 a day" in page and "Without any review" not in page
    assert ana.get("/review/forecast?most=11").status_code == 404
