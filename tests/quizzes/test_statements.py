"""What an answer costs: a fixed number of statements, and one commit."""

import pytest
import sqlalchemy as sa

from accounts.models import Person
from core.database import db, writing
from progress.reading import mark_read
from quizzes.checks.queries import check_states
from tests.progress.house import NOW
from tests.quizzes.acting import ANA, finish, lesson, save


@pytest.fixture
def commits(house):
    seen = []
    sa.event.listen(db.engine, "commit", seen.append)
    return seen


def cost(asked, act):
    """Count one request's statements: the person, and what the verb needs."""
    asked.clear()
    db.session.expunge_all()
    db.session.get(Person, ANA)
    act()
    return len(asked)


def queueing(house):
    """PostgreSQL needs one statement more, to queue behind the same learner's other writers."""
    return db.engine.dialect.name == "postgresql"


def test_a_save_takes_three_statements_and_one_commit(house, asked, commits):
    save("tuning")
    commits.clear()
    assert cost(asked, lambda: save("rollout", number=2)) == 3 + queueing(house)
    assert len([one for one in asked if one.startswith(("INSERT", "UPDATE"))]) == 1
    assert len(commits) == 2  # the end of the reading, and the turn


def test_the_first_save_makes_what_it_needs(house, asked):
    assert cost(asked, lambda: save("tuning")) == 7 + queueing(house)


def test_a_retry_writes_nothing(house, asked):
    save("tuning")
    assert cost(asked, lambda: save("tuning")) == 2 + queueing(house)


def test_a_finish_takes_seven_statements(house, asked):
    save("rollout")
    assert cost(asked, lambda: finish("rollout", number=2)) == 7 + queueing(house)


def test_the_finish_that_completes_a_lesson_takes_two_more(house, asked):
    with writing(learner=ANA):
        mark_read(ANA, lesson(), now=NOW)
    finish("rollout")
    save("rollout", ask="two")
    assert cost(asked, lambda: finish("rollout", ask="two", number=2)) == 9 + queueing(house)


def test_a_lessons_checks_take_one_statement_however_many_tries_there_were(house, asked):
    from tests.quizzes.acting import again

    for go in range(1, 8):
        finish("tuning", go=go)
        again(go)
    save("plan", ask="two")
    asked.clear()
    states = check_states(ANA, "c", "first")
    assert len(asked) == 1
    assert {ref: (one.try_number, one.finished) for ref, one in states.items()} == {
        "c/one": (8, False),
        "c/two": (1, False),
    }
