"""Taking a course and going through its lessons."""

import pytest
import sqlalchemy as sa

from catalogue.live import current
from core.database import db, writing
from core.errors import Refused
from progress.enrolments import enrol, leave
from progress.models import Record
from progress.queries import activity, answers_given, studies, study_state
from progress.reading import keep_place, mark_read, open_lesson, settle_lesson
from progress.records import Deed, note
from tests.progress.house import LATER, NOW

ANA = 1


def do(verb, *args, now=NOW):
    with writing(learner=ANA):
        return verb(ANA, *args, now=now)


def lesson(name):
    return current().courses["c"].lesson(name)


def answered(ref, where):
    deed = Deed(
        kind="answer", course="c", lesson=where, question=ref, objective="contrast.time", mark=1.0, source="check:1"
    )
    return do(note, deed)


def test_joining_twice_is_joining_once(house):
    assert do(enrol, "c").id == do(enrol, "c").id
    assert study_state(ANA, "c").enrolled


def test_who_leaves_and_comes_back_is_where_they_were(house):
    do(enrol, "c")
    do(open_lesson, "c", "first")
    do(leave, "c")
    assert not study_state(ANA, "c").enrolled
    assert studies(ANA) == {}
    do(enrol, "c", now=LATER)
    state = study_state(ANA, "c")
    assert (state.enrolled, state.last_lesson, state.enrolment.enrolled_at) == (True, "first", NOW)


def test_a_course_that_is_not_taken_cannot_be_left(house):
    with pytest.raises(Refused, match="nothing to leave"):
        do(leave, "c")


def test_a_lesson_is_later_then_now_then_done(house):
    do(enrol, "c")
    assert study_state(ANA, "c").state("second") == "later"
    do(open_lesson, "c", "second")
    assert study_state(ANA, "c").state("second") == "now"
    do(mark_read, lesson("second"))
    assert study_state(ANA, "c").state("second") == "now"
    answered("c/three", "second")
    do(settle_lesson, lesson("second"))
    assert study_state(ANA, "c").state("second") == "done"


def test_opening_again_keeps_when_it_began(house):
    do(enrol, "c")
    do(open_lesson, "c", "first")
    do(open_lesson, "c", "first", now=LATER)
    state = study_state(ANA, "c")
    assert state.readings["first"].begun_at == NOW
    assert state.enrolment.last_opened_at == LATER


def test_the_place_is_kept_and_moves(house, asked):
    do(keep_place, "c", "first", "the-start")
    with writing(learner=ANA):
        asked.clear()
        keep_place(ANA, "c", "first", "the-end", now=LATER)
        assert len(asked) == 1
    assert study_state(ANA, "c").place("first") == "the-end"


def test_reading_writes_one_record_however_often_it_is_said(house):
    do(open_lesson, "c", "first")
    do(mark_read, lesson("first"), now=LATER)
    do(mark_read, lesson("first"), now=LATER)
    records = db.session.scalars(sa.select(Record)).all()
    assert [(record.kind, record.lesson, record.seconds) for record in records] == [("read", "first", 60.0)]


def test_answers_given_before_the_lesson_was_read_complete_it_when_it_is(house):
    answered("c/one", "first")
    answered("c/two", "first")
    do(mark_read, lesson("first"))
    assert study_state(ANA, "c").completed("first")


def test_the_same_question_answered_elsewhere_completes_nothing_here(house):
    answered("c/one", "first")
    answered("c/two", "second")
    do(mark_read, lesson("first"))
    assert not study_state(ANA, "c").completed("first")


def test_the_last_lesson_completes_the_course(house):
    do(enrol, "c")
    for ref, where in (("c/one", "first"), ("c/two", "first"), ("c/three", "second")):
        answered(ref, where)
    do(mark_read, lesson("first"))
    assert study_state(ANA, "c").enrolment.completed_at is None
    do(mark_read, lesson("second"), now=LATER)
    db.session.expire_all()
    assert study_state(ANA, "c").enrolment.completed_at == LATER


def test_each_question_about_a_learner_takes_one_statement(house, asked):
    do(enrol, "c")
    do(open_lesson, "c", "first")
    answered("c/one", "first")
    for ask in (
        lambda: study_state(ANA, "c"),
        lambda: studies(ANA),
        lambda: activity(ANA, NOW, "Europe/Berlin"),
        lambda: answers_given(ANA),
    ):
        asked.clear()
        ask()
        assert len(asked) == 1


def test_answers_are_added_up_by_how_sure_they_were_said_to_be(house):
    for confidence, mark, weight in (("sure", 1.0, 1.0), ("sure", 0.0, 1.0), ("guess", 0.5, 1.0), ("sure", 1.0, 0.25)):
        facts = {"objective": "contrast.time", "question": "c/one", "lesson": "first", "source": "check:1"}
        do(note, Deed(kind="answer", course="c", mark=mark, confidence=confidence, weight=weight, **facts))
    given = answers_given(ANA)
    assert {name: (one.answers, one.right) for name, one in given.sureness.items()} == {
        "sure": (2, 1.0),
        "guess": (1, 0.5),
    }
    assert given.checks == {("first", "c/one")}


def test_what_was_corrected_is_not_added_up(house):
    facts = {
        "objective": "contrast.time",
        "question": "c/one",
        "lesson": "first",
        "source": "check:1",
        "confidence": "sure",
    }
    do(note, Deed(kind="answer", course="c", mark=1.0, **facts))
    do(note, Deed(kind="answer", course="c", mark=0.0, supersedes=1, **facts))
    assert answers_given(ANA).sureness["sure"].right == 0.0
    assert sum(activity(ANA, NOW, "UTC").values()) == 1.0
