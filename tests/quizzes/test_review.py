"""The daily review: what is due, in which order, with which questions."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from core.database import db
from progress.models import Memory
from progress.remembering import Held, reviewed
from quizzes.practice.choosing import Known, LastAnswer
from quizzes.review.queueing import MOST_A_DAY, NEW_A_DAY, Course, queue_of, variant
from tests.conftest import token
from tests.pace import milliseconds
from tests.progress.house import NOW
from tests.quizzes.builders import question
from tests.quizzes.test_sitting_pages import begin, item, post, press, right_answer, text

DAY = timedelta(days=1)


def memory(days, lapses=0, stability=5.0):
    """Return a memory that has been due for so many days."""
    at = NOW - (days + stability) * DAY
    return Held(stability, 5.0, NOW - days * DAY, at, 2, lapses)


def course(*names, exam=None, weights=None):
    return Course("c", weights or dict.fromkeys(names, 1.0), exam)


def due(queue):
    return [name for _, name in queue.due]


def test_what_is_due_longest_comes_first_and_what_is_not_due_stays_away():
    memories = {("c", "a"): memory(1), ("c", "b"): memory(9), ("c", "later"): memory(-1)}
    queue = queue_of([course("a", "b", "later")], memories, NOW)
    assert due(queue) == ["b", "a"] and queue.new == ()


def test_a_day_has_a_cap_and_what_is_left_is_told():
    names = [f"f{n:03}" for n in range(60)]
    memories = {("c", name): memory(n) for n, name in enumerate(names)}
    queue = queue_of([course(*names)], memories, NOW)
    assert len(queue.due) == MOST_A_DAY and queue.left == 60 - MOST_A_DAY


def test_new_families_come_by_weight_and_only_where_there_is_room():
    weights = {f"f{n}": float(n) for n in range(10)}
    assert [name for _, name in queue_of([course(weights=weights)], {}, NOW).new] == ["f9", "f8", "f7", "f6", "f5"]
    full = {("c", f"d{n}"): memory(1) for n in range(MOST_A_DAY - 2)}
    names = {name: 1.0 for _, name in full} | weights
    assert len(queue_of([course(weights=names)], full, NOW).new) == 2 < NEW_A_DAY


@pytest.mark.parametrize(("days", "new"), [(20, 2), (4, 2), (3, 0), (1, 0)])
def test_before_an_exam_nothing_new_is_begun(days, new):
    assert len(queue_of([course("a", "b", exam=NOW + days * DAY)], {}, NOW).new) == new


def test_in_the_last_days_only_what_was_forgotten_before():
    memories = {("c", "held"): memory(3), ("c", "lapsed"): memory(1, lapses=1)}
    soon, later = NOW + DAY, NOW + 10 * DAY
    assert due(queue_of([course("held", "lapsed", exam=soon)], memories, NOW)) == ["lapsed"]
    assert len(due(queue_of([course("held", "lapsed", exam=later)], memories, NOW))) == 2


def test_near_an_exam_what_weighs_more_in_it_comes_first():
    memories = {("c", "light"): memory(5), ("c", "heavy"): memory(5)}
    weights = {"light": 1.0, "heavy": 9.0}
    assert due(queue_of([course(weights=weights, exam=NOW + 10 * DAY)], memories, NOW)) == ["heavy", "light"]


def test_a_variant_that_was_never_seen_is_asked_first_and_then_the_one_seen_longest_ago():
    siblings = [question("single", ["r"], ["w"]) for _ in range(1)]
    assert variant(siblings, Known(), NOW) is siblings[0]

    class Sibling:
        def __init__(self, name):
            self.id, self.ref = name, f"c/{name}"

    a, b, c = (Sibling(name) for name in "abc")
    seen = {"c/a": LastAnswer(1, NOW - 30 * DAY), "c/b": LastAnswer(1, NOW - 40 * DAY)}
    assert variant([a, b, c], Known(seen), NOW) is c
    assert variant([a, b], Known(seen), NOW) is b
    lately = seen | {"c/b": LastAnswer(1, NOW - 2 * DAY), "c/a": LastAnswer(1, NOW - 20 * DAY)}
    assert variant([a, b], Known(lately), NOW) is a


@pytest.mark.alone
def test_a_queue_over_a_thousand_families_takes_less_than_20_ms():
    names = [f"f{n}" for n in range(1000)]
    memories = {("c", name): reviewed(None, "good", None, NOW - n % 30 * DAY) for n, name in enumerate(names)}
    near = course(*names, exam=NOW + 10 * DAY)
    assert milliseconds(lambda: queue_of([near], memories, NOW)) < 20


@pytest.fixture
def ana(sign_in):
    return sign_in("ana")


def let_a_minute_pass(app):
    """Put everything that was done a minute back: who answers within a moment has not read the question."""
    from core.clock import now
    from core.database import writing
    from quizzes.models import Attempt, AttemptItem

    with app.app_context(), writing() as session:
        session.execute(sa.update(Attempt).values(begun_at=now() - timedelta(minutes=1)))
        session.execute(sa.update(AttemptItem).values(stepped_at=None))


def test_what_was_answered_comes_back_when_it_is_due_with_another_question(app, ana):
    practice = begin(ana, "/practice", course="rehearsal", size="5", kind="single", difficulty="medium")
    first = {item(app, practice, n).question for n in range(1, 6)}
    for place in range(1, 6):
        let_a_minute_pass(app)
        press(ana, practice, place, "finish", confidence="sure", **right_answer(app, practice, place))
    post(ana, f"{practice}/submission")
    with app.app_context():
        from core.database import writing

        with writing() as session:
            session.execute(sa.update(Memory).values(due_at=NOW.replace(year=2020)))
            assert session.scalar(sa.select(sa.func.count()).select_from(Memory)) == 5
    post(ana, "/courses/rehearsal/enrolment")
    assert "5 questions are due today" in text(ana.get("/"))
    assert "5 families of questions" in text(ana.get("/review"))
    review = begin(ana, "/review")
    with app.app_context():
        from quizzes.models import AttemptItem

        asked = db.session.scalars(
            sa.select(AttemptItem.question).where(AttemptItem.attempt_id == int(review.rpartition("/")[2]))
        ).all()
    assert not first & set(asked[:5])
    assert begin(ana, "/practice") != review
    assert "Go on with your review" in text(ana.get("/review"))


def test_somebody_who_takes_nothing_has_nothing_to_review(ana):
    assert "Nothing is due today" in text(ana.get("/review"))
    refused = ana.post("/review", data={"csrf_token": token(ana.get("/account"))})
    assert refused.status_code == 422
