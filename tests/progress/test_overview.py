"""What the page says, from counts alone."""

from types import SimpleNamespace

import pytest

from progress.evidence import Evidence
from progress.next_steps import next_steps
from progress.overview import Overview, SurenessRow, finding, lessons_in_words, sureness_sentence
from progress.queries import StudyState
from tests.progress.house import catalogue


def course():
    return catalogue().courses["c"]


def reading(lesson, read=False, completed=False):
    return SimpleNamespace(lesson=lesson, read_at=read or None, completed_at=completed or None, place=None)


def state(*readings, last=None):
    enrolment = SimpleNamespace(last_lesson=last, left_at=None)
    return StudyState(enrolment, {one.lesson: one for one in readings})


def said(study, *answered):
    steps = next_steps(course(), study, frozenset(answered))
    return [(step.kind, step.lesson.id, step.checks) for step in steps]


def test_who_has_just_joined_begins_with_the_first_lesson():
    assert said(state()) == [("begin", "first", 0)]


def test_a_lesson_that_was_begun_comes_first_and_then_the_next():
    assert said(state(reading("first"))) == [("continue", "first", 0), ("begin", "second", 0)]


def test_of_two_that_were_begun_the_last_one_opened_comes_first():
    both = state(reading("first"), reading("second"), last="second")
    assert said(both) == [("continue", "second", 0), ("continue", "first", 0)]


def test_checks_left_behind_are_named_with_their_number():
    assert said(state(reading("first", read=True)), ("first", "c/one")) == [
        ("checks", "first", 1),
        ("begin", "second", 0),
    ]


def test_when_all_is_done_nothing_is_next():
    done = state(reading("first", True, True), reading("second", True, True))
    assert said(done, ("first", "c/one"), ("first", "c/two"), ("second", "c/three")) == []


@pytest.mark.parametrize(
    ("done", "total", "words"),
    [(0, 3, "No lesson complete yet"), (2, 3, "2 of 3 lessons complete"), (3, 3, "All 3 lessons complete")],
)
def test_lessons_are_counted_in_words(done, total, words):
    assert lessons_in_words(done, total) == words


def test_without_a_course_the_page_invites():
    assert finding(Overview((), ())) == "Progress begins with a first lesson"


@pytest.mark.parametrize(
    ("answers", "right", "words"),
    [
        (3, 3.0, "Of 3 answers called sure, 3 came out right: too few to tell."),
        (40, 31.0, "Answers called sure were right 78 times in 100, over 40 of them."),
    ],
)
def test_a_share_is_said_only_of_many_answers(answers, right, words):
    assert sureness_sentence((SurenessRow("sure", Evidence(answers, right)),)) == words


def test_nothing_called_sure_is_said_so():
    assert sureness_sentence((SurenessRow("a guess", Evidence(4, 2.0)),)) == "No answer was called sure yet."


def test_a_degree_of_sureness_is_told_with_its_range_once_there_are_enough():
    few, enough = SurenessRow("sure", Evidence(9, 9.0)), SurenessRow("sure", Evidence(40, 30.0))
    assert (few.is_told, few.spoken) == (False, "Said to be sure: too few to tell.")
    assert (enough.percent, enough.range, enough.expected) == (75, (65, 83), (85, 100))
    assert enough.spoken == "Said to be sure: 75 % right, likely 65 to 83 %."
