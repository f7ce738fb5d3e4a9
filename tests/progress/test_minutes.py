"""Minutes of study."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from progress.minutes import minutes_by_day, reading_seconds, seconds_of

NINE = datetime(2026, 11, 2, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("elapsed", "minutes", "checks", "seconds"),
    [(120, 8, 2, 120), (86400, 8, 2, 360), (0, 8, 2, 0), (-5, 8, 2, 0), (900, 2, 2, 60)],
)
def test_a_lesson_counts_the_time_it_took_and_at_most_what_it_is_said_to_take(elapsed, minutes, checks, seconds):
    assert reading_seconds(NINE, NINE + timedelta(seconds=elapsed), minutes, checks) == seconds


@pytest.mark.parametrize(
    ("kind", "measured", "seconds"),
    [("answer", None, 60), ("answer", 25, 25), ("answer", 4000, 300), ("read", 200, 200), ("read", None, 0)],
)
def test_an_answer_counts_its_seconds_or_a_minute(kind, measured, seconds):
    assert seconds_of(kind, measured) == seconds


def test_a_day_is_the_learners_own_day():
    late = datetime(2026, 11, 2, 23, 30, tzinfo=UTC)
    assert minutes_by_day([(late, "answer", None)], ZoneInfo("Europe/Berlin")) == {date(2026, 11, 3): 1.0}
    assert minutes_by_day([(late, "answer", None)], ZoneInfo("America/New_York")) == {date(2026, 11, 2): 1.0}


def test_the_hour_that_comes_twice_in_autumn_stays_one_day():
    twice = [datetime(2026, 10, 25, hour, 30, tzinfo=UTC) for hour in (0, 1)]
    assert minutes_by_day([(t, "answer", None) for t in twice], ZoneInfo("Europe/Berlin")) == {date(2026, 10, 25): 2.0}
