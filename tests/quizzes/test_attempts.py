"""Saving, finishing and trying again at a lesson's check."""

import pytest
import sqlalchemy as sa

from core.database import db
from core.errors import Refused
from progress.models import Record
from progress.queries import objective_evidence, study_state
from progress.reading import mark_read, settle_lesson
from quizzes.checks.queries import check_states
from quizzes.models import AnswerStep, Attempt, AttemptItem
from quizzes.seeds import check_seed
from tests.progress.house import LATER, NOW, reword
from tests.quizzes.acting import ANA, BEN, again, answer, finish, lesson, question, save


def rows(model):
    return db.session.scalars(sa.select(model).order_by(model.id)).all()


def state(ref="c/one"):
    return check_states(ANA, "c", "first")[ref]


def test_the_first_answer_makes_the_attempt_and_pins_the_question(house):
    save("tuning")
    (attempt,), (item,) = rows(Attempt), rows(AttemptItem)
    assert (attempt.kind, attempt.course, attempt.lesson, attempt.feedback) == ("check", "c", "first", "each")
    assert (item.question, item.revision, item.digest, item.try_number) == ("c/one", 7, question().digest, 1)
    assert item.seed == check_seed(ANA, "c/first", "c/one", 1)


def test_all_checks_of_a_lesson_share_one_attempt(house):
    save("tuning")
    save("rollout", ask="two")
    assert len(rows(Attempt)) == 1
    assert [item.position for item in rows(AttemptItem)] == [1, 2]


def test_whoever_answers_takes_the_course(house):
    save("tuning")
    assert study_state(ANA, "c").enrolled


def test_steps_are_added_and_the_last_one_counts(house):
    save("tuning", number=1)
    save("rollout", number=2, sure="guess")
    assert [step.response for step in rows(AnswerStep)] == [{"options": ["tuning"]}, {"options": ["rollout"]}]
    assert (state().response, state().confidence, state().sequence) == ({"options": ["rollout"]}, "guess", 3)


def test_a_retry_of_the_same_step_is_acknowledged_again(house):
    save("tuning")
    assert save("tuning", now=LATER).last.taken_at == NOW
    assert len(rows(AnswerStep)) == 1


def test_the_order_of_choices_does_not_make_another_answer(house):
    save("rollout", "plan", ask="two")
    save("plan", "rollout", ask="two")
    assert len(rows(AnswerStep)) == 1


def test_the_same_number_with_another_choice_is_refused(house):
    save("tuning")
    with pytest.raises(Refused, match="another window") as refusal:
        save("rollout")
    assert refusal.value.status == 409
    assert state().response == {"options": ["tuning"]}


@pytest.mark.parametrize("act", [save, finish])
def test_the_same_number_with_another_kind_of_step_or_confidence_is_refused(house, act):
    save("tuning")
    with pytest.raises(Refused, match="another window"):
        act("tuning", sure="sure")


def test_a_number_older_than_what_is_saved_is_refused(house):
    save("tuning", number=5)
    with pytest.raises(Refused, match="another window"):
        save("rollout", number=3)


def test_an_option_of_another_question_is_refused_and_nothing_is_kept(house):
    with pytest.raises(Refused, match="does not belong"):
        save("never-heard-of")
    assert rows(Attempt) == []


def test_finishing_marks_and_writes_one_record(house):
    finish("rollout", sure="fairly-sure")
    (record,) = rows(Record)
    assert (record.kind, record.question, record.mark, record.confidence) == ("answer", "c/one", 1.0, "fairly-sure")
    assert (record.family, record.objective, record.digest) == ("ends", "contrast.time", question().digest)
    assert (record.lesson, record.source, record.weight) == ("first", f"check:{rows(Attempt)[0].id}", 1.0)
    assert (state().finished, state().mark) == (True, 1.0)


def test_a_multiple_earns_its_practice_mark(house):
    finish("rollout", ask="two")
    assert rows(Record)[0].mark == 0.5


def test_finishing_twice_is_finishing_once(house):
    finish("rollout")
    assert finish("rollout", now=LATER).last.taken_at == NOW
    assert len(rows(Record)) == 1
    assert objective_evidence(ANA)[("c", "contrast.time")].answers == 1


