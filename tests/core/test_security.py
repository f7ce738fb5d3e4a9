"""Headers that every answer carries."""

import pytest


@pytest.mark.parametrize("path", ["/", "/sign-in", "/no/such/page", "/healthz"])
def test_every_answer_carries_the_strict_policy(client, path):
    headers = client.get(path).headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_personal_pages_are_kept_by_no_cache(sign_in):
    assert sign_in("ana").get("/progress").headers["Cache-Control"] == "no-store"


def test_the_session_cookie_is_out_of_reach_for_scripts_and_other_sites(client):
    cookie = client.get("/sign-in").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_more_than_the_limit_is_refused_before_it_is_read(client):
    response = client.post("/sign-in", data={"email": "x" * (3 * 1024 * 1024)})
    assert response.status_code in (400, 413)


def test_a_form_from_elsewhere_is_refused(client):
    assert (
        client.post("/sign-in", data={"email": "ana@example.org"}, headers={"Sec-Fetch-Site": "cross-site"}).status_code
        == 400
    )


def test_static_files_may_be_kept_for_a_year(app, client):
    with app.test_request_context():
        url = app.jinja_env.globals["asset"]("built/handover.css")
    response = client.get(url, buffered=True)
    assert response.status_code == 200
    assert "immutable" in response.headers["Cache-Control"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_the_house_is_alive_and_ready(client):
    assert client.get("/healthz").json == {"status": "alive"}
    assert client.get("/readyz").json == {"status": "ready", "faults": {}, "warnings": {}}
