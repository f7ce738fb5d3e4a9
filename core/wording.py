"""How moments, lengths and numbers are said to people: pure, so that every page says them alike."""

from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
NEAR_DAYS = {-1: "yesterday", 0: "today", 1: "tomorrow"}
IRREGULAR = {"is": "are", "has": "have", "was": "were", "person": "people"}


def zone_named(name: str | None) -> tzinfo:
    """Return the time zone of this name; a name that nobody knows counts as UTC."""
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def days_between(moment: datetime, now: datetime, zone: tzinfo) -> int:
    """Return how many midnights of the zone lie between now and the moment; what is past is negative."""
    return (moment.astimezone(zone).date() - now.astimezone(zone).date()).days


def day_in_words(moment: datetime, now: datetime, zone: tzinfo) -> str:
    """Say a day: today, yesterday, Tuesday, 3 days ago, 4 October."""
    days = days_between(moment, now, zone)
    there = moment.astimezone(zone)
    if days in NEAR_DAYS:
        return NEAR_DAYS[days]
    if 1 < days < 7:
        return DAYS[there.weekday()]
    if -7 < days < -1:
        return f"{-days} days ago"
    year = "" if there.year == now.astimezone(zone).year else f" {there.year}"
    return f"{there.day} {MONTHS[there.month - 1]}{year}"


def date_in_words(moment: datetime, zone: tzinfo) -> str:
    """Say a day so that it can be read in any year: 4 October 2026."""
    there = moment.astimezone(zone)
    return f"{there.day} {MONTHS[there.month - 1]} {there.year}"


def moment_in_words(moment: datetime, now: datetime, zone: tzinfo) -> str:
    """Say a moment as people do: yesterday 18:30, Tuesday 9:05, 3 days ago, 14:00."""
    day = day_in_words(moment, now, zone)
    return f"{day}{',' if day.endswith('ago') else ''} {clock_in_words(moment, zone)}"


def clock_in_words(moment: datetime, zone: tzinfo) -> str:
    """Say a time of day: 9:05, 18:30."""
    there = moment.astimezone(zone)
    return f"{there.hour}:{there:%M}"


def second_in_words(moment: datetime, zone: tzinfo) -> str:
    """Say a time of day to the second, as beside what was saved: 12:03:07."""
    return f"{moment.astimezone(zone):%H:%M:%S}"


def exact_moment(moment: datetime, zone: tzinfo) -> str:
    """Say a moment with everything that belongs to it, for those who look closer."""
    there = moment.astimezone(zone)
    day = f"{DAYS[there.weekday()]} {there.day} {MONTHS[there.month - 1]} {there.year}"
    return f"{day}, {there:%H:%M} {zone_in_words(there)}"


def zone_in_words(there: datetime) -> str:
    """Say the time zone: its city, or UTC."""
    return str(getattr(there.tzinfo, "key", None) or "UTC").rpartition("/")[2].replace("_", " ")


def minutes_in_words(minutes: int) -> str:
    """Say a length: 8 minutes, 1 hour, 2 hours 15 minutes."""
    hours, rest = divmod(minutes, 60)
    said = [plural(hours, "hour")] if hours else []
    return " ".join(said + ([plural(rest, "minute")] if rest or not hours else []))


def plural(count: int, one: str, many: str | None = None) -> str:
    """Say a number with its noun: 1 lesson, 3 lessons, 0 people."""
    return f"{count:,} {one if count == 1 else many or IRREGULAR.get(one, one + 's')}"


def joined(words: list[str], last: str = "and") -> str:
    """Say a list: one, one and two, one, two and three."""
    return f" {last} ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
