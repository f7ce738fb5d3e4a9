"""What stands when corrections were written."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from progress.replay import Fact, standing, tally

NOW = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)


def answer(number, mark=1.0, supersedes=None, objective="a", weight=1.0):
    return Fact(number, "answer", NOW + timedelta(minutes=number), "c", objective, mark, weight, supersedes)


def test_a_correction_stands_where_and_when_the_corrected_one_stood():
    stand = standing([answer(1), answer(2), answer(3, mark=0.0, supersedes=1)])
    assert [(one.place, one.occurred_at, one.fact.mark) for one in stand] == [
        (1, NOW + timedelta(minutes=1), 0.0),
        (2, NOW + timedelta(minutes=2), 1.0),
    ]


def test_a_correction_of_a_correction_is_the_one_that_stands():
    chain = [answer(1), answer(2, mark=0.0, supersedes=1), answer(3, mark=0.5, supersedes=2)]
    again = [answer(1), answer(2, mark=0.0, supersedes=1), answer(3, mark=0.5, supersedes=1)]
    for facts in (chain, again):
        assert [one.fact.mark for one in standing(facts)] == [0.5]


def test_lessons_read_and_the_same_question_again_are_no_evidence():
    read = Fact(1, "read", NOW, "c", None, None, 1.0)
    assert tally([read, answer(2, weight=0.25), answer(3, objective=None)]) == {}


def test_answers_add_up_by_objective():
    sums = tally([answer(1), answer(2, mark=0.5), answer(3, objective="b", mark=0.0)])
    assert {key: (one.answers, one.right) for key, one in sums.items()} == {("c", "a"): (2, 1.5), ("c", "b"): (1, 0.0)}


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from([0.0, 0.5, 1.0])), max_size=30), st.randoms())
def test_facts_count_the_same_in_whatever_order_they_arrive(given_answers, random):
    facts = [answer(n, mark=mark, objective=name) for n, (name, mark) in enumerate(given_answers, 1)]
    shuffled = facts.copy()
    random.shuffle(shuffled)
    assert tally(shuffled) == tally(facts)
