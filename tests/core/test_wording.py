from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.wording import (
    clock_in_words,
    day_in_words,
    exact_moment,
    joined,
    minutes_in_words,
    moment_in_words,
    plural,
    second_in_words,
    zone_named,
)

NOW = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
LISBON, AUCKLAND = ZoneInfo("Europe/Lisbon"), ZoneInfo("Pacific/Auckland")


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (timedelta(0), "today 9:30"),
        (timedelta(hours=15), "yesterday 18:30"),
        (timedelta(days=-1), "tomorrow 9:30"),
        (timedelta(days=-3), "Thursday 9:30"),
        (timedelta(days=6), "6 days ago, 9:30"),
        (timedelta(days=7), "26 October 9:30"),
        (timedelta(days=-7), "9 November 9:30"),
        (timedelta(days=365), "2 November 2025 9:30"),
    ],
)
def test_a_moment_is_said_as_people_say_it(ago, words):
    assert moment_in_words(NOW - ago, NOW, UTC) == words


def test_a_day_begins_at_the_midnight_of_the_one_who_reads():
    evening = datetime(2026, 11, 1, 23, 30, tzinfo=UTC)
    assert day_in_words(evening, NOW, UTC) == "yesterday"
    assert day_in_words(evening, NOW, AUCKLAND) == "today"


def test_a_day_of_25_hours_is_one_day():
    before = datetime(2026, 10, 24, 23, 30, tzinfo=LISBON)
    assert day_in_words(before, datetime(2026, 10, 25, 23, 30, tzinfo=LISBON), LISBON) == "yesterday"


def test_the_exact_moment_names_its_zone():
    assert exact_moment(NOW, AUCKLAND) == "Monday 2 November 2026, 22:30 Auckland"
    assert exact_moment(NOW, UTC) == "Monday 2 November 2026, 09:30 UTC"


def test_what_was_saved_is_said_to_the_second():
    assert second_in_words(NOW, UTC) == "09:30:00"
    assert clock_in_words(NOW, LISBON) == "9:30"


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "0 minutes"), (1, "1 minute"), (8, "8 minutes"), (60, "1 hour"), (135, "2 hours 15 minutes")],
)
def test_a_length_is_said_in_hours_and_minutes(minutes, words):
    assert minutes_in_words(minutes) == words


def test_a_number_carries_its_noun():
    assert [plural(0, "lesson"), plural(1, "lesson"), plural(2, "lesson")] == ["0 lessons", "1 lesson", "2 lessons"]
    assert [plural(3, "person"), plural(2, "reply", "replies"), plural(1200, "answer")] == [
        "3 people",
        "2 replies",
        "1,200 answers",
    ]


def test_a_list_is_said_with_an_and_before_the_last():
    assert [joined([]), joined(["a"]), joined(["a", "b"]), joined(["a", "b", "c"], "or")] == [
        "",
        "a",
        "a and b",
        "a, b or c",
    ]


@pytest.mark.parametrize("name", ["Nowhere/Land", "../etc/passwd", "", None, "Europe", "UTC"])
def test_a_zone_that_nobody_knows_counts_as_utc(name):
    assert moment_in_words(NOW, NOW, zone_named(name)) == "today 9:30"
