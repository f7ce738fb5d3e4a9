"""Everybody's own account."""

import pytest
import sqlalchemy as sa

from accounts.models import Person
from core.database import db
from core.models import OutboxMessage
from tests.accounts.conftest import enter, on_sqlite
from tests.conftest import PASSWORD, Visitor, token

GOOD = {"name": "Ana María Ruiz", "time_zone": "Asia/Kolkata", "extra_time": "50"}


def post(client, address, **fields):
    return client.post(address, data={"csrf_token": token(client.get("/account")), **fields})


def test_name_zone_and_extra_time_are_kept(sign_in, app, cast):
    assert post(sign_in("ana"), "/account", **GOOD).status_code == 303
    with app.app_context():
        ana = db.session.get(Person, cast["ana"].id)
        assert (ana.name, ana.time_zone, ana.extra_time) == ("Ana María Ruiz", "Asia/Kolkata", 50)


@on_sqlite
@pytest.mark.parametrize(
    "wrong",
    [{"name": " "}, {"name": "x" * 201}, {"time_zone": "Mars/Olympus"}, {"extra_time": "1000"}, {"extra_time": "x"}],
)
def test_what_cannot_be_is_said_at_its_field_and_the_rest_is_kept(sign_in, wrong):
    page = post(sign_in("ana"), "/account", **{**GOOD, **wrong})
    assert page.status_code == 422
    assert "Something is missing or not quite right" in page.text


@on_sqlite
def test_the_page_tells_who_one_is_here(sign_in):
    page = sign_in("ana").get("/account").text
    assert "ana@example.org" in page
    assert "Mara Lind" in page


def test_a_changed_password_ends_other_sessions_and_is_told_by_mail(app, client, cast):
    elsewhere = Visitor(app).client
    for browser in (client, elsewhere):
        enter(browser, "ana@example.org", remember="y")
    answer = post(client, "/account/password", current_password=PASSWORD, password="four plain little words")
    assert answer.status_code == 303
    assert client.get("/account").status_code == 200
    assert client.get_cookie("remember_token")
    assert elsewhere.get("/account").status_code == 302
    with app.app_context():
        assert "was changed" in db.session.scalars(sa.select(OutboxMessage)).one().subject


@on_sqlite
def test_a_password_is_changed_only_by_whoever_knows_the_present_one(sign_in):
    page = post(sign_in("ana"), "/account/password", current_password="a guess", password="four plain little words")
    assert page.status_code == 422
    assert "This is not your present password" in page.text
    assert "four plain little words" not in page.text


@on_sqlite
def test_a_present_password_cannot_be_guessed_for_long(sign_in):
    client = sign_in("ana")
    for _ in range(10):
        post(client, "/account/password", current_password="a guess", password="four plain little words")
    answer = post(client, "/account/password", current_password=PASSWORD, password="four plain little words")
    assert answer.status_code == 429


@on_sqlite
def test_a_weak_new_password_is_refused_before_anything_is_changed(sign_in):
    page = post(sign_in("ana"), "/account/password", current_password=PASSWORD, password="ana@example.org")
    assert page.status_code == 422
    assert "the first thing others would try" in page.text
