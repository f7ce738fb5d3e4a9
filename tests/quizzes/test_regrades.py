"""Regrades in the house: what changes, what stays, and how it goes on after it was cut off."""

import pytest
import sqlalchemy as sa

from catalogue.live import current
from core.clock import now
from core.database import db, writing
from core.errors import Refused
from progress.append_only import guard
from progress.models import Record
from progress.queries import objective_evidence
from progress.records import rebuild
from quizzes.checks.queries import check_states
from quizzes.commands import group
from quizzes.models import AnswerStep, AttemptEvent, AttemptItem
from quizzes.regrades import regrading
from quizzes.regrades.preview import Moves, correction_of, regrade_preview
from quizzes.regrades.running import Done, regrade
from quizzes.sittings.acting import take_step
from quizzes.sittings.ending import submit
from quizzes.sittings.forms import Sent
from quizzes.sittings.knowing import say_known
from tests.quizzes import acting
from tests.quizzes.correcting import (
    answers_to,
    publish,
    renamed,
    replay_equals_history,
    reworded,
    right_is,
    rows,
    several,
    without,
)
from tests.quizzes.sitting import (
    ANA,
    BEN,
    attempt,
    begun,
    events,
    item,
    minutes,
    of,
    practising,
    question,
    questions_of,
    save,
    steps,
    take,
)


@pytest.fixture
def digest(house):
    """Publish the bank with its revision, and return the digest of question one as it is shown first."""
    publish(house)
    guard(db.engine, "attempt_event")
    return question("one").digest


def sat(*chosen, learner=ANA, seed=7):
    """Sit the exam and hand it in; what is not named stays blank."""
    sitting = begun(learner=learner, seed=seed)
    for place, option in enumerate(chosen, start=1):
        if option:
            save(sitting, place, option, learner=learner, now=minutes(place))
    of(sitting, submit, questions_of(sitting), learner=learner, now=minutes(30))
    return sitting


def preview(digest, name="one"):
    answers = answers_to(name, digest)
    return regrade_preview(correction_of(f"c/{name}", digest, current(), answers), answers)


def run(digest, **rest):
    return regrade(correction_of("c/one", digest, current()), now=minutes(60), by_id=BEN, **rest)


def pressed(sitting, position, option, sure="sure", **rest):
    """Press the button that finishes a question in practice."""
    sent = Sent("finish", 1, {"options": [option]}, sure, "", (), None)
    take(sitting, position, take_step, sent, **rest)


def standing(learner=ANA):
    replaced = {row.supersedes for row in rows(Record) if row.learner_id == learner}
    return [row for row in rows(Record) if row.learner_id == learner and row.number not in replaced]


def test_a_preview_says_what_would_change_and_changes_nothing(house, digest):
    sat("plan", "rollout", "rollout"), sat("rollout", "rollout", "rollout", learner=BEN), sat(None, seed=8)
    publish(house, one=right_is("plan"))
    before = len(rows(AnswerStep))
    found = preview(digest)
    assert found.moves == Moves(up=1, down=1, same=1)
    assert (found.to_pass, found.to_fail, found.refused, found.done.total) == (1, 1, [], 0)
    assert len(rows(AnswerStep)) == before


def test_marks_move_and_what_was_stays_in_the_history(house, digest):
    sitting = sat("plan", "rollout")
    old = standing()[0]
    publish(house, one=right_is("plan"))
    assert run(digest) == Done(1, 0)
    held, last = item(sitting, 1), steps(sitting)[-1]
    assert (held.mark, held.marked_revision) == (1.0, current().revision_of(question("one")))
    assert (last.kind, last.mark, last.response["digest"]) == ("regrade", 1.0, question("one").digest)
    assert [step.mark for step in steps(sitting) if step.item_id == held.id] == [None, 0.0, 1.0]
    assert events(sitting) == ["begun", "submitted", "regraded"] and rows(AttemptEvent)[-1].by_id == BEN
    new = rows(Record)[-1]
    assert (new.supersedes, new.mark, new.occurred_at) == (old.number, 1.0, minutes(60))
    for name in ("source", "digest", "weight", "seconds", "confidence", "family", "objective", "lesson", "question"):
        assert getattr(new, name) == getattr(old, name), name
    assert replay_equals_history("one", digest)