def test_after_a_finish_there_are_no_more_steps(house):
    finish("rollout")
    for act in (save, finish):
        with pytest.raises(Refused, match="already"):
            act("tuning", number=2)
    assert len(rows(AnswerStep)) == 1


@pytest.mark.parametrize(("options", "sure"), [(("rollout",), None), ((), "sure"), ((), None)])
def test_a_finish_that_lacks_something_keeps_the_choice_and_does_not_mark(house, options, sure):
    finish(*options, sure=sure)
    assert (state().finished, set(state().response["options"]), rows(Record)) == (False, set(options), [])
    finish("rollout", number=2)
    assert state().finished


def test_another_try_shows_another_order_and_weighs_less(house):
    finish("tuning")
    again(1)
    finish("rollout", go=2)
    first, second = rows(AttemptItem)
    assert (second.try_number, second.position) == (2, 2)
    assert first.seed != second.seed
    assert [record.weight for record in rows(Record)] == [1.0, 0.25]
    assert objective_evidence(ANA)[("c", "contrast.time")].words == "0 of 1 right"


def test_pressing_try_again_twice_begins_one_try(house):
    finish("tuning")
    again(1)
    again(1)
    assert [item.try_number for item in rows(AttemptItem)] == [1, 2]
    assert (state().try_number, state().finished, state().sequence) == (2, False, 1)


def test_there_is_nothing_to_try_again_before_an_answer(house):
    with pytest.raises(Refused, match="nothing to try again"):
        again(1)


def test_a_window_that_still_shows_the_first_try_cannot_answer_the_second(house):
    finish("tuning")
    again(1)
    with pytest.raises(Refused, match="anew in another window"):
        save("rollout", number=2, go=1)


def test_a_late_retry_of_a_finish_is_acknowledged_although_a_new_try_began(house):
    finish("tuning")
    again(1)
    finish("tuning")
    assert len(rows(Record)) == 1
    assert not state().finished


def test_a_question_that_changed_before_the_answer_is_shown_anew(house):
    old = question().digest
    reword(house, one="What is the project here?")
    with pytest.raises(Refused, match="changed"):
        finish("rollout", digest=old)
    assert rows(Attempt) == []


def test_a_question_that_changed_between_two_steps_begins_anew_with_the_new_words(house):
    save("tuning")
    old = question().digest
    reword(house, one="What is the project here?")
    with pytest.raises(Refused, match="changed"):
        finish("tuning", number=2, digest=old)
    with pytest.raises(Refused, match="changed"):
        finish("tuning", number=2)
    finish("tuning", go=2)
    assert [item.digest for item in rows(AttemptItem)] == [old, question().digest]
    assert rows(Record)[0].weight == 1.0


def test_a_finished_answer_is_not_touched_by_a_later_change(house):
    finish("rollout")
    old = rows(Record)[0].digest
    reword(house, one="What is the project here?")
    assert finish("rollout").last.mark == 1.0
    assert (state().digest, state().mark) == (old, 1.0)


def test_a_retry_is_acknowledged_although_the_question_changed_meanwhile(house):
    old = answer("rollout", sure="sure")
    finish("rollout")
    reword(house, one="What is the project here?")
    finish("rollout", digest=old.shown_digest)
    assert len(rows(Record)) == 1


def test_the_last_missing_check_completes_a_lesson_that_was_read(house):
    from core.database import writing

    with writing(learner=ANA):
        mark_read(ANA, lesson(), now=NOW)
    finish("rollout")
    assert not study_state(ANA, "c").completed("first")
    finish("rollout", ask="two", now=LATER)
    assert study_state(ANA, "c").readings["first"].completed_at == LATER
    with writing(learner=ANA):
        settle_lesson(ANA, lesson(), now=LATER)


def test_learners_do_not_meet(house):
    finish("rollout")
    finish("tuning", learner=BEN)
    assert [attempt.learner_id for attempt in rows(Attempt)] == [ANA, BEN]
    assert check_states(BEN, "c", "first")["c/one"].mark == 0.0
