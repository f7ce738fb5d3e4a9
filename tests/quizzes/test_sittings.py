"""What is kept of a sitting, step by step."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from core.database import db
from core.errors import Refused
from progress.models import Record
from quizzes.sittings.ending import abandon, expire, submit
from quizzes.sittings.seat import take_seat
from tests.progress.house import NOW
from tests.quizzes.sitting import (
    ANA,
    BEN,
    SINGLES,
    attempt,
    begun,
    events,
    finish,
    flag,
    item,
    items,
    minutes,
    note,
    of,
    practising,
    question,
    questions_of,
    save,
    steps,
    strike,
)


def hand_in(sitting, now=NOW):
    return of(sitting, submit, questions_of(sitting), now=now)


def records():
    return db.session.scalars(sa.select(Record).order_by(Record.number)).all()


def test_beginning_pins_every_question_as_it_will_be_shown(house):
    sitting = begun()
    held = items(sitting)
    assert [one.question for one in held] == [f"c/{name}" for name in SINGLES]
    assert [one.digest for one in held] == [question(name).digest for name in SINGLES]
    assert len({one.seed for one in held}) == 5
    assert attempt(sitting).deadline_at == minutes(60)
    assert events(sitting) == ["begun"]


def test_the_last_answer_saved_counts_and_every_step_stays(house):
    sitting = begun()
    save(sitting, 1, "tuning", number=1)
    save(sitting, 1, "rollout", number=2, now=minutes(1))
    hand_in(sitting, now=minutes(2))
    assert [
        (step.kind, step.response["options"]) for step in steps(sitting) if step.item_id == item(sitting, 1).id
    ] == [
        ("save", ["tuning"]),
        ("save", ["rollout"]),
        ("finish", ["rollout"]),
    ]
    assert item(sitting, 1).mark == 1


def test_a_retry_is_acknowledged_again_and_counted_once(house):
    sitting = begun()
    save(sitting, 1, "tuning")
    assert save(sitting, 1, "tuning", now=minutes(1)).taken_at == NOW
    assert len(steps(sitting)) == 1


def test_the_same_number_with_another_answer_is_refused(house):
    sitting = begun()
    save(sitting, 1, "tuning")
    with pytest.raises(Refused, match="another window"):
        save(sitting, 1, "rollout")
    with pytest.raises(Refused, match="another window"):
        flag(sitting, 1)


def test_an_old_number_is_refused_so_that_a_stale_window_overwrites_nothing(house):
    sitting = begun()
    save(sitting, 1, "tuning", number=5)
    with pytest.raises(Refused, match="another window"):
        save(sitting, 1, "rollout", number=3)


def test_flags_notes_and_struck_options_are_steps_as_well(house):
    sitting = begun()
    flag(sitting, 2, number=1)
    strike(sitting, 2, "tuning", number=2)
    note(sitting, 2, "Ask about the end", number=3)
    assert item(sitting, 2).flagged_at == NOW and item(sitting, 2).answered_at is None
    flag(sitting, 2, flagged=False, number=4)
    assert item(sitting, 2).flagged_at is None
    assert [step.kind for step in steps(sitting)] == ["flag", "strike", "note", "flag"]


def test_clearing_an_answer_takes_it_back(house):
    sitting = begun()
    save(sitting, 1, "rollout", number=1)
    save(sitting, 1, number=2)
    assert item(sitting, 1).answered_at is None
    hand_in(sitting)
    assert item(sitting, 1).mark == 0


def test_nothing_of_a_mark_is_kept_before_an_exam_is_handed_in(house):
    sitting = begun()
    save(sitting, 1, "rollout")
    with pytest.raises(Refused, match="handed in"):
        finish(sitting, 2, "rollout")
    assert item(sitting, 1).mark is None and records() == []


def test_an_option_of_another_question_is_refused(house):
    sitting = begun()
    with pytest.raises(Refused, match="does not belong"):
        save(sitting, 1, "never-heard-of")


def test_a_long_note_is_refused_with_its_length(house):
    sitting = begun()
    with pytest.raises(Refused, match="2,001"):
        note(sitting, 1, "x" * 2_001)


def test_somebody_elses_seat_and_a_position_that_does_not_exist_are_not_there(house):
    sitting = begun()
    assert take_seat(BEN, sitting, 1, 1) is None
    assert take_seat(ANA, sitting, 6, 1) is None
    assert take_seat(ANA, sitting, 0, 1) is None


def test_handing_in_marks_what_was_saved_and_notes_what_was_answered(house):
    sitting = begun()
    save(sitting, 1, "rollout", now=minutes(1))
    save(sitting, 2, "tuning", now=minutes(3))
    assert hand_in(sitting, now=minutes(10))
    assert [one.mark for one in items(sitting)] == [1, 0, 0, 0, 0]
    assert [(one.question, one.mark, one.seconds, one.source) for one in records()] == [
        ("c/one", 1, 60, f"exam:{sitting}"),
        ("c/spare", 0, 120, f"exam:{sitting}"),
    ]
    assert attempt(sitting).submitted_at == minutes(10)


def test_handing_in_twice_counts_once(house):
    sitting = begun()
    save(sitting, 1, "rollout")
    assert hand_in(sitting) and not hand_in(sitting, now=minutes(5))
    assert len(records()) == 1 and attempt(sitting).submitted_at == NOW


def test_after_handing_in_nothing_is_taken_any_more(house):
    sitting = begun()
    hand_in(sitting)
    with pytest.raises(Refused, match="handed in"):
        save(sitting, 1, "rollout")


def test_practice_marks_each_answer_at_once_and_leaves_out_what_was_not_answered(house):
    sitting = practising()
    step, fresh = finish(sitting, 1, "rollout")
    assert fresh and step.mark == 1
    assert finish(sitting, 1, "rollout")[1] is False
    with pytest.raises(Refused, match="stays as it was given"):
        save(sitting, 1, "tuning", number=2)
    hand_in(sitting)
    assert [one.mark for one in items(sitting)] == [1, None, None, None, None]


def test_an_answer_in_time_and_one_on_its_way_are_taken_and_a_late_one_is_not(house):
    sitting = begun()
    save(sitting, 1, "rollout", now=minutes(60) + timedelta(seconds=10))
    with pytest.raises(Refused, match="time is over"):
        save(sitting, 2, "rollout", now=minutes(60) + timedelta(seconds=11))


def test_an_expired_sitting_is_handed_in_as_of_its_deadline(house):
    sitting = begun()
    save(sitting, 1, "rollout", now=minutes(5))
    assert not of(sitting, expire, questions_of(sitting), now=minutes(60))
    assert of(sitting, expire, questions_of(sitting), now=minutes(600))
    assert attempt(sitting).submitted_at == minutes(60)
    assert item(sitting, 1).mark == 1
    assert not of(sitting, expire, questions_of(sitting), now=minutes(601))
    assert events(sitting) == ["begun", "expired"]


def test_a_sitting_can_be_abandoned_and_leaves_no_mark(house):
    sitting = begun()
    save(sitting, 1, "rollout")
    of(sitting, abandon)
    with pytest.raises(Refused, match="handed in"):
        save(sitting, 2, "rollout")
    assert records() == [] and item(sitting, 1).mark is None
    assert not of(sitting, expire, questions_of(sitting), now=minutes(600))


def test_who_was_away_for_hours_was_not_thinking_of_one_question(house):
    sitting = practising()
    finish(sitting, 1, "rollout", now=minutes(600))
    assert item(sitting, 1).seconds == 3600


@pytest.mark.parametrize("position", [1, 5])
def test_a_save_takes_three_statements(house, asked, position):
    sitting = begun()
    del asked[:]
    save(sitting, position, "rollout")
    told = [one for one in asked if "pg_advisory" not in one]
    assert [one.split()[0] for one in told] == ["SELECT", "INSERT", "UPDATE"]


def test_a_question_that_was_answered_before_weighs_little(house):
    for sitting in (begun(), begun(seed=8)):
        save(sitting, 1, "rollout", now=minutes(1))
        hand_in(sitting, now=minutes(1))
    assert [one.weight for one in records()] == [1.0, 0.25]


def test_what_a_sitting_adds_to_the_counts_is_what_a_rebuild_counts(house):
    from core.database import writing
    from progress.queries import objective_evidence
    from progress.records import rebuild

    exam, practice = begun(), practising(seed=9)
    for position, choice in enumerate(("rollout", "tuning", "rollout", "plan", "rollout"), start=1):
        save(exam, position, choice, now=minutes(position))
    finish(practice, 1, "tuning", now=minutes(1))
    hand_in(exam, now=minutes(9))
    counted = objective_evidence(ANA)
    with writing(learner=ANA):
        rebuild(ANA)
    db.session.expire_all()
    assert counted == objective_evidence(ANA) and len(counted) == 2


def test_handing_in_takes_as_many_statements_for_five_answers_as_for_one(house, asked):
    counts = []
    for answers in (1, 5):
        sitting = begun(seed=answers)
        for position in range(1, answers + 1):
            save(sitting, position, "rollout")
        questions = questions_of(sitting)
        del asked[:]
        of(sitting, submit, questions)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 14