def test_what_is_derived_follows_and_a_rebuild_finds_the_same(house, digest):
    sat("plan")
    publish(house, one=right_is("plan"))
    run(digest)
    after = objective_evidence(ANA)
    assert (after["c", "contrast.time"].answers, after["c", "contrast.time"].right) == (1, 1.0)
    with writing(learner=ANA):
        rebuild(ANA)
    assert objective_evidence(ANA) == after


def test_running_it_twice_does_it_once(house, digest):
    sat("plan")
    publish(house, one=right_is("plan"))
    run(digest)
    before = [len(rows(model)) for model in (AnswerStep, AttemptEvent, Record)]
    assert run(digest) == Done(0, 0)
    assert [len(rows(model)) for model in (AnswerStep, AttemptEvent, Record)] == before
    found = preview(digest)
    assert (found.moves.total, found.done, found.done_at) == (0, Moves(1, 0, 0), minutes(60))


def test_another_edit_of_the_bank_leaves_what_was_regraded_alone(house, digest):
    sat("plan")
    publish(house, one=right_is("plan"))
    run(digest)
    publish(house, one=right_is("plan"), two=reworded)
    assert run(digest) == Done(0, 0)


def test_what_was_done_stays_when_it_is_cut_off_and_the_next_run_does_the_rest(house, digest, monkeypatch):
    first, second = sat("plan"), sat("plan", learner=BEN)
    publish(house, one=right_is("plan"))

    def cut(learner_id, *rest, **more):
        if learner_id == BEN:
            raise KeyboardInterrupt
        return original(learner_id, *rest, **more)

    original = regrading.note
    monkeypatch.setattr(regrading, "note", cut)
    with pytest.raises(KeyboardInterrupt):
        run(digest)
    assert [item(first, 1).mark, item(second, 1).mark] == [1.0, 0.0]
    assert events(second) == ["begun", "submitted"]
    monkeypatch.undo()
    assert run(digest) == Done(1, 0)
    assert [item(first, 1).mark, item(second, 1).mark] == [1.0, 1.0]
    assert [len(standing(learner)) for learner in (ANA, BEN)] == [1, 1]


def test_a_run_with_little_time_says_how_many_learners_are_left(house, digest):
    sat("plan"), sat("plan", learner=BEN)
    publish(house, one=right_is("plan"))
    assert run(digest, seconds=-1) == Done(0, 2)
    assert run(digest, seconds=60) == Done(2, 0)


@pytest.mark.parametrize(
    ("edit", "why"),
    [(without("plan"), "no longer part"), (several, "another way"), (renamed("rollout", "launch"), "was not there")],
)
def test_what_cannot_be_marked_fairly_keeps_its_mark(house, digest, edit, why):
    sitting = sat("plan")
    publish(house, one=edit)
    ((told, count),) = preview(digest).refused
    assert why in told and count == 1
    assert run(digest) == Done(0, 0) and item(sitting, 1).mark == 0.0


def test_a_question_that_was_taken_back_is_refused(house, digest):
    sat("plan")
    with pytest.raises(Refused, match="taken back"):
        correction_of("c/nothing", digest, current())


def test_a_blank_answer_stays_at_nothing_and_has_no_record(house, digest):
    sitting = sat()
    publish(house, one=right_is("plan"))
    assert run(digest) == Done(1, 0)
    assert item(sitting, 1).mark == 0.0 and steps(sitting)[-1].kind == "regrade" and not rows(Record)


