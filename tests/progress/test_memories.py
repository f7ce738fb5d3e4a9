"""The memory of families: what an answer moves, and that a rebuild finds the same."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.database import db, writing
from progress.memories import due_count, memories_of
from progress.records import Deed, note, note_all, rebuild
from progress.remembering import Held, recall, reviewed
from tests.progress.house import NOW

ANA, BEN = 1, 2
DAY = timedelta(days=1)
RATINGS = st.sampled_from(["again", "hard", "good", "easy"])


def deed(family="ends", question="c/one", mark=1.0, confidence="sure", **rest):
    facts = {"kind": "answer", "course": "c", "objective": "contrast.time", "source": "practice:1"}
    return Deed(**facts, family=family, question=question, mark=mark, confidence=confidence, **rest)


def noted(*deeds, learner=ANA, now=NOW):
    with writing(learner=learner):
        return [note(learner, one, now=now) for one in deeds]


def held(family="ends", learner=ANA):
    return memories_of(learner).get(("c", family))


def test_an_answer_begins_the_memory_of_its_family_and_of_no_other(house):
    noted(deed())
    assert held().due_at > NOW and held().reviews == 1
    assert held("line") is None and memories_of(BEN) == {}


def test_a_wrong_answer_is_due_sooner_and_counts_as_a_lapse(house):
    noted(deed(), deed("line", "c/three"))
    noted(deed(mark=0.0, question="c/two"), deed("line", "c/four"), now=NOW + 3 * DAY)
    assert held().due_at < held("line").due_at
    assert (held().lapses, held("line").lapses) == (1, 0)


def test_the_third_in_a_row_on_different_questions_is_easy_and_repeats_add_nothing(house):
    first = [noted(deed(question=name), now=NOW + n * DAY)[0].rating for n, name in enumerate(("c/1", "c/2", "c/3"))]
    same = [noted(deed("line", "c/1"), now=NOW + n * DAY)[0].rating for n in range(4)]
    assert (first, same) == (["good", "good", "easy"], ["good"] * 4)


def test_a_rapid_guess_moves_no_memory_and_weighs_nothing(house):
    (record,) = noted(deed(mark=0.0, seconds=1.0, expected=20.0))
    assert (record.rating, record.weight, held()) == (None, 0.0, None)


def test_what_is_due_is_counted(house):
    noted(deed(mark=0.0), deed("line"))
    assert due_count(ANA, NOW) == 0
    assert due_count(ANA, NOW + 400 * DAY) == 2


def test_a_correction_stands_where_the_first_answer_stood(house):
    (record,) = noted(deed(mark=0.0, confidence="fairly-sure"))
    noted(deed(question="c/two"), now=NOW + DAY)
    wrong = held()
    noted(deed(confidence="fairly-sure", supersedes=record.number), now=NOW + 9 * DAY)
    right = held()
    assert right.stability > wrong.stability and right.last_review_at == NOW + DAY and right.lapses == 0


def test_a_clock_that_went_back_reviews_at_the_last_time(house):
    noted(deed())
    noted(deed(question="c/two"), now=NOW - 5 * DAY)
    assert held().last_review_at == NOW


STEPS = st.tuples(
    st.sampled_from(["ends", "line", "other"]),
    st.sampled_from(["c/1", "c/2", "c/3"]),
    st.sampled_from([0.0, 0.5, 1.0]),
    st.sampled_from([None, "guess", "fairly-sure", "sure"]),
    st.integers(0, 60),  # days later
    st.sampled_from([None, 1.0, 15.0, 90.0]),
)


@pytest.mark.parametrize("at_once", [False, True])
@given(steps=st.lists(STEPS, max_size=12))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_rebuild_finds_the_memories_as_they_were_kept(house_for_all, steps, at_once):
    learner, now = house_for_all(), NOW
    deeds = [
        deed(family, question, mark, sure, seconds=seconds, expected=20.0)
        for family, question, mark, sure, _, seconds in steps
    ]
    if at_once:
        with writing(learner=learner):
            note_all(learner, deeds, now=now)
    for one, step in zip(deeds, steps, strict=True) if not at_once else ():
        now += step[4] * DAY
        noted(one, learner=learner, now=now)
    kept = memories_of(learner)
    with writing(learner=learner):
        rebuild(learner)
    assert memories_of(learner) == kept


@pytest.fixture
def house_for_all(house):
    """Return a new learner for every example."""
    from tests.progress.house import person

    count = iter(range(10_000))

    def newcomer():
        with writing() as session:
            somebody = person(f"somebody-{next(count)}")
            session.add(somebody)
            session.flush()
            number = somebody.id
        db.session.expunge_all()
        return number

    return newcomer


def test_recall_is_nine_in_ten_after_as_many_days_as_the_memory_is_stable():
    memory = reviewed(None, "good", "c/one", NOW)
    assert recall(memory, NOW + memory.stability * DAY) == pytest.approx(0.9, abs=1e-2)


@given(st.lists(st.tuples(RATINGS, st.integers(1, 90)), min_size=1, max_size=15))
def test_recall_falls_with_time_and_a_right_review_makes_it_last(history):
    memory: Held | None = None
    at = NOW
    for rating, days in history:
        before, at = memory, at + days * DAY
        memory = reviewed(before, rating, f"c/{days}", at)
        if before is not None and rating != "again":
            assert memory.stability >= before.stability
    chances = [recall(memory, at + days * DAY) for days in range(0, 400, 20)]
    assert chances == sorted(chances, reverse=True) and 0 < chances[-1] <= chances[0] <= 1


def test_the_library_is_followed_step_by_step():
    from fsrs import Card, Rating, Scheduler

    scheduler = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    card, memory, at = Card(card_id=1, due=NOW), None, NOW
    for rating, days in (("good", 2), ("again", 1), ("hard", 4), ("easy", 30), ("good", 90)):
        card, _ = scheduler.review_card(card, Rating[rating.capitalize()], at)
        memory = reviewed(memory, rating, "c/one", at)
        assert (memory.stability, memory.difficulty, memory.due_at) == (card.stability, card.difficulty, card.due)
        at += days * DAY
