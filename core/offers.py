"""Registries in which rooms offer things to one another, so that no import goes up."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from flask import Flask, current_app


@dataclass(frozen=True)
class PageOffer:
    """A page of the main navigation: whom it is for is a set of role names, or 'visitor', or 'person'."""

    label: str
    endpoint: str
    audience: frozenset[str]
    order: int
    below: frozenset[str] = frozenset()  # endpoints of pages that belong to it


@dataclass(frozen=True)
class CardOffer:
    """A card of a learner's start page, or of the account: `make` returns what its template shows, or None when it has nothing to say."""

    template: str
    make: Callable[[Any], object | None]
    order: int


@dataclass(frozen=True)
class ReadinessOffer:
    """A question that /readyz asks: returns None when all is well, else what is wrong.

    A fault that is not `serious` is told, and the process goes on serving.
    """

    name: str
    ask: Callable[[], str | None]
    serious: bool = True


@dataclass(frozen=True)
class TickOffer:
    """A job that recurs. Like a view it takes its own turns to write; it returns what it did, or None for nothing.

    It may be run twice and may be cut off anywhere, so it must end within `core.ticking.LEASE`.
    """

    name: str
    run: Callable[[datetime], str | None]


@dataclass(frozen=True)
class BackgroundOffer:
    """Something that every serving process does every few seconds beside answering."""

    name: str
    seconds: float
    act: Callable[[], object]


@dataclass
class Offers:
    """Everything the rooms of one app have offered."""

    pages: list[PageOffer] = field(default_factory=list)
    cards: list[CardOffer] = field(default_factory=list)
    account_cards: list[CardOffer] = field(default_factory=list)
    readiness: list[ReadinessOffer] = field(default_factory=list)
    ticks: list[TickOffer] = field(default_factory=list)
    background: list[BackgroundOffer] = field(default_factory=list)


def prepare_offers(app: Flask) -> Offers:
    """Give the app its registry."""
    app.extensions["offers"] = offers = Offers()
    return offers


def offers() -> Offers:
    """Return the running app's registry."""
    return cast(Offers, current_app.extensions["offers"])