def test_a_practice_gets_its_part_and_goes_on(house, digest):
    sitting = practising(names=("two", "one"))
    shown = question("two").digest
    pressed(sitting, 1, "tuning")
    publish(house, two=right_is("rollout", "tuning"))
    regrade(correction_of("c/two", shown, current()), now=minutes(60))
    assert item(sitting, 1).mark == 0.5 and [row.mark for row in standing()] == [0.5]
    pressed(sitting, 2, "rollout", now=minutes(61))
    assert replay_equals_history("two", shown)


def test_a_guess_that_was_called_known_is_marked_anew_like_any_other(house, digest):
    sitting = practising(names=("one", "two"))
    pressed(sitting, 1, "rollout", sure="guess", now=minutes(1))
    with writing(learner=ANA):
        assert say_known(attempt(sitting), item(sitting, 1), now=minutes(2))
    publish(house, one=right_is("plan"))
    assert run(digest) == Done(1, 0)
    assert [step.kind for step in steps(sitting)] == ["finish", "known", "regrade"]
    (now_standing,) = standing()
    assert (now_standing.mark, now_standing.confidence, now_standing.rating) == (0.0, "guess", "again")


def test_every_try_at_a_check_is_marked_and_its_own_record_replaced(house, digest):
    acting.finish("plan")
    acting.again(1, now=minutes(1))
    acting.finish("rollout", go=2, now=minutes(2))
    publish(house, one=right_is("plan"))
    assert run(digest) == Done(2, 0)
    assert [(row.mark, row.supersedes) for row in rows(Record)] == [(0.0, None), (1.0, None), (1.0, 1), (0.0, 2)]
    state = check_states(ANA, "c", "first")["c/one"]
    assert (state.finished, state.try_number, state.mark, state.regraded) == (True, 2, 0.0, True)
    assert state.response == {"options": ["rollout"]}
    acting.again(2, now=minutes(70))
    acting.finish("plan", go=3, now=minutes(71))
    assert check_states(ANA, "c", "first")["c/one"].mark == 1.0


def test_a_correction_of_a_correction_follows_the_chain(house, digest):
    sat("plan")
    publish(house, one=right_is("plan"))
    run(digest)
    publish(house, one=right_is("tuning"))
    run(digest)
    publish(house)
    run(digest)
    assert [(row.mark, row.supersedes) for row in rows(Record)] == [(0.0, None), (1.0, 1), (0.0, 2)]
    publish(house, one=right_is("plan"))
    run(digest)
    assert [row.mark for row in standing()] == [1.0] and replay_equals_history("one", digest)


def test_a_question_that_is_tried_out_crosses_no_pass_mark(house, digest):
    sitting = begun(unscored=("one",))
    for place, option in enumerate(("plan", "rollout", "rollout"), start=1):
        save(sitting, place, option)
    of(sitting, submit, questions_of(sitting))
    publish(house, one=right_is("plan"))
    found = preview(digest)
    assert (found.moves.up, found.to_pass) == (1, 0)


def test_the_command_says_first_and_does_when_it_is_told(house, digest):
    house.cli.add_command(group)
    runner = house.test_cli_runner()
    assert "Nobody has answered it yet" in runner.invoke(args=["quizzes", "regrade", "c/one"]).output
    sitting = sat("plan", "rollout", "rollout")
    publish(house, one=right_is("plan"))
    dry = runner.invoke(args=["quizzes", "regrade", "c/one"]).output
    assert "1 answer to mark anew, 1 up, 0 down, 0 as before" in dry and "1 sitting would come to the pass mark" in dry
    assert "Nothing was changed" in dry and item(sitting, 1).mark == 0.0
    assert "1 answer marked anew" in runner.invoke(args=["quizzes", "regrade", "c/one", "--apply"]).output
    assert item(sitting, 1).mark == 1.0 and now() > item(sitting, 1).shown_at
    assert "1 marked by the newer question already" in runner.invoke(args=["quizzes", "regrade", "c/one"]).output
    db.session.execute(sa.select(AttemptItem.id))
    unknown = runner.invoke(args=["quizzes", "regrade", "c/nothing"])
    assert (unknown.exit_code, unknown.output) == (1, "Error: There is no question c/nothing; name it as course/id.\n")
