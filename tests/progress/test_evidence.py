"""How much the answers can say."""

import pytest

from progress.evidence import NEEDED, SAME_AGAIN, Evidence, amount, is_evidence, width_at, wilson_range


def test_twelve_first_answers_are_needed_because_the_range_is_then_narrower_than_a_third():
    assert NEEDED == 12
    assert width_at(12) < 1 / 3 < width_at(11)


@pytest.mark.parametrize(
    ("right", "answers", "low", "high"), [(7, 10, 0.497, 0.846), (0, 5, 0.0, 0.247), (5, 5, 0.753, 1.0)]
)
def test_the_range_is_wilsons(right, answers, low, high):
    assert wilson_range(right, answers) == pytest.approx((low, high), abs=0.001)


@pytest.mark.parametrize(("answers", "missing"), [(0, 12), (2, 10), (11, 1), (12, 0), (300, 0)])
def test_it_says_how_many_first_answers_are_missing(answers, missing):
    assert Evidence(answers, 0).missing == missing


def test_two_right_answers_are_never_called_a_share():
    assert Evidence(2, 2.0).words == "2 of 2 right"
    assert "%" not in Evidence(2, 2.0).words


def test_nothing_is_called_nothing():
    assert Evidence().words == "no answers yet"


@pytest.mark.parametrize(("value", "words"), [(3, "3"), (2.5, "2.5"), (1 / 3 + 2 / 3, "1"), (0.67, "0.7")])
def test_sums_of_marks_are_whole_where_they_are_whole(value, words):
    assert amount(value) == words


@pytest.mark.parametrize(
    ("kind", "weight", "counts"),
    [("answer", 1.0, True), ("answer", 0.6, True), ("answer", SAME_AGAIN, False), ("read", 1.0, False)],
)
def test_only_first_answers_are_evidence(kind, weight, counts):
    assert is_evidence(kind, weight) is counts
