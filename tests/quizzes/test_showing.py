"""The order in which options are shown."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from quizzes.showing import check_seed, seed_of, shown_order
from tests.quizzes.builders import question

ASKED = question("single", ["a"], ["b", "c", "d"])


def names(options):
    return [option.id for option in options]


@given(st.integers(0, 2**63 - 1))
def test_a_seed_always_shows_the_same_order_and_all_options(seed):
    assert shown_order(ASKED, seed) == shown_order(ASKED, seed)
    assert sorted(names(shown_order(ASKED, seed))) == ["a", "b", "c", "d"]


def test_the_right_option_stands_everywhere_about_equally_often():
    places = Counter(names(shown_order(ASKED, seed)).index("a") for seed in range(4000))
    assert all(850 < places[place] < 1150 for place in range(4))


def test_fixed_options_keep_the_authors_order():
    assert names(shown_order(question("single", ["z"], ["a", "m"], fixed=True), 7)) == ["z", "a", "m"]


@given(st.integers(0, 2**63 - 1))
def test_an_option_that_is_added_later_leaves_the_others_in_their_order(seed):
    more = question("single", ["a"], ["b", "c", "d", "e"])
    assert [name for name in names(shown_order(more, seed)) if name != "e"] == names(shown_order(ASKED, seed))


def test_seeds_differ_by_learner_lesson_question_and_try_and_fit_their_column():
    seeds = {check_seed(who, lesson, ask, go) for who in (1, 2) for lesson in "ab" for ask in "cd" for go in (1, 2)}
    assert len(seeds) == 16
    assert all(0 <= seed < 2**63 for seed in seeds)


def test_a_seed_is_the_same_on_every_machine():
    assert seed_of("check", 7, "try-out/first", "try-out/one", 1) == 2862714368179491762
