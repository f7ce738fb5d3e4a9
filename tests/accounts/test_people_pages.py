"""The administrators' pages."""

import pytest

from accounts.models import Person
from accounts.passwords import new_password
from accounts.people import add_person
from core.database import db, writing
from tests.accounts.conftest import on_sqlite
from tests.conftest import NOW, PASSWORD, token

LONG = "Maximiliane-Charlotte Wolfeschlegelsteinhausenbergerdorff " * 3


def post(client, page, address, **fields):
    return client.post(address, data={"csrf_token": token(client.get(page)), **fields})


def person(app, cast, key):
    with app.app_context():
        return db.session.get(Person, cast[key].id)


@pytest.fixture
def crowd(app, cast):
    with app.app_context():
        hashed = new_password(PASSWORD, "", "")
        with writing():
            for number in range(300):
                add_person(f"p{number}@example.org", f"Person {number:03}", hashed, ["learner"], now=NOW)
            add_person("long@example.org", LONG, hashed, ["learner", "mentor", "instructor"], now=NOW)


def test_hundreds_of_people_are_turned_over_fifty_a_page(sign_in, crowd, statements):
    client = sign_in("ada")
    statements.clear()
    first = client.get("/people")
    assert len(statements) == 4  # who looks, how many, who, and their mentors
    assert "307 people" in first.text
    assert first.text.count('<th scope="row">') == 50
    assert "Page 1 of 7" in first.text
    assert client.get("/people?page=7").text.count('<th scope="row">') == 7
    assert "Nobody matches" in client.get("/people?page=8").text


def test_a_long_name_is_found_and_shown_whole(sign_in, crowd):
    page = sign_in("ada").get("/people?q=wolfe")
    assert LONG.strip() in page.text
    assert "Instructor, learner, mentor" in page.text


@on_sqlite
@pytest.mark.parametrize("page", ["0", "-1", "999999999999999999999"])
def test_a_page_that_cannot_be_is_not_there(sign_in, page):
    assert sign_in("ada").get(f"/people?page={page}").status_code == 404


@pytest.mark.parametrize("number", [0, 2**31, 2**63, 10**30])
def test_a_person_who_cannot_be_is_not_there(sign_in, number):
    assert sign_in("ada").get(f"/people/{number}").status_code == 404


def test_nobody_else_sees_these_pages(sign_in, cast):
    for key in ("ana", "mara", "ivo"):
        client = sign_in(key)
        for path in ("/people", f"/people/{cast['ana'].id}", "/audit", "/people/invitations/new"):
            assert client.get(path).status_code == 403


def test_an_administrator_sets_roles_switches_off_and_on(app, sign_in, cast):
    client, path = sign_in("ada"), f"/people/{cast['otto'].id}"
    assert post(client, path, f"{path}/roles", roles=["learner", "mentor"]).status_code == 303
    assert person(app, cast, "otto").roles == {"learner", "mentor"}
    assert post(client, path, f"{path}/switch", to="off").status_code == 303
    assert not person(app, cast, "otto").is_active
    assert "Switch the account on" in client.get(path).text
    post(client, path, f"{path}/switch", to="on")
    assert person(app, cast, "otto").is_active
    trail = client.get("/audit").text
    assert "Switched off" in trail
    assert "Otto Fremd" in trail
    assert "Ada Quist" in trail


def test_the_last_administrator_is_refused_in_a_sentence(sign_in, cast):
    client, path = sign_in("ada"), f"/people/{cast['ada'].id}"
    assert "your own account" in post(client, path, f"{path}/switch", to="off").text
    assert "last administrator" in post(client, path, f"{path}/roles", roles=["learner"]).text


def test_an_administrator_brings_mentor_and_learner_together_and_apart(sign_in, cast):
    client, path = sign_in("ada"), f"/people/{cast['otto'].id}"
    assert post(client, path, f"{path}/mentors", mentor="MARA@example.org").status_code == 303
    page = client.get(path).text
    assert "Mara Lind" in page
    end = page.split(f'action="{path}/mentorships/', 1)[1].split('"', 1)[0]
    assert post(client, path, f"{path}/mentorships/{end}").status_code == 303
    assert "Nobody mentors Otto Fremd yet" in client.get(path).text


@on_sqlite
def test_a_mentor_whom_nobody_knows_is_refused_in_a_sentence(sign_in, cast):
    client, path = sign_in("ada"), f"/people/{cast['otto'].id}"
    assert "is not a mentor" in post(client, path, f"{path}/mentors", mentor="ivo@example.org").text
    assert "Nobody has this address" in post(client, path, f"{path}/mentors", mentor="who@example.org").text
    page = post(client, path, f"{path}/mentors", mentor="who")
    assert page.status_code == 422
    assert 'value="who"' in page.text


@on_sqlite
def test_what_somebody_types_stays_words(sign_in):
    assert "<b>x</b>" not in sign_in("ada").get("/people?q=<b>x</b>").text


@on_sqlite
def test_an_invitation_that_is_not_right_keeps_what_was_typed(sign_in):
    page = post(sign_in("ada"), "/people/invitations/new", "/people/invitations/new", email="who", role="mentor")
    assert page.status_code == 422
    assert 'value="who"' in page.text


@on_sqlite
def test_who_has_an_account_is_not_invited_again(sign_in):
    address = "/people/invitations/new"
    page = post(sign_in("ada"), address, address, email="ana@example.org", role="mentor")
    assert page.status_code == 409
    assert "has an account already" in page.text
