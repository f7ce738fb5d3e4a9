"""What a response earns."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.marking import Mark, WrongResponse, mark
from tests.quizzes.builders import chosen, question

SINGLE = question("single", ["right"], ["wrong", "other"])
MULTIPLE = question("multiple", ["a", "b", "c"], ["x", "y"])

CASES = [
    (SINGLE, ["right"], 1, 1),
    (SINGLE, ["wrong"], 0, 0),
    (SINGLE, [], 0, 0),
    (MULTIPLE, ["a", "b", "c"], 1, 1),
    (MULTIPLE, ["a", "b"], 2 / 3, 0),
    (MULTIPLE, ["a", "b", "x"], 1 / 3, 0),
    (MULTIPLE, ["a", "x", "y"], 0, 0),
    (MULTIPLE, ["a", "b", "c", "x", "y"], 1 / 3, 0),
    (MULTIPLE, [], 0, 0),
]


@pytest.mark.parametrize(("asked", "names", "practice", "exam"), CASES)
def test_a_response_earns_a_share_in_practice_and_all_or_nothing_in_an_exam(asked, names, practice, exam):
    assert mark(asked, chosen(*names)) == Mark(practice=pytest.approx(practice), exam=exam)


@pytest.mark.parametrize("asked", [SINGLE, MULTIPLE])
def test_a_blank_answer_earns_nothing(asked):
    assert mark(asked, {}) == Mark(practice=0, exam=0)


@pytest.mark.parametrize("asked", [SINGLE, MULTIPLE])
def test_an_unknown_option_is_refused_and_not_marked_wrong(asked):
    with pytest.raises(WrongResponse, match="does not belong"):
        mark(asked, chosen("right", "never-heard-of"))


def test_a_single_takes_one_option_only():
    with pytest.raises(WrongResponse, match="one option"):
        mark(SINGLE, chosen("right", "wrong"))


def test_a_kind_without_a_rule_is_refused():
    with pytest.raises(WrongResponse):
        mark(question("hotspot", ["here"], []), chosen("here"))


NAMES = st.lists(st.sampled_from("abcdefgh"), unique=True, min_size=2, max_size=8)


@st.composite
def answered_questions(draw):
    names = draw(NAMES)
    cut = draw(st.integers(1, len(names)))
    picked = draw(st.lists(st.sampled_from(names), unique=True))
    return names[:cut], names[cut:], picked


@given(answered_questions(), st.randoms())
def test_neither_the_order_of_options_nor_of_choices_changes_a_mark(case, random):
    right, wrong, picked = case
    shuffled = question("multiple", right, wrong)
    options = list(shuffled.options)
    random.shuffle(options)
    shuffled.options = tuple(options)
    reordered = picked.copy()
    random.shuffle(reordered)
    assert mark(shuffled, chosen(*reordered)) == mark(question("multiple", right, wrong), chosen(*picked))


@given(answered_questions())
def test_a_mark_lies_between_nothing_and_one_and_an_exam_gives_one_only_for_everything(case):
    right, wrong, picked = case
    earned = mark(question("multiple", right, wrong), chosen(*picked))
    assert 0 <= earned.practice <= 1
    assert (earned.exam == 1) == (set(picked) == set(right))
    assert earned.right == (earned.exam == 1)


@given(answered_questions())
def test_choosing_one_more_wrong_option_never_earns_more(case):
    right, wrong, picked = case
    asked = question("multiple", right, wrong)
    for extra in set(wrong) - set(picked):
        assert mark(asked, chosen(*picked, extra)).practice <= mark(asked, chosen(*picked)).practice
