"""What a session is worth to a thief: cookies' flags, fixation, stolen cookies after a change, and what ends by itself."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask.sessions import SecureCookieSessionInterface

from accounts.models import Person
from core.database import db
from core.models import OutboxMessage
from tests.conftest import PASSWORD, settings_for
from tests.strangers.conftest import House

LASTING = ("session", "remember_token")


def come_in(house, who="ana", **fields):
    client = house.visitor()
    entered = {"email": f"{who}@example.org", "password": PASSWORD, "remember": "y", **fields}
    assert house.post(client, "/sign-in", entered).status_code == 303
    return client


def stolen(house, client, names=LASTING):
    """Return the thief's browser, with a copy of the cookies."""
    thief = house.app.test_client()
    for name in names:
        kept = client.get_cookie(name)
        assert kept is not None, name
        thief.set_cookie(name, kept.value)
    return thief


def is_in(client):
    return client.get("/account").status_code == 200


def change(house, client, act):
    new = "five new and plain little words"
    if act == "a password change":
        assert (
            house.post(client, "/account/password", {"current_password": PASSWORD, "password": new}).status_code == 303
        )
    elif act == "signing out everywhere":
        assert house.post(client, "/account/sign-outs").status_code == 303
    elif act == "a reset by mail":
        house.post(house.visitor(), "/password-resets/new", {"email": "ana@example.org"})
        with house.app.app_context():
            body = db.session.scalar(sa.select(OutboxMessage.body).order_by(OutboxMessage.id.desc()).limit(1))
        path = "/password-resets/" + body.partition("/password-resets/")[2].split()[0]
        assert house.post(house.visitor(), path, {"password": new}).status_code == 303
    else:
        ada = house.visitor("ada")
        for to in ("off", "on"):
            assert house.post(ada, f"/people/{house.ids['ana']}/switch", {"to": to}).status_code == 303


@pytest.fixture
def own_house(sqlite_template, tmp_path):
    """A house of the test's own, for passwords change in it."""
    import shutil

    shutil.copy(sqlite_template, tmp_path / "handover.sqlite")
    house = House(settings_for(tmp_path))
    yield house
    house.close()


@pytest.mark.parametrize(
    "act", ["a password change", "signing out everywhere", "a reset by mail", "being switched off"]
)
def test_stolen_cookies_are_worth_nothing_after(own_house, act):
    ana = come_in(own_house)
    thieves = [stolen(own_house, ana, names) for names in (LASTING, LASTING[:1], LASTING[1:])]
    assert all(is_in(thief) for thief in thieves)
    change(own_house, ana, act)
    assert not any(is_in(thief) for thief in thieves)
    assert is_in(ana) == (act in ("a password change", "signing out everywhere"))


def test_a_thief_with_cookies_cannot_change_the_password_without_knowing_it(own_house):
    thief = stolen(own_house, come_in(own_house))
    answer = own_house.post(
        thief, "/account/password", {"current_password": "a guess", "password": "five new plain words"}
    )
    assert answer.status_code == 422
    assert come_in(own_house)


def test_a_thief_cannot_guess_the_present_password_for_ever(own_house):
    thief = stolen(own_house, come_in(own_house))
    fields = {"current_password": "a guess", "password": "five new plain words"}
    answers = [own_house.post(thief, "/account/password", fields).status_code for _ in range(12)]
    assert answers == [422] * 10 + [429] * 2


def test_a_spent_reset_and_a_foreign_one_set_nothing(own_house):
    change(own_house, None, "a reset by mail")
    with own_house.app.app_context():
        body = db.session.scalar(sa.select(OutboxMessage.body).order_by(OutboxMessage.id.desc()).limit(1))
    path = "/password-resets/" + body.partition("/password-resets/")[2].split()[0]
    assert own_house.post(own_house.visitor(), path, {"password": "six other words again"}).status_code == 404


@pytest.mark.parametrize("way", ["sign-in", "sign-up"])
def test_a_planted_session_dies_at_the_door(own_house, way):
    """The thief's own cookie is put into Ana's browser; what she does with it is hers alone."""
    ana = own_house.visitor()
    with ana.session_transaction() as session:
        session["planted"], session["_flashes"] = "by a thief", [("message", "planted words")]
    fields = {
        "sign-in": {"email": "ana@example.org", "password": PASSWORD},
        "sign-up": {"name": "New", "email": "new@example.org", "password": "four plain little words"},
    }[way]
    before = ana.get_cookie("session").value
    assert own_house.post(ana, f"/{way}", fields).status_code == 303
    with ana.session_transaction() as session:
        assert "planted" not in session
    assert ana.get_cookie("session").value != before
    thief = own_house.app.test_client()
    thief.set_cookie("session", before)
    assert not is_in(thief) and is_in(ana)


