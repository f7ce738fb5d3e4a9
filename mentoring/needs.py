"""Who may need a word: said from facts alone, without judging."""

from datetime import datetime

from core.wording import plural

QUIET_DAYS = 7


def quiet_words(last_studied: datetime | None, since: datetime, now: datetime) -> str | None:
    """Say that somebody has not studied for a week or more, or has not begun; None when all is well."""
    days = (now - (last_studied or since)).days
    if days < QUIET_DAYS:
        return None
    return f"Not studied for {plural(days, 'day')}" if last_studied else "Has not begun"
