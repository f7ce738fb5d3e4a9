"""Sittings in the bare house, as pages lead them."""

from datetime import timedelta

import sqlalchemy as sa

from catalogue.live import current
from core.database import db, writing
from quizzes.models import AnswerStep, Attempt, AttemptEvent, AttemptItem
from quizzes.sittings.beginning import Asked, Occasion, begin
from quizzes.sittings.plans import Break, Plan, Section, one_section
from quizzes.sittings.seat import take_seat
from quizzes.sittings.stepping import Step, finish_answer, save_answer, set_flag, strike_options, write_note
from tests.progress.house import NOW

ANA, BEN = 1, 2
SINGLES = ("one", "spare", "three", "four", "five")
TWO_SECTIONS = Plan(
    title="Mock",
    sections=(Section("Cases", 1, 2), Section("The rest", 3, 5)),
    minutes=60,
    breaks=(Break(1, 10),),
    passing=3,
)
WHOLE = one_section("Mock", 5, minutes=60, passing=3)
PRACTICE = one_section("Practice", 5)


def minutes(number):
    return NOW + timedelta(minutes=number)


def question(name):
    return current().question(f"c/{name}")


def begun(plan=WHOLE, *, learner=ANA, names=SINGLES, kind="exam", feedback="end", now=NOW, seed=7, unscored=()):
    occasion = Occasion(kind, "c", "mock" if kind == "exam" else None, feedback)
    asked = [Asked(question(name), name not in unscored) for name in names]
    with writing(learner=learner):
        return begin(learner, occasion, asked, plan, current(), seed=seed, now=now).id


def practising(**rest):
    return begun(PRACTICE, kind="practice", feedback="each", **rest)


def take(sitting, position, verb, step, *, learner=ANA, now=NOW, asks=True):
    with writing(learner=learner):
        seat = take_seat(learner, sitting, position, step.sequence)
        assert seat, "there is no such seat"
        given = (seat, step, current().question(seat.item.question)) if asks else (seat, step)
        return verb(*given, now=now)


def save(sitting, position, *options, number=1, sure=None, **rest):
    return take(sitting, position, save_answer, Step("save", number, {"options": sorted(options)}, sure), **rest)


def finish(sitting, position, *options, number=1, sure="sure", **rest):
    return take(sitting, position, finish_answer, Step("finish", number, {"options": sorted(options)}, sure), **rest)


def flag(sitting, position, flagged=True, number=1, **rest):
    return take(sitting, position, set_flag, Step("flag", number, {"flagged": flagged}), asks=False, **rest)


def strike(sitting, position, *options, number=1, **rest):
    return take(
        sitting, position, strike_options, Step("strike", number, {"struck": sorted(options)}), asks=False, **rest
    )


def note(sitting, position, text, number=1, **rest):
    return take(sitting, position, write_note, Step("note", number, {"text": text}), asks=False, **rest)


def of(sitting, verb, *args, learner=ANA, now=NOW, **rest):
    """Do something to a whole sitting."""
    with writing(learner=learner):
        return verb(attempt(sitting), *args, now=now, **rest)


def attempt(sitting):
    return db.session.get(Attempt, sitting)


def questions_of(sitting):
    return {item.id: current().question(item.question) for item in items(sitting)}


def items(sitting):
    db.session.expire_all()
    return db.session.scalars(
        sa.select(AttemptItem).where(AttemptItem.attempt_id == sitting).order_by(AttemptItem.position)
    ).all()


def item(sitting, position):
    return items(sitting)[position - 1]


def steps(sitting):
    return db.session.scalars(
        sa.select(AnswerStep).join(AttemptItem).where(AttemptItem.attempt_id == sitting).order_by(AnswerStep.id)
    ).all()


def events(sitting):
    return db.session.scalars(
        sa.select(AttemptEvent.kind).where(AttemptEvent.attempt_id == sitting).order_by(AttemptEvent.id)
    ).all()
