"""Coming in and going out: the session, whom it belongs to, and the way through the door."""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import cast

import sqlalchemy as sa
from flask import Flask, Response, current_app, g, request, session
from flask_login import COOKIE_NAME, LoginManager, login_user, logout_user

from accounts import guessing
from accounts.models import Person
from accounts.passwords import password_matches, renewed_hash
from accounts.people import person_with_email
from accounts.sending_again import ask_in
from core.clock import now
from core.database import db, writing
from core.errors import Refused
from core.outages import Outage

REMEMBERED_FOR = timedelta(days=30)
SEEN_EVERY = timedelta(hours=1)
WRONG = "E-mail and password do not belong together. Look at both, or set a new password by e-mail."
SWITCHED_OFF = "This account is switched off. Ask whoever runs this place to switch it on again."


@dataclass(frozen=True)
class Denied:
    """A door that stays shut, and why."""

    sentence: str
    status: int = 422


def load_person(key: str) -> Person | None:
    """Return whose session it is, with roles, in one statement; an old stamp or a shut account is nobody."""
    given = re.fullmatch(r"(\d{1,9})\.([\w-]+)", key, re.ASCII)
    if given is None:
        return None
    number, stamp = given.groups()
    return db.session.scalars(whose_session(), {"number": int(number), "stamp": stamp}).unique().one_or_none()


@cache  # every page asks this; building it takes longer than running it
def whose_session() -> sa.Select[Person]:
    """Select the person of a session, as long as its stamp holds and the account is open."""
    named = Person.id == sa.bindparam("number"), Person.session_stamp == sa.bindparam("stamp")
    return sa.select(Person).where(*named, Person.switched_off_at.is_(None))


def identify(email: str, password: str, *, address: str, now: datetime) -> Person | Denied:
    """Return whose password this is; each try is counted in a committed turn of its own, before the slow hash."""
    with writing():
        allowed = guessing.may_guess(email, address, now=now)
    if not allowed:
        return Denied(guessing.TOO_MANY, 429)
    person = person_with_email(email)
    if not looked_at(person, password, address=address, now=now) or person is None:
        return Denied(WRONG)
    if not person.is_active:
        take_back(address, now=now)
        return Denied(SWITCHED_OFF)
    return welcome(person, password, address=address, now=now)


def looked_at(person: Person | None, password: str, *, address: str, now: datetime) -> bool:
    """Compare the password; a try that nobody had time to look at is no guess."""
    try:
        return password_matches(person and person.password_hash, password)
    except Refused:
        take_back(address, now=now)
        raise


def take_back(address: str, *, now: datetime) -> None:
    """Count a try from this network address no longer."""
    with writing():
        guessing.was_no_guess(address, counted=now)


def welcome(person: Person, password: str, *, address: str, now: datetime) -> Person:
    """Forget the tries, note the visit, and renew a hash that was made with other costs."""
    fresh = renewed_hash(person.password_hash, password)
    with writing():
        guessing.forgive(person.email)
        guessing.was_no_guess(address, counted=now)
        person.last_seen_at = now
        if fresh:
            replace_hash(person, fresh)
    return person


def replace_hash(person: Person, fresh: str) -> None:
    """Put the new hash where the old one still stands; a password changed meanwhile wins."""
    kept = sa.and_(Person.id == person.id, Person.password_hash == person.password_hash)
    db.session.execute(sa.update(Person).where(kept).values(password_hash=fresh))


def enter(person: Person, *, remember: bool) -> None:
    """Begin a session of the person's own; nothing of an older one is taken over (fixation)."""
    session.clear()
    g.pop("csrf_token", None)  # the token that was made for the old session
    login_user(person, remember=remember, duration=REMEMBERED_FOR)
    if not remember:
        session["_remember"] = "clear"  # another person may have been remembered here


def enter_again(person: Person) -> None:
    """Begin the session anew under a new stamp; a device that was remembered stays so."""
    enter(person, remember=current_app.config.get("REMEMBER_COOKIE_NAME", COOKIE_NAME) in request.cookies)


def leave() -> None:
    """End the session."""
    session.clear()
    g.pop("csrf_token", None)
    logout_user()
    session["_remember"] = "clear"


def client_address() -> str:
    """Return the network address that asks."""
    return request.remote_addr or ""


def note_visit(response: Response) -> Response:
    """Once an hour, note that somebody was here; after the answer is sent, so that reading never waits for writers."""
    person = g.get("_login_user")
    moment = now()
    if isinstance(person, Person) and not seen_lately(person, moment):
        app = cast(Flask, current_app._get_current_object())  # type: ignore[attr-defined]  # a proxy's own method
        response.call_on_close(lambda: touch(app, person.id, moment))
    return response


def seen_lately(person: Person, moment: datetime) -> bool:
    """Say whether the person's visit was noted within the hour."""
    return person.last_seen_at is not None and moment - person.last_seen_at < SEEN_EVERY


def touch(app: Flask, person_id: int, moment: datetime) -> None:
    """Note the visit; where that cannot be done just now, the next page does it."""
    with suppress(Outage), app.app_context(), writing() as turn:
        turn.execute(sa.update(Person).where(Person.id == person_id).values(last_seen_at=moment))


def prepare_sign_in(app: Flask) -> None:
    """Give the app its sessions."""
    manager = LoginManager(app)
    manager.session_protection = None  # phones change networks and browsers their names; the stamp ends sessions
    manager.user_loader(load_person)
    manager.unauthorized_handler(ask_in)
    app.after_request(note_visit)
