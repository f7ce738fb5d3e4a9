"""Lets templates say moments, lengths and numbers as core/wording.py does, in the time zone of whoever looks."""

from datetime import datetime, tzinfo

from flask import Flask
from flask_login import current_user
from markupsafe import Markup

from core.clock import now
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


def viewers_zone() -> tzinfo:
    """Return the time zone of whoever looks; visitors have none of their own and see UTC."""
    return zone_named(current_user.time_zone if current_user and current_user.is_authenticated else None)


def timed(moment: datetime, words: str) -> Markup:
    """Return words about a moment, exact on hover and for machines."""
    exact = exact_moment(moment, viewers_zone())
    return Markup('<time datetime="{}" title="{}">{}</time>').format(moment.isoformat(timespec="seconds"), exact, words)


def say_moment(moment: datetime) -> Markup:
    """Say a moment: yesterday 18:30."""
    return timed(moment, moment_in_words(moment, now(), viewers_zone()))


def say_day(moment: datetime) -> Markup:
    """Say a day: yesterday, 3 days ago."""
    return timed(moment, day_in_words(moment, now(), viewers_zone()))


def say_clock(moment: datetime) -> str:
    """Say a time of day: 18:30."""
    return clock_in_words(moment, viewers_zone())


def say_second(moment: datetime) -> str:
    """Say when something was saved: 12:03:07."""
    return second_in_words(moment, viewers_zone())


def prepare_wording(app: Flask) -> None:
    """Give templates the filters moment, day, clock, second, minutes, plural and listed."""
    app.jinja_env.filters |= {
        "moment": say_moment,
        "day": say_day,
        "clock": say_clock,
        "second": say_second,
        "minutes": minutes_in_words,
        "plural": plural,
        "listed": joined,
    }
