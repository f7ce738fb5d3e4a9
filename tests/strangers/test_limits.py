"""Counters tell nobody's address, do not grow for ever, and let no crowd of guesses through."""

import threading
from datetime import timedelta

import pytest
import sqlalchemy as sa

from accounts import guessing
from accounts.sign_in import Denied, identify
from core.database import db, writing
from core.errors import Refused
from core.limits import count_try, counter, forget_old, take_back, tries
from core.models import LimitCounter
from tests.conftest import NOW, PASSWORD

HERE = "192.0.2.7"
DAY = timedelta(days=1)


def counted(app):
    with app.app_context():
        return {row.key: row.count for row in db.session.scalars(sa.select(LimitCounter))}


def test_no_counter_tells_an_address_of_any_kind(app, cast):
    with app.app_context():
        identify("ana@example.org", "not the password", address=HERE, now=NOW)
        with writing():
            guessing.may_sign_up("2001:db8::7", now=NOW)
            guessing.may_ask_reset(HERE, now=NOW)
            guessing.may_mail_reset("ana@example.org", now=NOW)
    keys = " ".join(counted(app))
    assert len(counted(app)) == 5
    assert not [told for told in ("192", "2001", "db8", "ana", "example") if told in keys]


def test_a_counter_cannot_be_worked_out_without_the_key(app):
    """Four thousand million addresses are soon hashed; with the app's key in the digest that helps nobody."""
    with app.app_context():
        ours = counter("sign-in", "address", HERE)
        app.secret_key = "another key, of another house"
        assert counter("sign-in", "address", HERE) != ours


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.7", "192.0.2.8", False),
        ("2001:db8::1", "2001:db8::2", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("::ffff:192.0.2.7", "192.0.2.7", True),
        ("::ffff:192.0.2.7", "::ffff:192.0.2.8", False),
        ("fe80::1%eth0", "fe80::2%eth1", True),
        ("not an address", "", True),
    ],
)
def test_a_household_is_one_place(one, other, same):
    assert (guessing.place_of(one) == guessing.place_of(other)) is same


def test_windows_that_nobody_looks_at_are_forgotten(app):
    with app.app_context():
        with writing():
            for age in (0, 1, 23, 25, 500):
                count_try("door", timedelta(hours=1), now=NOW - timedelta(hours=age))
        with writing():
            assert forget_old(NOW) == 2
        with writing():
            assert forget_old(NOW) == 0
        assert tries("door", timedelta(hours=1), now=NOW - timedelta(hours=23)) == 1
        assert tries("door", timedelta(hours=1), now=NOW - timedelta(hours=25)) == 0


def test_forgetting_waits_for_the_callers_commit(app):
    with app.app_context():
        with writing():
            count_try("door", DAY, now=NOW - 9 * DAY)
        with pytest.raises(ZeroDivisionError), writing():
            forget_old(NOW)
            raise ZeroDivisionError
    assert counted(app) == {"door": 1}


def test_what_is_taken_back_leaves_the_window_it_was_counted_in(app):
    with app.app_context():
        with writing():
            count_try("door", DAY, now=NOW)
            count_try("door", DAY, now=NOW + DAY)
            take_back("door", DAY, counted=NOW)
            take_back("door", DAY, counted=NOW)
        assert (tries("door", DAY, now=NOW), tries("door", DAY, now=NOW + DAY)) == (0, 1)


def test_of_many_guesses_at_the_same_moment_none_slips_through(app, cast, monkeypatch):
    """All of them have asked whether they may before the first of them is known to be wrong."""
    monkeypatch.setattr(guessing, "WRONG_FROM_ADDRESS", 5)
    together, compared, answers = threading.Barrier(12), [], []
    first = threading.Barrier(5)

    def slow(kept, given):
        compared.append(given)
        first.wait(20)  # nobody is told "wrong" before everybody who may is here
        return False

    monkeypatch.setattr("accounts.sign_in.password_matches", slow)

    def guess(number):
        with app.app_context():
            together.wait(20)
            answers.append(identify(f"person{number}@example.org", "a guess", address=HERE, now=NOW).status)

    threads = [threading.Thread(target=guess, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(compared) == 5
    assert sorted(answers) == [422] * 5 + [429] * 7


def test_an_address_that_is_shut_out_shuts_out_nobody_else(app, cast, monkeypatch):
    monkeypatch.setattr(guessing, "WRONG_FROM_ADDRESS", 3)
    with app.app_context():
        for _ in range(30):
            identify("ana@example.org", "not the password", address=HERE, now=NOW)
        person = identify("ana@example.org", PASSWORD, address="198.51.100.1", now=NOW)
        assert not isinstance(person, Denied)


def test_a_right_password_counts_for_no_place(app, cast):
    with app.app_context():
        for who in cast:
            identify(f"{who}@example.org", PASSWORD, address=HERE, now=NOW)
    assert sum(counted(app).values()) == 0


def test_whoever_finds_the_house_too_crowded_has_not_guessed(app, cast, monkeypatch):
    def crowded(kept, given):
        raise Refused("Many people are signing in just now.", 503)

    monkeypatch.setattr("accounts.sign_in.password_matches", crowded)
    with app.app_context():
        with pytest.raises(Refused):
            identify("ana@example.org", PASSWORD, address=HERE, now=NOW)
        assert tries(guessing.address_counter("sign-in", HERE), guessing.WINDOW, now=NOW) == 0
