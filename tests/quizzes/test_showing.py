"""The order in which the parts of a question are shown, and the numbers that are drawn."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.kinds import Shown
from tests.quizzes.builders import dropdown, match, numeric, order, question

ASKED = question("single", ["a"], ["b", "c", "d"])
SEEDS = st.integers(0, 2**63 - 1)


def names(asked, seed, part="options"):
    return [one.id for one in getattr(Shown(asked, seed), part)]


@given(SEEDS)
def test_a_seed_always_shows_the_same_order_and_all_options(seed):
    assert names(ASKED, seed) == names(ASKED, seed)
    assert sorted(names(ASKED, seed)) == ["a", "b", "c", "d"]


def test_the_right_option_stands_everywhere_about_as_often():
    places = Counter(names(ASKED, seed).index("a") for seed in range(4000))
    assert all(850 < count < 1150 for count in places.values())


def test_options_that_are_fixed_stay_as_they_were_written():
    assert names(question("single", ["z"], ["a", "m"], fixed=True), 7) == ["z", "a", "m"]


@given(SEEDS)
def test_an_option_that_is_added_later_leaves_the_others_in_their_order(seed):
    more = question("single", ["a"], ["b", "c", "d", "e"])
    assert [name for name in names(more, seed) if name != "e"] == names(ASKED, seed)


@pytest.mark.parametrize("fixed", [True, False])
def test_what_is_to_be_put_in_order_never_stands_in_order(fixed):
    asked = order("abcd", fixed)
    assert all(names(asked, seed, "items") != list("abcd") for seed in range(300))


def test_both_sides_of_a_match_are_shuffled_apart_and_hold_what_belongs_to_nothing():
    asked = match([("a", "1"), ("b", "2"), ("c", "3")], ["x"])
    lines = {(tuple(names(asked, seed, "lefts")), tuple(names(asked, seed, "rights"))) for seed in range(300)}
    assert len(lines) > 100
    assert all(len(rights) == 4 for _, rights in lines)


def test_a_text_with_blanks_comes_in_pieces_each_with_the_blank_behind_it():
    pieces = Shown(dropdown(first=["sla", "ola"], second=["b", "c"]), 1).stem_pieces
    assert [name for _, name in pieces] == ["first", "second", None]
    assert "".join(html for html, _ in pieces) == "<p>It is  and .</p>"


def test_each_sitting_draws_its_own_numbers_and_always_the_same():
    drawn = [Shown(numeric(), seed).variant.given for seed in range(60)]
    assert drawn == [Shown(numeric(), seed).variant.given for seed in range(60)]
    assert len({tuple(one.values()) for one in drawn}) > 30
    assert all(one["ev"] != one["ac"] for one in drawn)


def test_every_variant_is_drawn_about_as_often_even_where_few_meet_the_condition():
    rare = numeric(
        given={"ev": {"from": 1, "to": 100, "step": 1}, "ac": {"from": 1, "to": 100, "step": 1}},
        where="ev == 7 and ac < 4",
    )
    drawn = Counter(Shown(rare, seed).variant.given["ac"] for seed in range(90))
    assert set(drawn) == {1.0, 2.0, 3.0} and min(drawn.values()) > 15


def test_the_texts_of_a_calculation_hold_this_sittings_numbers():
    shown = Shown(numeric(), 3)
    given = shown.variant.given
    assert f"Earned value is {given['ev']:,.0f}" in shown.stem_html
    assert f"= {given['ev'] / given['ac']:.2f}"[:6] in shown.solution_html
