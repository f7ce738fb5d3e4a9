"""Very long, very many, very deep, twice, and not what it says: a sentence with a 4xx, never a crash, never a wait."""

import time

import pytest

from core.security import MOST_BYTES, MOST_FORM_FIELDS
from tests.conftest import PASSWORD
from tests.strangers.test_forgery import posts
from tests.strangers.test_headers import walk
from tests.whole.test_routes import fresh_token

LONG = "x" * 1_000_000
FORM = "application/x-www-form-urlencoded"
FIELDS = (
    (None, "/sign-in", ("email", "password", "next", "held")),
    (None, "/sign-up", ("name", "email", "password")),
    (None, "/password-resets/new", ("email",)),
    ("ana", "/account", ("name", "time_zone", "extra_time")),
    ("ana", "/account/password", ("current_password", "password")),
    ("ana", "/courses/try-out/lessons/first/note", ("text", "version")),
    ("ana", "/courses/try-out/lessons/first/reading", ("anchor",)),
    ("ana", "/courses/try-out/checks/first/one", ("option", "confidence", "shown_digest", "act", "sequence", "try")),
    ("ada", "/people/invitations/new", ("email", "role")),
    ("ada", "/people/1/mentors", ("mentor",)),
)


def quick(answer, began, seconds=5):
    assert time.process_time() - began < seconds
    assert answer.status_code < 500, (answer.request.path[:80], answer.status_code)
    return answer


@pytest.mark.parametrize(("who", "path", "fields"), FIELDS, ids=lambda v: str(v)[:24])
def test_a_field_of_a_million_letters_is_refused_in_words(house, who, path, fields):
    client = house.visitor(who)
    for field in fields:
        for text in (LONG[:400_000], LONG, "9" * 300_000, "é" * 60_000, "<" * 100_000):
            began = time.process_time()
            others = {
                "email": "x@example.org",
                "password": "y",
                "name": "n",
                "time_zone": "UTC",
                "extra_time": "0",
                "role": "learner",
                "text": "t",
            }
            others |= {
                "option": "x",
                "confidence": "sure",
                "shown_digest": "x",
                "version": "0",
                "current_password": "y",
                "mentor": "z@example.org",
            }
            answer = quick(house.post(client, path, others | {field: text}), began)
            assert answer.status_code in (302, 303, 400, 409, 413, 422, 429), (field, answer.status_code)


def test_more_than_the_house_takes_is_refused_unread(house):
    for path in posts(house):
        began = time.process_time()
        answer = quick(house.visitor("ana").post(path, data=b"a=" + b"x" * MOST_BYTES, content_type=FORM), began)
        assert answer.status_code in (400, 413)


@pytest.mark.parametrize("count", [MOST_FORM_FIELDS * 2, 10_000])
def test_ten_thousand_fields_are_as_good_as_none(house, count):
    client = house.visitor("ana")
    pairs = [(f"field{number}", "x") for number in range(count)]
    began = time.process_time()
    answer = quick(house.post(client, "/account", pairs), began)
    assert answer.status_code in (303, 400, 413)
    parts = (
        "".join(f'--b\r\nContent-Disposition: form-data; name="f{n}"\r\n\r\nx\r\n' for n in range(count)) + "--b--\r\n"
    )
    answer = quick(
        client.post("/account", data=parts, content_type="multipart/form-data; boundary=b"), time.process_time()
    )
    assert answer.status_code in (400, 413)


def test_long_addresses_queries_headers_and_cookies(house):
    client = house.visitor("ana")
    for path in (
        "/" + LONG,
        "/courses/" + LONG,
        "/courses/try-out/lessons/" + "a/" * 50_000,
        "/people/" + "9" * 4_000 + "/progress",
        "/media/" + "a" * 60_000 + "/x",
    ):
        assert quick(client.get(path), time.process_time()).status_code == 404
    for query in (
        "q=" + LONG,
        "&".join(f"q{n}=x" for n in range(50_000)),
        "q=" + "%00" * 100_000,
        "q" * 300_000,
        "[" * 100_000,
        "&" * 300_000,
        "q=" + "%" * 300_000,
    ):
        assert quick(client.get(f"/search?{query}"), time.process_time()).status_code == 200
    for name in (
        "X-Request-ID",
        "Referer",
        "User-Agent",
        "Accept-Language",
        "Accept",
        "Accept-Encoding",
        "X-Requested-With",
        "If-None-Match",
        "If-Modified-Since",
        "Range",
        "Origin",
        "Sec-Fetch-Site",
    ):
        for value in (
            LONG[:100_000],
            ",".join(["x;q=0.1"] * 5_000),
            "bytes=" + ",".join(["0-1"] * 5_000),
            "*",
            "\xff",
            "-1",
        ):
            assert quick(client.get("/", headers={name: value}), time.process_time()).status_code in (200, 304, 416)


@pytest.mark.parametrize(
    "nested",
    ["a" + "[b]" * 20_000, "a" + ".b" * 20_000, "[" * 40_000, "a[0]" * 10_000, "__proto__[x]", "constructor.prototype"],
)
def test_names_of_fields_are_names_and_nothing_more(house, nested):
    answer = house.post(
        house.visitor("ana"), "/account", {nested: "x", "name": "Ana", "time_zone": "UTC", "extra_time": "0"}
    )
    assert answer.status_code == 303


