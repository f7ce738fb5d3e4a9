"""The door: who gets in, how often one may try, and what a session is worth."""

import pytest
import sqlalchemy as sa

from accounts.models import Person
from accounts.people import switch_off
from core.database import db, writing
from core.models import LimitCounter
from tests.accounts.conftest import enter
from tests.conftest import NOW, PASSWORD, Visitor, token


def signed_in(client):
    return client.get("/account").status_code == 200


def test_whoever_has_the_password_gets_in_however_the_address_is_written(client, cast):
    assert enter(client, "  ANA@Example.org ").status_code == 303
    assert signed_in(client)


def test_a_wrong_password_keeps_the_address_and_tells_nothing(client, cast):
    known = enter(client, "ana@example.org", "not the password")
    unknown = enter(client, "nobody@example.org", "not the password")
    assert known.status_code == unknown.status_code == 422
    assert 'value="ana@example.org"' in known.text
    assert "not the password" not in known.text
    sentence = "E-mail and password do not belong together"
    assert sentence in known.text and sentence in unknown.text


def test_an_unknown_address_costs_as_much_time_as_a_known_one(within, monkeypatch):
    from accounts.passwords import keeper, password_matches

    compared = []
    monkeypatch.setattr(type(keeper().hasher), "verify", lambda self, kept, given: compared.append(kept) or True)
    assert password_matches(None, PASSWORD) is False
    assert compared == [keeper().nobody]


def test_an_empty_form_names_both_fields(client):
    page = client.post("/sign-in", data={"csrf_token": token(client.get("/sign-in"))})
    assert page.status_code == 422
    assert "Write the e-mail address of your account." in page.text
    assert "Write your password." in page.text


def test_somebody_switched_off_is_told_only_with_the_right_password(client, cast, app):
    with app.app_context(), writing():
        switch_off(db.session.get(Person, cast["otto"].id), by=None, now=NOW)
    assert "switched off" in enter(client, "otto@example.org").text
    assert "switched off" not in enter(client, "otto@example.org", "not the password").text


def test_guessing_ends_over_all_processes_and_the_right_password_no_longer_helps(make_app, cast):
    doors = [Visitor(make_app()).client for _ in range(2)]
    for number in range(10):
        assert enter(doors[number % 2], "ana@example.org", f"guess number {number}").status_code == 422
    for door in doors:
        answer = enter(door, "ANA@example.org")
        assert answer.status_code == 429
        assert "Wait 15 minutes" in answer.text
        assert 'value="ANA@example.org"' in answer.text
    assert enter(doors[0], "ben@example.org").status_code == 303


def test_guessing_many_accounts_from_one_address_ends_too(client, cast, monkeypatch):
    monkeypatch.setattr("accounts.guessing.WRONG_FROM_ADDRESS", 3)
    answers = [enter(client, f"person{number}@example.org", "a guess, no more").status_code for number in range(5)]
    assert answers == [422, 422, 422, 429, 429]


def test_a_class_behind_one_address_gets_in(client, cast, monkeypatch):
    monkeypatch.setattr("accounts.guessing.WRONG_FROM_ADDRESS", 3)
    assert [enter(client, f"{who}@example.org").status_code for who in ("ana", "ben", "mara", "ivo", "ada")] == [
        303
    ] * 5


def test_getting_in_forgives_the_tries_before(client, cast, app):
    for _ in range(9):
        enter(client, "ana@example.org", "not the password")
    assert enter(client, "ana@example.org").status_code == 303
    with app.app_context():
        keys = db.session.scalars(sa.select(LimitCounter.key)).all()
    assert not [key for key in keys if key.startswith("sign-in:email:")]


def test_counters_tell_nobodys_address(client, cast, app):
    enter(client, "ana@example.org", "not the password")
    with app.app_context():
        assert "ana" not in " ".join(db.session.scalars(sa.select(LimitCounter.key)))


def test_nothing_of_an_older_session_is_taken_over(client, cast):
    page = client.get("/sign-in")
    with client.session_transaction() as session:
        session["planted"] = "by somebody else"
        before = session["csrf_token"]
    client.post("/sign-in", data={"csrf_token": token(page), "email": "ana@example.org", "password": PASSWORD})
    with client.session_transaction() as session:
        assert "planted" not in session
        assert session.get("csrf_token") != before


def test_a_cookie_kept_from_before_signing_out_everywhere_opens_nothing(app, client, cast):
    enter(client, "ana@example.org", remember="y")
    elsewhere = Visitor(app).client
    enter(elsewhere, "ana@example.org", remember="y")
    page = client.get("/account")
    assert client.post("/account/sign-outs", data={"csrf_token": token(page)}).status_code == 303
    assert signed_in(client)
    assert not signed_in(elsewhere)


def test_signing_out_forgets_the_device_too(client, cast):
    enter(client, "ana@example.org", remember="y")
    assert client.get_cookie("remember_token")
    client.post("/sign-out", data={"csrf_token": token(client.get("/account"))})
    assert not client.get_cookie("remember_token")
    assert not signed_in(client)


def test_a_remembered_device_stays_in_after_the_browser_was_closed(client, cast):
    enter(client, "ana@example.org", remember="y")
    client.delete_cookie("session")
    assert signed_in(client)


def test_a_device_that_remembered_one_person_forgets_them_when_another_comes_in(client, cast):
    enter(client, "ana@example.org", remember="y")
    enter(client, "ben@example.org")
    client.delete_cookie("session")
    assert not signed_in(client)


@pytest.mark.parametrize(
    "key", ["", "1", "1.", "x.y", "-1.stamp", "99999999999999999999999.stamp", "²​.stamp", "1.\x00"]
)
def test_a_session_key_that_nobody_was_given_is_nobody(client, cast, key):
    with client.session_transaction() as session:
        session["_user_id"] = key
    assert not signed_in(client)


def test_who_looks_and_their_roles_cost_one_statement(sign_in, statements):
    client = sign_in("ana")
    statements.clear()
    client.get("/sign-up")
    assert len(statements) == 1


def test_a_visit_is_noted_once_an_hour(sign_in, cast, app):
    client = sign_in("ana")
    client.get("/account").close()
    first = last_seen(app, cast)
    client.get("/account").close()
    assert first is not None
    assert last_seen(app, cast) == first


def last_seen(app, cast):
    with app.app_context():
        return db.session.get(Person, cast["ana"].id).last_seen_at


def test_the_four_buttons_are_in_the_demo_only(make_app, cast):
    demo, house = Visitor(make_app(demo=True)).client, Visitor(make_app()).client
    assert "Instructor" in demo.get("/sign-in").text
    assert "Instructor" not in house.get("/sign-in").text
    page = house.get("/sign-in")
    assert house.post("/demo-sign-ins", data={"csrf_token": token(page), "who": "learner"}).status_code == 404


def test_one_press_lets_a_demo_person_in(make_app):
    from accounts.demo_people import DEMO_PASSWORD
    from accounts.people import add_person

    app = make_app(demo=True)
    with app.app_context(), writing():
        add_person("admin@example.org", "Ada", DEMO_PASSWORD, ["administrator"], now=NOW)
    client = Visitor(app).client
    page = client.get("/sign-in")
    assert client.post("/demo-sign-ins", data={"csrf_token": token(page), "who": "administrator"}).status_code == 303
    assert client.get("/people").status_code == 200
