"""What people do with their own account."""

from datetime import datetime

from accounts.addresses import name_fault, tidy
from accounts.audit import note_act
from accounts.models import Person
from accounts.passwords import Hashed
from accounts.tokens import new_token
from core.errors import Refused
from core.outbox import post

CHANGED_SUBJECT = "Your password for Handover was changed"
CHANGED_MESSAGE = """Hello {name},

the password of your account at Handover was changed just now. If that was you, all is well.

If it was not, set a new one at once: {link}
"""
LONGEST_EXTRA_TIME = 100


def change_profile(person: Person, *, name: str, time_zone: str, extra_time: int) -> None:
    """Change how somebody is called, where they are, and how much more time they get."""
    if fault := name_fault(name):
        raise Refused(fault)
    if not 0 <= extra_time <= LONGEST_EXTRA_TIME:
        raise Refused("Extra time lies between nothing and twice the time.")
    person.name, person.time_zone, person.extra_time = tidy(name), time_zone, extra_time


def change_password(person: Person, password: Hashed, *, base_url: str, now: datetime) -> None:
    """Set a new password; other sessions end, and the person hears of it by e-mail."""
    put_password(person, password, now=now)
    note_act("password changed", person, person, now=now)
    link = f"{base_url}/password-resets/new"
    post(person.email, CHANGED_SUBJECT, CHANGED_MESSAGE.format(name=person.name, link=link), now=now)


def put_password(person: Person, password: Hashed, *, now: datetime) -> None:
    """Keep a new password; everybody who is signed in with the old one is signed out."""
    person.password_hash, person.password_set_at = password.value, now
    person.session_stamp = new_token()


def sign_out_everywhere(person: Person, *, now: datetime) -> None:
    """End every session of the person, also the remembered ones."""
    person.session_stamp = new_token()
    note_act("signed out everywhere", person, person, now=now)
