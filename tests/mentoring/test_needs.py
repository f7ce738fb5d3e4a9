from datetime import UTC, datetime, timedelta

import pytest

from mentoring.needs import quiet_words

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=100)


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, None), (6, None), (6.9, None), (7, "Not studied for 7 days"), (30, "Not studied for 30 days")],
)
def test_a_week_without_study_may_need_a_word(days, words):
    assert quiet_words(NOW - timedelta(days=days), LONG_AGO, NOW) == words


def test_whoever_never_began_is_named_after_a_week_with_the_mentor():
    assert quiet_words(None, NOW - timedelta(days=3), NOW) is None
    assert quiet_words(None, NOW - timedelta(days=8), NOW) == "Has not begun"
