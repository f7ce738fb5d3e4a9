"""A right guess that was known after all: its memory counts as known, and nothing else is retouched."""

import sqlalchemy as sa

from core.database import db
from progress.commands import rebuilt_differs
from progress.models import Memory, Record
from quizzes.models import AnswerStep
from tests.quizzes.test_review import let_a_minute_pass
from tests.quizzes.test_sitting_pages import ana, begin, post, press, right_answer, text  # noqa: F401  # a fixture


def guessed(app, client, confidence="guess", rapid=False):
    """Answer the first question of a practice rightly; return its page's address."""
    sitting = begin(client, "/practice", course="rehearsal", kind="single", difficulty="medium")
    if not rapid:
        let_a_minute_pass(app)
    press(client, sitting, 1, "finish", confidence=confidence, **right_answer(app, sitting, 1))
    return f"{sitting}/answers/1"


def rows(app, model):
    with app.app_context():
        return db.session.scalars(
            sa.select(model).order_by(model.id) if hasattr(model, "id") else sa.select(model)
        ).all()


def test_whoever_knew_it_says_so_and_it_comes_back_later(app, ana, cast):  # noqa: F811
    page = guessed(app, ana)
    (before,) = rows(app, Memory)
    assert "It comes back soon" in text(ana.get(page))
    assert post(ana, f"{page}/knowledge").status_code == 302
    (after,) = rows(app, Memory)
    assert after.due_at > before.due_at
    told = text(ana.get(page))
    assert "You said that you knew it" in told and "I did know it" not in told
    first, second = rows(app, Record)
    assert (second.supersedes, first.rating, second.rating) == (first.number, "again", "good")
    assert second.confidence == "guess" and second.mark == first.mark == 1.0
    with app.app_context():
        assert not rebuilt_differs(cast["ana"].id)


def test_saying_it_twice_says_it_once(app, ana):  # noqa: F811
    page = guessed(app, ana)
    post(ana, f"{page}/knowledge"), post(ana, f"{page}/knowledge")
    assert [step.kind for step in rows(app, AnswerStep)] == ["finish", "known"]
    assert len(rows(app, Record)) == 2


def test_only_a_right_guess_can_be_called_known(app, ana):  # noqa: F811
    sure = guessed(app, ana, confidence="sure")
    assert "I did know it" not in text(ana.get(sure))
    assert post(ana, f"{sure}/knowledge").status_code == 409
    assert len(rows(app, Record)) == 1


def test_an_answer_that_came_before_the_question_can_have_been_read_stays_without_weight(app, ana):  # noqa: F811
    page = guessed(app, ana, rapid=True)
    assert "I did know it" not in text(ana.get(page))
    assert post(ana, f"{page}/knowledge").status_code == 409
    assert rows(app, Memory) == []


def test_nobody_says_it_for_somebody_else(app, ana, sign_in):  # noqa: F811
    page = guessed(app, ana)
    for key in ("mara", "otto", "ada"):
        assert post(sign_in(key), f"{page}/knowledge").status_code == 404
    assert post(ana, page.replace("answers/1", "answers/99") + "/knowledge").status_code == 404
    assert len(rows(app, Record)) == 1
