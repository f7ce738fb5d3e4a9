"""Every text field survives any Unicode: what was typed comes back, tidied only as documented; what no database takes gets a sentence."""

import html
import unicodedata

import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import settings as steps
from hypothesis import strategies as st

from accounts.addresses import LONGEST_NAME, email_fault, tidy
from courses.notes import LONGEST
from tests.strangers.conftest import on_sqlite
from tests.strangers.payloads import naughty

ANY = st.text(max_size=200)
LESSON = "/courses/try-out/lessons/first"
few = steps(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def shown(page, before, after):
    """Return what a page shows between two marks, read as a browser reads it."""
    part = page.text.partition(before)[2]
    return html.unescape(part.partition(after)[0])


def as_a_form_brings_it(text):
    """A browser sends no lone surrogates; it puts a question mark in their place."""
    return text.encode("utf-8", "replace").decode("utf-8")


@few
@given(ANY)
@example("\x00")
@example("a\u202eb\ufeff\u2066")
@example("👩‍👩‍👧‍👦" * 20)
@example("\ufdfa" * 60)
@example("e\u0301 ﬁ \u1e9b\u0323")
def test_a_name_comes_back_as_it_was_typed_but_for_its_tidying(house, text):
    client, text = house.visitor("ana"), as_a_form_brings_it(text)
    answer = house.post(client, "/account", {"name": text, "time_zone": "UTC", "extra_time": "0"})
    wanted = tidy(text)
    if not wanted or len(wanted) > LONGEST_NAME:
        assert answer.status_code == 422
        return
    assert answer.status_code == 303
    field = client.get("/account").text.partition('name="name"')[2].partition('value="')[2].partition('"')[0]
    assert html.unescape(field) == wanted
    assert unicodedata.normalize("NFC", wanted) == wanted and "\x00" not in wanted


@few
@given(st.text(max_size=2000))
@example("\x00")
@example("line\r\nline\rline\n\n\n")
@example("  two  spaces\t\ttabs  ")
@example("\ud7ff\ue000\uffff\U0010ffff")
def test_a_note_comes_back_as_it_was_typed(house, text):
    client, text = house.visitor("ben"), as_a_form_brings_it(text)
    page = client.get(LESSON)
    version = shown(page, 'name="version" value="', '"')
    assert house.post(client, f"{LESSON}/note", {"text": text, "version": version}).status_code == 302
    kept = shown(client.get(LESSON), 'id="note-text"', "</textarea>").partition(">")[2]
    assert kept == text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


@few
@given(ANY)
@example("\x00")
@example('" OR * NEAR(')
def test_any_words_may_be_searched_for(house, text):
    for client, path in ((house.visitor(), "/search"), (house.visitor("ada"), "/people")):
        assert client.get(path, query_string={"q": as_a_form_brings_it(text)}).status_code == 200


@few
@given(ANY, ANY)
def test_any_address_is_one_or_is_refused_in_words(house, name, host):
    address = as_a_form_brings_it(f"{name}@{host}")
    fault = email_fault(address)
    assert fault is None or fault.endswith(".")
    for path in ("/sign-in", "/password-resets/new"):
        answer = house.post(house.visitor(), path, {"email": address, "password": "not the password"})
        assert answer.status_code in (303, 422, 429)


@few
@given(ANY, ANY)
def test_any_password_may_be_typed(house, password, other):
    answer = house.post(
        house.visitor(), "/sign-in", {"email": "otto@example.org", "password": as_a_form_brings_it(password)}
    )
    assert answer.status_code in (422, 429)
    new = {"name": "x", "email": "taken", "password": as_a_form_brings_it(other)}
    assert house.post(house.visitor(), "/sign-up", new).status_code == 422


NUL = ["\x00", "a\x00b", "\x00" * 50]
RAW = [b"\xff\xfe", b"\xed\xa0\x80", b"\xc0\xaf", b"\xf4\x90\x80\x80", b"\x00", b"a\x80", b"\xef\xbf\xbe"]
FORMS = (
    ("/sign-in", ("email", "password", "next", "held")),
    ("/sign-up", ("name", "email", "password")),
    ("/password-resets/new", ("email",)),
    ("/account", ("name", "time_zone", "extra_time")),
    (f"{LESSON}/note", ("text", "version")),
    (f"{LESSON}/reading", ("anchor",)),
    ("/courses/try-out/checks/first/one", ("option", "confidence", "shown_digest", "act", "sequence", "try")),
    ("/theme", ("theme", "next")),
)


@pytest.mark.parametrize(("path", "fields"), FORMS, ids=lambda v: str(v)[:20])
def test_bytes_that_are_no_text_get_a_sentence(sign_in, path, fields):
    """On both databases: PostgreSQL takes no NUL, and neither takes half a character."""
    from urllib.parse import quote, quote_from_bytes

    from tests.whole.test_routes import fresh_token

    client = sign_in("ana")
    for field in fields:
        for value in [quote(text) for text in NUL] + [quote_from_bytes(raw) for raw in RAW]:
            body = f"csrf_token={fresh_token(client)}&{field}={value}&{quote_from_bytes(RAW[0])}={value}"
            answer = client.post(path, data=body, content_type="application/x-www-form-urlencoded")
            assert answer.status_code < 500, (field, value)
        if path == "/sign-in":
            client = sign_in("ana")


@on_sqlite
def test_every_naughty_string_may_be_a_name(app, cast):
    from accounts.models import Person
    from accounts.people import add_person
    from core.database import db, writing
    from tests.conftest import NOW, PASSWORD

    names = [text for text in naughty() if tidy(text) and len(tidy(text)) <= LONGEST_NAME]
    with app.app_context():
        with writing():
            ids = [
                add_person(f"n{at}@example.org", name, PASSWORD, ["learner"], now=NOW) for at, name in enumerate(names)
            ]
            ids = [person.id for person in ids]
        db.session.expunge_all()
        assert [db.session.get(Person, number).name for number in ids] == [tidy(name) for name in names]
    assert len(names) > 100 and LONGEST > 0