@pytest.mark.parametrize(
    "held",
    [
        "[" * 200_000,
        "[" * 5_000 + "]" * 5_000,
        '["/account",' + "[" * 50_000,
        '{"a":' * 50_000,
        '["/account", [["a", "' + "\\u0000" * 20_000 + '"]]]',
        "9" * 100_000,
        "-" * 100_000,
        '"' * 100_000,
    ],
)
def test_a_held_form_of_any_depth_is_a_held_form_or_none(house, held):
    fields = {"email": "ana@example.org", "password": PASSWORD, "held": held}
    assert quick(house.post(house.visitor(), "/sign-in", fields), time.process_time()).status_code in (200, 303)


TWICE = (
    (
        None,
        "/sign-in",
        [("email", "ana@example.org"), ("email", "ada@example.org"), ("password", "x"), ("password", PASSWORD)],
    ),
    (
        "ana",
        "/account",
        [("name", "One"), ("name", "Two"), ("time_zone", "UTC"), ("extra_time", "0"), ("extra_time", "100")],
    ),
    (
        "ana",
        "/courses/try-out/checks/first/one",
        [("act", "save"), ("act", "finish"), ("option", "x"), ("sequence", "1"), ("sequence", "2")],
    ),
    ("ana", "/courses/try-out/lessons/first/reading", [("anchor", "x"), ("anchor", "y")]),
    ("ana", "/theme", [("theme", "dark"), ("theme", "<x>"), ("next", "/"), ("next", "//evil.example")]),
)


@pytest.mark.parametrize(("who", "path", "pairs"), TWICE, ids=lambda v: str(v)[:24])
def test_what_is_sent_twice_counts_once(house, who, path, pairs):
    client = house.visitor(who)
    answer = house.post(client, path, pairs)
    assert answer.status_code in (302, 303, 400, 409, 422)
    assert "evil.example" not in answer.headers.get("Location", "")
    with client.session_transaction() as session:
        assert bool(session.get("_user_id")) == bool(who)  # two addresses and two passwords let nobody in


def test_two_tokens_are_no_better_than_the_first(house):
    client = house.visitor("ana")
    right = fresh_token(client)
    data = {"csrf_token": ["wrong", right], "name": "Forged", "time_zone": "UTC", "extra_time": "0"}
    assert client.post("/account", data=data, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 400


BODIES = (
    ("application/json", b"{" * 100_000),
    ("application/json", b"\xff"),
    (FORM, b"\xff\xfe=\xff&%ff=%fe&=&&=&%"),
    (FORM + "; charset=utf-16", "name=x".encode("utf-16")),
    (FORM + "; charset=utf-7", b"name=+ADw-script+AD4-"),
    ("multipart/form-data", b"x"),
    ("multipart/form-data; boundary=", b"--\r\n"),
    ("multipart/form-data; boundary=" + "b" * 10_000, b"--b"),
    ("multipart/form-data; boundary=b", b"--b\r\n" * 10_000),
    (
        "multipart/form-data; boundary=b",
        b'--b\r\nContent-Disposition: form-data; name="' + b"x" * 100_000 + b'"\r\n\r\nx\r\n--b--',
    ),
    (
        "multipart/form-data; boundary=b",
        b"--b\r\nContent-Disposition: form-data; name=f; filename=../../x\r\n\r\nx\r\n--b--",
    ),
    ("multipart/form-data; boundary=b", b"--b\r\n" + b"X-H: x\r\n" * 50_000 + b"\r\nx\r\n--b--"),
    ("multipart/form-data; boundary=\xff", b"x"),
    ("text/html", b"<script>"),
    ("\x7f/x", b""),
)


@pytest.mark.parametrize(("kind", "body"), BODIES, ids=lambda v: str(v)[:30])
def test_a_body_that_is_not_what_it_says_gets_a_sentence(house, kind, body):
    for path in ("/sign-in", "/account", "/courses/try-out/lessons/first/note"):
        for encoding in ({}, {"Content-Encoding": "gzip"}, {"Transfer-Encoding": "chunked"}):
            client = house.visitor("ana")
            began = time.process_time()
            answer = quick(client.post(path, data=body, content_type=kind, headers=encoding), began)
            assert answer.status_code in (400, 413, 415)


def test_a_get_with_a_body_is_a_get(house):
    for path, _ in walk(house):
        answer = house.visitor("ana").get(path, data=b"name=Forged", content_type=FORM)
        assert answer.status_code < 500


@pytest.mark.parametrize("path", ["/%00", "/%ff%fe", "/%ed%a0%80", "/courses/%00/lessons/%00", "/courses/try-out/lessons/%f0%9f", "/people/%00", "/people/1%00/progress", "/people/-1/progress", "/people/1e3/progress", "/people/٣/progress", "/people/0x1/progress", "/people/1.0", "/static/%00", "/static/..%2f..%2fapp.py", "/media/..%2f..%2fapp.py/x", "/..%c0%af..%c0%afetc/passwd", "/.%2e/.%2e/etc/passwd", "/;jsessionid=1", "/*", "/%2e%2e/app.py", "/courses/try-out%2flessons%2ffirst"])  # fmt: skip
def test_an_address_of_odd_bytes_is_not_there(house, path):
    for who in (None, "ada"):
        answer = house.visitor(who).get(path)
        assert answer.status_code in (200, 302, 404) and (
            answer.status_code == 404 or "/people/" in path or "%2f" in path
        ), answer.status_code
        assert "create_app" not in answer.text and "root:" not in answer.text
