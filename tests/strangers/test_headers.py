"""Headers of every answer, whatever it is: pages, errors, redirects, static files; what is personal is kept by nobody."""

from collections import defaultdict

import pytest

from core.security import HEADERS
from tests.strangers.test_objects import FILL

VERBS = (
    "TRACE",
    "TRACK",
    "PUT",
    "DELETE",
    "PATCH",
    "CONNECT",
    "PROPFIND",
    "MOVE",
    "DEBUG",
    "get",
    "G E T",
    "FOO",
    "OPTIONS",
    "HEAD",
)


def walk(house):
    """Return an address of every route."""
    for rule in house.app.url_map.iter_rules():
        yield rule.build({name: FILL.get(name, house.ids["ben"]) for name in rule.arguments})[1], rule


def telling(answer):
    """Return headers that tell what the house is built with."""
    return {
        name: value
        for name, value in answer.headers
        if name in ("X-Powered-By", "X-AspNet-Version") or (name == "Server" and "/" in value)
    }


@pytest.mark.parametrize("key", [None, "ana", "ada"])
def test_every_answer_carries_every_header(house, key):
    for path, rule in walk(house):
        client = house.visitor(key)
        for answer in (client.get(path), client.post(path), client.get(path, headers={"X-Requested-With": "fetch"})):
            missing = {name for name, value in HEADERS.items() if answer.headers.get(name) != value}
            assert not missing, (path, answer.status_code, missing)
            assert not telling(answer)
            assert rule.endpoint.startswith("health") or answer.headers["X-Request-ID"]


@pytest.mark.parametrize(
    "path",
    [
        "/no/such/page",
        "/%ff%fe",
        "/people/x",
        "/static/x",
        "/courses/none",
        "/favicon.ico",
        "/.git/config",
        "/.env",
        "/../etc/passwd",
    ],
)
def test_so_does_every_error(house, path):
    answer = house.visitor("ana").get(path)
    assert answer.status_code == 404
    assert all(answer.headers.get(name) == value for name, value in HEADERS.items())
    assert answer.headers["Cache-Control"] == "no-store"


def test_so_does_a_crash_and_tells_nothing_of_itself(house, monkeypatch):
    monkeypatch.setattr("courses.views.words.current", lambda: 1 / 0)
    for headers in ({}, {"X-Requested-With": "fetch"}):
        answer = house.visitor("ana").get("/glossary", headers=headers)
        assert answer.status_code == 500
        assert "ZeroDivision" not in answer.text and "Traceback" not in answer.text and ".py" not in answer.text
        assert all(answer.headers.get(name) == value for name, value in HEADERS.items())


def test_so_do_static_files_and_what_is_missing_among_them(house):
    with house.app.test_request_context():
        url = house.app.jinja_env.globals["asset"]("built/handover.css")
    found, missing = house.visitor().get(url, buffered=True), house.visitor().get(url + "x")
    outside = house.visitor().get(url.rpartition("built")[0] + "..%2f..%2fapp.py")
    assert [answer.status_code for answer in (found, missing, outside)] == [200, 404, 404]
    for answer in (found, missing, outside):
        assert all(answer.headers.get(name) == value for name, value in HEADERS.items())


@pytest.mark.parametrize("key", ["ana", "mara", "ivo", "ada"])
def test_nothing_that_somebody_signed_in_sees_is_kept_by_any_cache(house, key):
    for path, rule in walk(house):
        client = house.visitor(key)
        for answer in (client.get(path), client.post(path)):
            if rule.endpoint != "catalogue.media" or answer.status_code != 200:
                assert answer.headers["Cache-Control"] == "no-store", path
                assert "ETag" not in answer.headers and "Last-Modified" not in answer.headers, path


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_that_no_page_knows_does_nothing(house, verb):
    secret = "a-secret-of-the-request"
    known = defaultdict(set)  # an address may have a page and a form, each with a rule of its own
    for rule in house.app.url_map.iter_rules():
        known[rule.rule] |= rule.methods
    for path, rule in walk(house):
        answer = house.visitor("ada").open(path, method=verb, headers={"X-Secret": secret})
        assert answer.status_code in (
            (200, 302, 303, 400, 403, 404, 405) if verb.upper() in known[rule.rule] else (400, 404, 405)
        ), (verb, path, answer.status_code)
        assert secret not in answer.text + str(answer.headers), path
        assert "Access-Control-Allow-Origin" not in answer.headers


def test_another_site_may_read_nothing(house):
    headers = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    for method in ("OPTIONS", "GET"):
        answer = house.visitor("ana").open("/account", method=method, headers=headers)
        assert not [name for name, _ in answer.headers if name.startswith("Access-Control")]


def test_a_request_id_is_ours_unless_it_is_plainly_one(house):
    for given in ("<script>", "x" * 65, "a b c d e f g", "é" * 10, "short"):
        assert house.visitor().get("/", headers={"X-Request-ID": given}).headers["X-Request-ID"] != given
