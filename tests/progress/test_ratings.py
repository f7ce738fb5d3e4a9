"""What an answer says about memory."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from progress.ratings import expected_seconds, is_rapid, rate

ROWS = [  # mark, confidence, seconds (20 are expected), right ones in a row before it, rating
    (1, "sure", 15, 0, "good"),
    (1, "sure", 15, 1, "good"),
    (1, "sure", 15, 2, "easy"),
    (1, "sure", 41, 0, "hard"),
    (1, "sure", 41, 5, "hard"),
    (1, "sure", None, 0, "good"),
    (1, "fairly-sure", 500, 9, "good"),
    (1, None, 15, 9, "good"),
    (1, "guess", 15, 9, "again"),
    (0, "sure", 15, 9, "again"),
    (0, "guess", 15, 0, "again"),
    (0, "fairly-sure", None, 0, "again"),
    (0.5, "sure", 15, 0, "again"),
    (1, "sure", 2.9, 5, None),
    (0, "guess", 1, 0, None),
]


@pytest.mark.parametrize(("mark", "confidence", "seconds", "streak", "rating"), ROWS)
def test_a_rating_follows_from_mark_confidence_and_time(mark, confidence, seconds, streak, rating):
    assert rate(mark, confidence, seconds=seconds, expected=20, streak=streak) == rating


def test_without_an_expected_time_time_says_nothing():
    assert rate(1, "sure", seconds=0.1) == "good"
    assert rate(1, "sure", seconds=9_999) == "good"


def test_what_is_long_takes_long_and_cannot_be_read_in_a_moment():
    assert expected_seconds(40) == 20
    assert is_rapid(2.9, 20) and not is_rapid(3.1, 20)
    assert is_rapid(5.9, 60) and not is_rapid(6.1, 60)


@given(st.floats(0, 1), st.sampled_from([None, "guess", "fairly-sure", "sure"]), st.floats(0, 4000), st.integers(0, 9))
def test_more_time_never_makes_a_rating_better(mark, confidence, seconds, streak):
    order = [None, "again", "hard", "good", "easy"]
    quick = rate(mark, confidence, seconds=30, expected=30, streak=streak)
    slow = rate(mark, confidence, seconds=30 + seconds, expected=30, streak=streak)
    assert order.index(slow) <= order.index(quick)
