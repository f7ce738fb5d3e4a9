"""The log tells what happened, and nothing that anybody typed, is called, or holds as a secret."""

import json

import pytest

from tests.conftest import PASSWORD, token

TYPED = "quittenbrot"  # stands in everything that is typed here


def lines(capfd):
    """Return the lines of the log, each of which has to be JSON."""
    return [json.loads(line) for line in capfd.readouterr().err.splitlines()]


def test_nothing_that_is_typed_reaches_the_log(client, sign_in, capfd):
    form = {"csrf_token": token(client.get("/sign-in"))}
    client.post("/sign-in", data=form | {"email": f"{TYPED}@example.org", "password": TYPED})
    client.post(
        "/sign-up", data=form | {"email": f"{TYPED}@example.org", "name": TYPED, "password": f"{TYPED} {TYPED}"}
    )
    client.post("/password-resets/new", data=form | {"email": f"{TYPED}@example.org"})
    client.get(f"/password-resets/{TYPED}")
    client.get(f"/invitations/{TYPED}")
    client.get(f"/search?q={TYPED}", headers={"User-Agent": TYPED, "Referer": f"http://localhost/{TYPED}"})
    client.get(f"/{TYPED}")
    ana = sign_in("ana")
    note = "/courses/try-out/lessons/first/note"
    ana.post(note, data={"csrf_token": token(ana.get("/courses/try-out/lessons/first")), "text": TYPED, "version": "0"})
    told = lines(capfd)
    assert len(told) >= 9
    assert TYPED not in json.dumps(told)


def test_no_person_and_no_session_is_named_in_the_log(client, sign_in, capfd):
    client.post(
        "/sign-in",
        data={"csrf_token": token(client.get("/sign-in")), "email": "ana@example.org", "password": PASSWORD},
    )
    cookie = client.get_cookie("session").value
    sign_in("mara").get("/mentoring")
    text = json.dumps(lines(capfd))
    assert all(word not in text for word in ("ana@", "Ana", "Ruiz", PASSWORD, cookie, "127.0.0.1"))


def test_a_line_names_the_route_and_the_id_that_the_visitor_was_given(client, capfd):
    given = client.get("/courses/try-out").headers["X-Request-ID"]
    line = lines(capfd)[-1]
    assert (line["route"], line["request_id"]) == ("/courses/<course>", given)
    assert set(line) == {"request_id", "method", "route", "status", "ms", "event", "level", "timestamp"}


@pytest.mark.parametrize("asked", ["/healthz", "/readyz"])
def test_questions_of_machines_do_not_fill_the_log(client, capfd, asked):
    client.get(asked)
    assert lines(capfd) == []
