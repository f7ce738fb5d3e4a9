"""Who may open what: one decorator for pages, one query for people."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast

import sqlalchemy as sa
from flask import Flask, abort, current_app, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from accounts.models import Mentorship, Person, Role

P = ParamSpec("P")
R = TypeVar("R")

EVERYONE = frozenset({"everyone"})
SIGNED_IN = frozenset({"person"})
OPEN_ENDPOINTS = frozenset({"static", "health.healthz", "health.readyz"})


def allow(*audience: str | Role | frozenset[str]) -> Callable[[Callable[P, R]], Callable[P, R | ResponseReturnValue]]:
    """Declare whom a view is for: EVERYONE, SIGNED_IN, or one or more roles; others sign in first or get a 403."""
    allowed = frozenset(name for item in audience for name in ([str(item)] if isinstance(item, str) else item))

    def decorate(view: Callable[P, R]) -> Callable[P, R | ResponseReturnValue]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R | ResponseReturnValue:
            return refusal(allowed) or view(*args, **kwargs)

        cast(Any, guarded).audience = allowed
        return guarded

    return decorate


def refusal(allowed: frozenset[str]) -> ResponseReturnValue | None:
    """Return what stands in the way of the person who asks, or None."""
    if allowed == EVERYONE:
        return None
    if not current_user.is_authenticated:
        return cast(ResponseReturnValue, cast(Any, current_app).login_manager.unauthorized())
    if allowed != SIGNED_IN and not allowed & current_user.roles:
        abort(403)
    return None


def refuse_undeclared() -> None:
    """Refuse a page that nobody declared, so that a forgotten decorator shuts a door instead of leaving it open."""
    if request.endpoint is None or request.endpoint in OPEN_ENDPOINTS:
        return
    if not hasattr(current_app.view_functions[request.endpoint], "audience"):
        abort(403)


def visible_people(viewer: Person) -> sa.Select[tuple[Person]]:
    """Select the people whose pages the viewer may see: one's own, a mentor's learners, all for an administrator."""
    people = sa.select(Person)
    if Role.ADMINISTRATOR in viewer.roles:
        return people
    learners = sa.select(Mentorship.learner_id).where(Mentorship.mentor_id == viewer.id, Mentorship.ended_at.is_(None))
    if Role.MENTOR not in viewer.roles:
        return people.where(Person.id == viewer.id)
    return people.where(sa.or_(Person.id == viewer.id, Person.id.in_(learners)))


def prepare_permissions(app: Flask) -> None:
    """Shut every door that has no sign on it."""
    app.before_request(refuse_undeclared)
