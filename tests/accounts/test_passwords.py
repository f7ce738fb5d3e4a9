"""Which passwords are good enough, and how they are kept."""

import unicodedata

import pytest
from argon2 import PasswordHasher

from accounts.models import Person
from accounts.passwords import keeper, new_password, nobodys_hash, password_fault, password_matches, renewed_hash
from core.database import db
from core.errors import Refused
from tests.accounts.conftest import enter, on_sqlite
from tests.conftest import PASSWORD


@pytest.mark.parametrize(
    ("password", "mend"),
    [
        ("", "at least 10 characters"),
        ("nine char", "at least 10 characters"),
        ("x" * 1001, "at most 1,000 characters"),
        ("ana.ruiz@example.org", "Your name or e-mail"),
        ("ANA.RUIZ@example.org", "Your name or e-mail"),
        ("Ana.Ruiz.12", "Your name or e-mail"),
        ("ana maria ruiz", "Your name or e-mail"),
        ("Password123", "among the first"),
        ("1234567890", "among the first"),
        ("aaaaaaaaaaaa", "among the first"),
        ("abababababab", "among the first"),
    ],
)
def test_a_weak_password_is_refused_with_its_mend(password, mend):
    email = "ana.ruiz.12@example.org" if "12" in password else "ana.ruiz@example.org"
    assert mend in password_fault(password, email, "Ana Maria Ruiz")


@pytest.mark.parametrize(
    "password",
    ["four plain little words", "пароль из слов", "密码由很多汉字组成啊啊", "🐍🦊🐢🐙🦀🐝🐞🦋🐌🐛", "x y" * 333],
)
def test_every_script_and_every_sign_is_welcome(password):
    assert password_fault(password, "ana@example.org", "Ana") is None


@on_sqlite
def test_one_password_typed_in_two_ways_is_one_password(within):
    composed = unicodedata.normalize("NFC", "ein schöner Café-Tag")
    hashed = new_password(composed, "ana@example.org", "Ana")
    assert password_matches(hashed.value, unicodedata.normalize("NFD", composed))
    assert not password_matches(hashed.value, "ein schoner Cafe-Tag")


@on_sqlite
def test_a_weak_password_never_reaches_the_database(within):
    with pytest.raises(Refused, match="at least 10"):
        new_password("short", "ana@example.org", "Ana")


@on_sqlite
def test_the_house_keeps_passwords_at_the_cost_that_owasp_asks_for(make_app):
    with make_app(quick_hashes=False).app_context():
        assert new_password(PASSWORD, "", "").value.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


@on_sqlite
def test_nobodys_hash_is_well_formed_and_fits_no_password(within):
    hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    assert not hasher.check_needs_rehash(nobodys_hash(hasher))
    assert not password_matches(None, "")
    assert not password_matches("not a hash at all", PASSWORD)


def test_a_hash_of_other_costs_is_renewed_at_the_next_sign_in(app, client, cast):
    with app.app_context():
        before = db.session.get(Person, cast["ana"].id).password_hash
        assert renewed_hash(before, PASSWORD) is None
        app.extensions["passwords"].hasher = PasswordHasher(time_cost=1, memory_cost=16, parallelism=1)
    assert enter(client, "ana@example.org").status_code == 303
    with app.app_context():
        after = db.session.get(Person, cast["ana"].id).password_hash
        assert "m=16" in after
        assert password_matches(after, PASSWORD)


@on_sqlite
def test_a_crowd_at_the_door_waits_and_is_told_when_it_takes_too_long(within, monkeypatch):
    monkeypatch.setattr("accounts.passwords.LONGEST_WAIT", 0.01)
    places = keeper().places
    taken = [places.acquire() for _ in range(2)]
    with pytest.raises(Refused, match="Many people are signing in") as refused:
        password_matches(None, PASSWORD)
    assert (refused.value.status, taken) == (503, [True, True])


@on_sqlite
def test_no_password_is_hashed_while_others_wait_to_write(app, client, cast, monkeypatch):
    from accounts.passwords import Keeper
    from core.database import in_turn

    seen = []
    for name in ("hash", "verify"):
        kept = getattr(Keeper, name)
        monkeypatch.setattr(
            Keeper, name, lambda self, *given, kept=kept: seen.append(in_turn.get()) or kept(self, *given)
        )
    enter(client, "ana@example.org")
    enter(client, "ana@example.org", "not the password")
    assert seen == [False, False]
