"""The recurring job that forgets what has run out: password links, and counters of tries."""

from datetime import datetime

from accounts.resets import forget_old_resets
from core.database import writing
from core.limits import forget_old
from core.wording import plural


def forget_what_ran_out(now: datetime) -> str | None:
    """Forget it and say how much it was."""
    with writing():
        links, counters = forget_old_resets(now=now), forget_old(now)
    return f"{plural(links, 'link')} and {plural(counters, 'counter')} forgotten" if links or counters else None
