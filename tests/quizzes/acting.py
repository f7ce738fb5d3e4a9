"""Answers as pages send them."""

from catalogue.live import current
from core.database import writing
from quizzes.checks.answering import Answer, finish_check, save_answer, try_again
from quizzes.checks.desk import open_desk
from tests.progress.house import NOW

ANA, BEN = 1, 2


def lesson(name="first"):
    return current().courses["c"].lesson(name)


def question(name="one"):
    return current().question(f"c/{name}")


def answer(*options, sure=None, number=1, go=1, digest=None, ask="one"):
    return Answer({"options": sorted(set(options))}, sure, number, go, digest or question(ask).digest)


def take(verb, given, *, ask="one", where="first", learner=ANA, now=NOW):
    with writing(learner=learner):
        desk = open_desk(learner, lesson(where), question(ask), given.sequence)
        return verb(desk, given, revision=current().revision_of(question(ask)) or 7, now=now)


def save(*options, ask="one", now=NOW, **rest):
    return take(save_answer, answer(*options, ask=ask, **rest), ask=ask, now=now)


def finish(*options, ask="one", sure="sure", where="first", learner=ANA, now=NOW, **rest):
    return take(
        finish_check, answer(*options, sure=sure, ask=ask, **rest), ask=ask, where=where, learner=learner, now=now
    )


def again(go, *, ask="one", now=NOW):
    with writing(learner=ANA):
        desk = open_desk(ANA, lesson(), question(ask), 1)
        return try_again(desk, go, revision=current().revision_of(question(ask)) or 7, now=now)
