"""Whose word about a visitor's address counts."""

import pytest
from flask import request

from app import create_app
from core.database import db
from tests.conftest import settings_for

FAR = "203.0.113.9"


def seen_by(tmp_path, trusted, came_from, **headers):
    """Return the address and the scheme that a view sees, and whether its answer asks for encryption from now on."""
    app = create_app(settings_for(tmp_path, trusted_proxies=trusted))

    def look():
        return f"{request.remote_addr} {request.scheme}"

    look.audience = frozenset({"everyone"})
    app.add_url_rule("/look", "look", look)
    answer = app.test_client().get("/look", headers=headers, environ_base={"REMOTE_ADDR": came_from})
    with app.app_context():
        db.engine.dispose()
    return answer.text, "Strict-Transport-Security" in answer.headers


@pytest.mark.parametrize(
    ("trusted", "came_from", "said", "seen"),
    [
        ((), FAR, "198.51.100.1", FAR),
        (("127.0.0.1",), FAR, "198.51.100.1", FAR),
        (("127.0.0.1",), "127.0.0.1", FAR, FAR),
        (("127.0.0.1",), "127.0.0.1", f"198.51.100.1, {FAR}", FAR),
        (("127.0.0.1", "10.0.0.0/8"), "127.0.0.1", f"{FAR}, 10.2.3.4", FAR),
        (("::1",), "::1", "2001:db8::7", "2001:db8::7"),
    ],
)
def test_a_visitors_address_is_the_last_that_no_trusted_proxy_has(tmp_path, trusted, came_from, said, seen):
    text, _ = seen_by(tmp_path, trusted, came_from, **{"X-Forwarded-For": said})
    assert text.split()[0] == seen


def test_encryption_is_believed_from_a_trusted_proxy_alone(tmp_path):
    said = {"X-Forwarded-For": FAR, "X-Forwarded-Proto": "https"}
    assert seen_by(tmp_path, ("127.0.0.1",), "127.0.0.1", **said) == (f"{FAR} https", True)
    assert seen_by(tmp_path, ("127.0.0.1",), "192.0.2.1", **said) == ("192.0.2.1 http", False)
