"""The calendar of activity: a square a day, whose area tells the minutes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt

from core.wording import MONTHS, plural

WEEKS = 16
SIDE_OF_A_MINUTE = 2.45  # px; ten minutes are a square of 8 px, an hour one of 19
LARGEST = 20.0
SMALLEST = 3.0


@dataclass(frozen=True)
class Day:
    """One day of the calendar."""

    date: date
    minutes: float
    kind: str = ""

    @property
    def size(self) -> float:
        """The side of its square in px, so that the area goes with the minutes."""
        if not self.minutes:
            return 0.0
        return round(min(LARGEST, max(SMALLEST, SIDE_OF_A_MINUTE * sqrt(self.minutes))), 1)

    @property
    def title(self) -> str:
        """Say the day and its minutes."""
        return f"{self.name}: {plural(round(self.minutes) or 1, 'minute')}"

    @property
    def name(self) -> str:
        """Say the day."""
        return f"{self.date:%A} {self.date.day} {MONTHS[self.date.month - 1]}"


@dataclass(frozen=True)
class Week:
    """Seven days from Monday, with the month above it where one begins."""

    days: tuple[Day, ...]
    month: str | None


def first_day(today: date) -> date:
    """Return the Monday with which the calendar begins."""
    return today - timedelta(days=today.weekday(), weeks=WEEKS - 1)


def calendar_weeks(minutes: Mapping[date, float], today: date) -> list[Week]:
    """Return the weeks up to this one, oldest first."""
    weeks: list[Week] = []
    for number in range(WEEKS):
        monday = first_day(today) + timedelta(weeks=number)
        days = tuple(Day(day, minutes.get(day, 0.0)) for day in (monday + timedelta(days=n) for n in range(7)))
        weeks.append(Week(days, month_above(weeks, monday)))
    return weeks


def month_above(before: list[Week], monday: date) -> str | None:
    """Name the month over the first week that begins in it."""
    same = bool(before) and before[-1].days[0].date.month == monday.month
    return None if same else MONTHS[monday.month - 1]


def active_days(weeks: list[Week]) -> list[Day]:
    """Return the days with any study, the latest first."""
    return [day for week in reversed(weeks) for day in reversed(week.days) if day.minutes]


def calendar_sentence(weeks: list[Week]) -> str:
    """Say what the calendar shows."""
    days = active_days(weeks)
    if not days:
        return f"No study in the last {len(weeks)} weeks."
    total = round(sum(day.minutes for day in days)) or 1
    return f"{plural(len(days), 'day')} with study in the last {len(weeks)} weeks, {plural(total, 'minute')} in all."