@pytest.mark.parametrize(("age", "holds"), [(timedelta(days=30), True), (timedelta(days=32), False)])
def test_a_session_cookie_ends_by_itself(own_house, age, holds, monkeypatch):
    from itsdangerous import TimestampSigner

    then = TimestampSigner.get_timestamp
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda self: then(self) - int(age.total_seconds()))
    ana = own_house.visitor("ana")
    monkeypatch.undo()
    assert is_in(ana) is holds


@pytest.mark.parametrize("key", ["", "another key of another house", "a key for tests onlx"])
def test_a_cookie_signed_with_another_key_is_nobodys(house, key):
    with house.app.app_context():
        person = db.session.get(Person, house.ids["ada"])
        forged = {"_user_id": person.get_id(), "_fresh": True}
    other = type("Other", (), {"secret_key": key or "x", "config": {"SECRET_KEY_FALLBACKS": None}})()
    signer = SecureCookieSessionInterface().get_signing_serializer(other)
    client = house.visitor()
    client.set_cookie("session", signer.dumps(forged))
    assert not is_in(client)
    client.set_cookie("remember_token", f"{person.get_id()}|{'0' * 128}")
    assert not is_in(client)


@pytest.mark.parametrize(
    "value",
    ["", ".", "..", "x" * 20_000, "eyJfdXNlcl9pZCI6IjEifQ", ".eJw.x.y", "\u00ff", "%00", '"', ".eJw" + "A" * 5_000],
)
@pytest.mark.parametrize("name", ["session", "remember_token", "theme", "__Host-session"])
def test_a_broken_cookie_is_no_cookie(house, name, value):
    answer = house.app.test_client().get("/", headers={"Cookie": f"{name}={value}"})
    assert answer.status_code == 200
    assert house.app.test_client().get("/account", headers={"Cookie": f"{name}={value}"}).status_code == 302


def cookies(answer):
    """Return each cookie that an answer sets, by name, with its flags in small letters."""
    lines = answer.headers.getlist("Set-Cookie")
    return {line.partition("=")[0]: {flag.strip().lower() for flag in line.split(";")[1:]} for line in lines}


def set_cookies(house):
    """Return every cookie that the house ever sets, with its flags."""
    found = {}
    for client, path, fields in (
        (house.visitor(), "/sign-in", {"email": "ana@example.org", "password": PASSWORD, "remember": "y"}),
        (house.visitor(), "/theme", {"theme": "dark"}),
        (house.visitor("ana"), "/account/sign-outs", {}),
    ):
        found |= cookies(house.post(client, path, fields))
    return found


def test_no_cookie_is_for_scripts_or_for_other_sites(house):
    found = set_cookies(house)
    assert set(found) == {"session", "remember_token", "theme"}
    for name, flags in found.items():
        if "max-age=0" in flags:
            continue  # it is being forgotten
        assert {"httponly", "samesite=lax", "path=/"} <= flags, name
        assert not [flag for flag in flags if flag.startswith("domain")], name


def test_behind_https_cookies_travel_encrypted_only_and_belong_to_this_host_alone(sqlite_template, tmp_path):
    import shutil

    shutil.copy(sqlite_template, tmp_path / "handover.sqlite")
    house = House(replace(settings_for(tmp_path), secure_cookies=True, base_url="https://study.example.org"))
    page = house.visitor().get("/sign-in", base_url="https://study.example.org")
    client = house.app.test_client()
    page = client.get("/sign-in", base_url="https://study.example.org")
    token = page.text.partition('name="csrf_token"')[2].partition('value="')[2].partition('"')[0]
    fields = {"csrf_token": token, "email": "ana@example.org", "password": PASSWORD, "remember": "y"}
    headers = {"Referer": "https://study.example.org/sign-in"}
    answer = client.post("/sign-in", data=fields, base_url="https://study.example.org", headers=headers)
    found = cookies(page) | cookies(answer)
    house.close()
    assert answer.status_code == 303
    assert set(found) == {"__Host-session", "__Host-remember_token"}
    assert all("secure" in flags and "path=/" in flags for flags in found.values())
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_signing_out_tells_the_browser_to_forget(house):
    ana = come_in(house)
    house.post(ana, "/sign-out")
    assert not is_in(ana)
    assert not ana.get_cookie("remember_token")
