"""Errors as people and scripts meet them."""

import re

import pytest
from flask import Blueprint

from accounts.permissions import EVERYONE, allow
from core.errors import Refused


@pytest.fixture
def app(app):
    """The house with three rooms that fail."""
    bp = Blueprint("failing", __name__)

    @bp.get("/refused")
    @allow(EVERYONE)
    def refused():
        raise Refused("This quiz has no questions yet.")

    @bp.get("/broken")
    @allow(EVERYONE)
    def broken():
        raise ZeroDivisionError("a secret detail")

    @bp.get("/forgotten")
    def forgotten():
        return "nobody said whom this is for"

    app.register_blueprint(bp)
    app.testing = False  # crashes become pages, as they do in service
    return app


def test_a_refusal_is_a_page_with_its_sentence(client):
    response = client.get("/refused")
    assert response.status_code == 409
    assert "This quiz has no questions yet." in response.text


def test_a_script_gets_the_sentence_alone(client):
    response = client.get("/refused", headers={"X-Requested-With": "fetch"})
    assert response.status_code == 409
    assert response.json["error"] == "This quiz has no questions yet."


def test_a_crash_is_a_calm_page_that_tells_no_secret_but_a_number_to_quote(client, capsys):
    response = client.get("/broken")
    assert response.status_code == 500
    assert "secret detail" not in response.text
    assert response.headers["X-Request-ID"] in response.text


def test_what_is_not_there_is_said_kindly(client):
    response = client.get("/no/such/page")
    assert response.status_code == 404
    assert "There is nothing here" in response.text


def test_a_page_that_nobody_declared_stays_shut(client):
    assert client.get("/forgotten").status_code == 403


def test_a_request_keeps_the_number_that_a_proxy_gave_it(client):
    assert client.get("/refused", headers={"X-Request-ID": "abcdef-123456"}).headers["X-Request-ID"] == "abcdef-123456"


def test_a_number_that_could_forge_a_log_line_is_not_taken(client):
    given = 'x" injected="1'
    assert re.fullmatch(
        r"[0-9a-f]{16}", client.get("/refused", headers={"X-Request-ID": given}).headers["X-Request-ID"]
    )
