"""A session that ran out, or a page that grew old, costs nobody a word."""

import html
import re

import pytest

from accounts.held import MOST_BYTES, Held, hold, unpack
from tests.accounts.conftest import HERE, on_sqlite
from tests.conftest import PASSWORD, Visitor, token

TYPED = {"name": "Ana <Ruiz> & Þóra", "time_zone": "Europe/Madrid", "extra_time": "25"}


def hidden(page):
    """Return the hidden fields of the page's own form, and where it goes."""
    form = re.search(r"<main.*?(<form.*?</form>)", page.text, re.S).group(1)
    fields = re.findall(r'<input[^>]*type="hidden"[^>]*>', form)
    pairs = [(re.search(r'name="([^"]*)"', f).group(1), re.search(r'value="([^"]*)"', f).group(1)) for f in fields]
    return html.unescape(re.search(r'action="([^"]*)"', form).group(1)), {n: html.unescape(v) for n, v in pairs}


def test_a_session_that_ran_out_in_mid_form_costs_nothing(client, cast, sign_in):
    page = client.post("/account", data={"csrf_token": "of a session that is gone", **TYPED}, headers=HERE)
    assert page.status_code == 401
    assert "What you typed is kept here" in page.text
    address, fields = hidden(page)
    assert address == "/sign-in"

    again = client.post(address, data={**fields, "email": "ana@example.org", "password": PASSWORD})
    assert again.status_code == 200
    assert "Ana &lt;Ruiz&gt; &amp; Þóra" in again.text
    address, fields = hidden(again)
    assert address == "/account"
    assert {name: fields[name] for name in TYPED} == TYPED

    assert client.post(address, data=fields).status_code == 303
    assert "Ana &lt;Ruiz&gt; &amp; Þóra" in client.get("/account").text


def test_a_wrong_password_on_the_way_costs_nothing_either(client, cast):
    page = client.post("/account", data=TYPED, headers=HERE)
    address, fields = hidden(page)
    page = client.post(address, data={**fields, "email": "ana@example.org", "password": "not the password"})
    assert page.status_code == 422
    assert unpack(hidden(page)[1]["held"]).fields == tuple(TYPED.items())


def test_a_session_that_was_ended_elsewhere_keeps_the_form_too(app, sign_in, cast):
    from accounts.models import Person
    from accounts.own_account import sign_out_everywhere
    from core.database import db, writing
    from tests.conftest import NOW

    client = sign_in("ana")
    fresh = token(client.get("/account"))
    with app.app_context(), writing():
        sign_out_everywhere(db.session.get(Person, cast["ana"].id), now=NOW)
    page = client.post("/account", data={"csrf_token": fresh, **TYPED}, headers=HERE)
    assert page.status_code == 401
    assert unpack(hidden(page)[1]["held"]).fields == tuple(TYPED.items())


def test_a_page_that_grew_old_is_sent_again_by_whoever_is_signed_in(sign_in):
    client = sign_in("ana")
    page = client.post("/account?from=mail", data={"csrf_token": "old", **TYPED}, headers=HERE)
    assert page.status_code == 400
    address, fields = hidden(page)
    assert address == "/account?from=mail"
    assert client.post(address, data=fields).status_code == 303


def test_a_visitors_old_page_is_kept_without_its_password(client):
    typed = {"name": "Ana", "email": "new@example.org", "password": PASSWORD}
    page = client.post("/sign-up", data={"csrf_token": "old", **typed}, headers=HERE)
    assert page.status_code == 400
    assert PASSWORD not in page.text
    assert hidden(page)[1]["email"] == "new@example.org"


def test_an_old_sign_in_page_asks_once_more_and_keeps_the_address(client, cast):
    page = client.post(
        "/sign-in", data={"csrf_token": "old", "email": "ana@example.org", "password": PASSWORD}, headers=HERE
    )
    assert page.status_code == 400
    assert 'value="ana@example.org"' in page.text
    assert PASSWORD not in page.text


def test_the_page_with_what_was_typed_survives_a_reload(client, cast):
    fields = hidden(client.post("/account", data=TYPED, headers=HERE))[1]
    sent = {**fields, "email": "ana@example.org", "password": PASSWORD}
    client.post("/sign-in", data=sent)
    page = client.post("/sign-in", data=sent, headers=HERE)  # its token died with the old session
    assert page.status_code == 200
    assert hidden(page)[0] == "/account"


@on_sqlite
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "https://evil.example", "Referer": "http://localhost/account"},
    ],
    ids=str,
)
def test_a_form_from_elsewhere_is_refused_and_never_offered_again(sign_in, client, headers):
    for browser in (sign_in("ana"), client):
        page = browser.post("/account", data={"name": "forged words"}, headers=headers)
        assert page.status_code == 400
        assert "forged words" not in page.text


def test_an_origin_of_this_house_is_enough_where_browsers_say_no_more(client):
    page = client.post("/account", data=TYPED, headers={"Origin": "http://localhost"})
    assert page.status_code == 401


@on_sqlite
@pytest.mark.parametrize(
    "address",
    ["//evil.example", "https://evil.example/", "/no/such/page", "/healthz", "/sign-out", "/sign-in", "/people/x"],
)
def test_what_is_held_is_sent_nowhere_but_to_a_form_of_this_house(client, cast, address):
    planted = Held(address, (("name", "planted"),)).packed()
    page = client.get("/sign-in")
    fields = {"csrf_token": token(page), "email": "ana@example.org", "password": PASSWORD, "held": planted}
    answer = client.post("/sign-in", data=fields)
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/"


@pytest.mark.parametrize(
    "line", ["", "{", "[]", "[1, 2]", '["/account", 5]', '["/account", [["a"]]]', '{"a": 1}', "[" * 99999]
)
def test_a_held_line_that_we_did_not_write_is_nothing(line):
    assert unpack(line) is None


def test_passwords_and_tokens_are_never_held():
    names = ["password", "current_password", "new-Password", "csrf_token", "form-csrf_token", "note"]
    assert [name for name, _ in hold("/account", [(name, "x") for name in names]).fields] == ["note"]


def test_more_than_a_form_can_carry_is_said_and_not_half_kept(client):
    page = client.post("/account", data={"name": "é" * (MOST_BYTES // 6 + 1)}, headers=HERE)
    assert page.status_code == 401
    assert "too long to be kept here" in page.text


def test_line_breaks_and_odd_signs_come_back_as_they_were():
    typed = (("note", "\r\n first\r\n\r\nsecond \u2028 \U0001f40d"), ("note", ""), ("note", "\"<&>'"))
    assert unpack(hold("/account", typed).packed()).fields == typed


def test_a_script_is_told_in_a_sentence_that_somebody_must_sign_in(client):
    answer = client.post("/account", data=TYPED, headers={**HERE, "X-Requested-With": "fetch"})
    assert answer.status_code == 401
    assert "Sign in again" in answer.json["error"]


def test_a_script_with_an_old_token_gets_a_sentence_and_a_fresh_one(app, sign_in):
    client = sign_in("ana")
    headers = {**HERE, "X-Requested-With": "fetch"}
    answer = client.post("/account", data={"csrf_token": "old", **TYPED}, headers=headers)
    assert answer.status_code == 400
    again = client.post("/account", data={**TYPED, "csrf_token": answer.json["csrf_token"]}, headers=headers)
    assert again.status_code == 303


def test_a_page_asked_for_without_a_session_leads_to_the_door_and_back(app, cast):
    client = Visitor(app).client
    answer = client.get("/account")
    assert answer.headers["Location"] == "/sign-in?next=/account"
