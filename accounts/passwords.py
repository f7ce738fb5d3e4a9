"""Passwords: which ones are good enough, and how they are kept (argon2id) and compared."""

import unicodedata
from base64 import b64encode
from dataclasses import dataclass
from threading import BoundedSemaphore
from typing import cast

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import Flask, current_app

from accounts.addresses import email_key, tidy
from core.errors import Refused

SHORTEST = 10
LONGEST = 1000
HASHES_AT_ONCE = 2  # each takes 19 MiB and a processor
LONGEST_WAIT = 20  # seconds
COMMON_WORDS = """
    1234567890 0123456789 12345678910 123456789a 1234567891 0987654321 9876543210 1122334455 1q2w3e4r5t 1qaz2wsx3edc
    qwertyuiop qwerty12345 qwerty1234 qwerty123456 asdfghjkl1 abcdefghij abcdefghijk abc1234567 password12 password123
    password1234 password12345 mypassword passwordpassword passw0rd123 p@ssword123 iloveyou12 iloveyou123 letmein123
    welcome123 welcome1234 administrator changeme123 football123 baseball123 sunshine123 princess123 superman123
    liverpool1 manchester correcthorsebatterystaple
"""
COMMON = frozenset(COMMON_WORDS.split())


@dataclass(frozen=True)
class Hashed:
    """A password that was found good and hashed, before any turn to write was taken."""

    value: str


class Keeper:
    """Hashes and verifies, a few at a time, so that a crowd at the door cannot take all memory."""

    def __init__(self, *, quick: bool) -> None:
        # OWASP's second profile: 19 MiB, two passes, one lane
        self.hasher = PasswordHasher(time_cost=1 if quick else 2, memory_cost=8 if quick else 19 * 1024, parallelism=1)
        self.places = BoundedSemaphore(HASHES_AT_ONCE)
        self.nobody = nobodys_hash(self.hasher)

    def hash(self, password: str) -> str:
        """Hash a password."""
        with Place(self.places):
            return self.hasher.hash(normal(password))

    def verify(self, kept: str | None, password: str) -> bool:
        """Compare a password with a kept hash; without one, take as long and say no."""
        with Place(self.places):
            try:
                return self.hasher.verify(kept or self.nobody, normal(password)) and kept is not None
            except (VerificationError, InvalidHashError):
                return False


class Place:
    """One of the few places at the hasher, held while hashing."""

    def __init__(self, places: BoundedSemaphore) -> None:
        self.places = places

    def __enter__(self) -> None:
        if not self.places.acquire(timeout=LONGEST_WAIT):
            raise Refused("Many people are signing in just now. Please try again in a minute.", 503)

    def __exit__(self, *error: object) -> None:
        self.places.release()


def nobodys_hash(hasher: PasswordHasher) -> str:
    """Return a hash that belongs to no password, with the running cost."""
    salt, digest = (b64encode(bytes(size)).decode().rstrip("=") for size in (16, 32))
    return f"$argon2id$v=19$m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}${salt}${digest}"


def normal(password: str) -> bytes:
    """Return the one form that every way of typing the same signs leads to."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")


def password_fault(password: str, email: str, name: str) -> str | None:
    """Say what is wrong with a new password and how to mend it, or None."""
    plain = unicodedata.normalize("NFKC", password)
    folded = email_key(password)
    if len(plain) < SHORTEST:
        return f"A password needs at least {SHORTEST} characters; three or four words make a good one."
    if len(password) > LONGEST or len(plain) > LONGEST:
        return f"A password has at most {LONGEST:,} characters; shorten this one."
    if folded in (email_key(email), email_key(email).partition("@")[0], email_key(tidy(name))):
        return "Your name or e-mail is the first thing others would try; choose something else."
    if folded in COMMON or len(set(folded)) < 3:
        return "This password is among the first that others would try; choose another, for example four words."
    return None


def new_password(password: str, email: str, name: str) -> Hashed:
    """Hash a new password, or refuse it with a sentence; slow, so never inside a turn to write."""
    if fault := password_fault(password, email, name):
        raise Refused(fault)
    return Hashed(keeper().hash(password))


def password_matches(kept: str | None, password: str) -> bool:
    """Compare a password with somebody's hash; nobody's (None) takes as long."""
    return len(password) <= LONGEST and keeper().verify(kept, password)


def renewed_hash(kept: str, password: str) -> str | None:
    """Return a new hash where the kept one was made with other costs than today's."""
    return keeper().hash(password) if keeper().hasher.check_needs_rehash(kept) else None


def keeper() -> Keeper:
    """Return the running app's keeper of passwords."""
    return cast(Keeper, current_app.extensions["passwords"])


def prepare_passwords(app: Flask, *, quick: bool) -> None:
    """Give the app its keeper; `quick` is for tests only."""
    app.extensions["passwords"] = Keeper(quick=quick)
