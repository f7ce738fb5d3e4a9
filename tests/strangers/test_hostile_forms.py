"""Hostile text through every form, and every page that shows it afterwards: it is shown as what was typed, and nothing of it acts."""

import html
import re

import pytest

from accounts.addresses import LONGEST_NAME, tidy
from accounts.held import Held
from accounts.mentorships import begin_mentorship
from accounts.models import Person
from accounts.people import add_person
from core.database import db, writing
from courses.notes import LONGEST
from tests.conftest import NOW, PASSWORD
from tests.page_checks import check_page
from tests.strangers.looking import faults
from tests.strangers.payloads import bundles, everything, naughty, payloads

LONG = list(bundles(everything(), 20_000, "\n"))
NAMES = [name for name in bundles(everything(), LONGEST_NAME) if tidy(name)]
AT_THE_DOOR = (
    ("/sign-in", "email", {"password": ""}),
    ("/sign-up", "email", {"name": "x", "password": "short"}),
    ("/sign-up", "name", {"email": "x@example.org", "password": "short"}),
    ("/password-resets/new", "email", {}),
)
SIGNED_IN = (
    ("ana", "/account", "name", {"time_zone": "UTC", "extra_time": "0"}),
    ("ana", "/account", "time_zone", {"name": "Ana", "extra_time": "0"}),
    ("ana", "/account", "extra_time", {"name": "Ana", "time_zone": "UTC"}),
    ("ana", "/account/password", "current_password", {"password": "x"}),
    ("ada", "/people/invitations/new", "email", {"role": "mentor"}),
    ("ada", "/people/invitations/new", "role", {"email": ""}),
    ("ada", "/people/{ben}/mentors", "mentor", {}),
    ("ada", "/people/{ben}/roles", "roles", {}),
    ("ana", "/courses/try-out/lessons/first/note", "version", {"text": "other words", "text2": ""}),
    ("ana", "/courses/try-out/lessons/first/reading", "anchor", {}),
    ("ana", "/courses/try-out/checks/first/one", "option", {"confidence": "sure", "act": "finish"}),
    ("ana", "/courses/try-out/checks/first/one", "confidence", {"option": "x"}),
    ("ana", "/courses/try-out/checks/first/one", "shown_digest", {"option": "x", "confidence": "sure"}),
    ("ana", "/courses/try-out/checks/first/one", "act", {}),
    ("ana", "/courses/try-out/checks/first/one", "sequence", {}),
    ("ana", "/theme", "theme", {}),
    ("ana", "/theme", "next", {"theme": "dark"}),
    (None, "/demo-sign-ins", "who", {}),
)
ASKED = (
    (None, "/search", "q"),
    (None, "/sign-in", "next"),
    (None, "/courses/try-out/lessons/first", "found"),
    ("ada", "/people", "q"),
    ("ada", "/people", "page"),
    ("ada", "/audit", "page"),
)


def seen(answer):
    """Look at a page, and at the redirect that may stand in its place."""
    assert answer.status_code < 500, (answer.request.path, answer.status_code)
    if answer.status_code in (301, 302, 303, 307, 308):
        assert answer.headers["Location"].startswith("/") and not answer.headers["Location"].startswith("//")
        return answer
    if answer.mimetype == "text/html":
        assert faults(answer.text) == [], answer.request.path
        assert not {"1337", "Templated"} & set(re.findall(r"\b(?:1337|Templated)\b", answer.text)), (
            "a template was filled in"
        )
    return answer


@pytest.mark.parametrize(("path", "field", "others"), AT_THE_DOOR, ids=lambda v: str(v)[:24])
def test_what_is_typed_at_the_door_comes_back_as_it_was_typed(house, path, field, others):
    client = house.visitor()
    for text in LONG:
        seen(house.post(client, path, {field: text, **others}))
    answer = seen(house.post(client, path, {field: '<b>"x"</b>', **others}))
    assert '<b>"x"</b>' in html.unescape(answer.text) and '<b>"x"</b>' not in answer.text


@pytest.mark.parametrize(("who", "path", "field", "others"), SIGNED_IN, ids=lambda v: str(v)[:24])
def test_no_field_of_a_form_takes_what_acts(house, who, path, field, others):
    client = house.visitor(who)
    for text in LONG:
        seen(house.post(client, path.format(**house.ids), {field: text, **others}))


@pytest.mark.parametrize(("who", "path", "field"), ASKED, ids=lambda v: str(v)[:24])
def test_no_address_takes_what_acts(house, who, path, field):
    client = house.visitor(who)
    for text in bundles(everything(), 8_000):
        seen(client.get(path, query_string={field: text}))


def test_payloads_are_searched_for_one_by_one_too(house):
    client = house.visitor()
    for text in payloads()[::12] + naughty()[::3]:
        answer = seen(client.get("/search", query_string={"q": text}))
        assert answer.status_code == 200


def test_a_held_form_brings_back_words_and_nothing_that_acts(house):
    client = house.visitor()
    for text in LONG:
        page = client.post("/account", data={"name": text, text[:200]: "x"}, headers={"Sec-Fetch-Site": "same-origin"})
        assert page.status_code == 401 and faults(page.text) == []
        planted = Held("/account", ((text[:200], text),)).packed()
        entered = {"email": "ana@example.org", "password": PASSWORD, "held": planted}
        again = house.post(house.visitor(), "/sign-in", entered)
        assert again.status_code == 200 and faults(again.text) == []


@pytest.fixture(scope="module")
def crowd(house):
    """Hundreds of learners who are called like payloads, all of them Mara's."""
    with house.app.app_context():
        with writing() as session:
            mara, shown = db.session.get(Person, house.ids["mara"]), []
            for number, name in enumerate(NAMES):
                shown.append(add_person(f"crowd{number}@example.org", name, PASSWORD, ["learner"], now=NOW))
            session.flush()
            for person in shown:
                begin_mentorship(mara, person, now=NOW)
        return [(person.id, person.name) for person in shown]


def test_people_who_are_called_like_scripts_are_people_on_every_page(house, crowd):
    ada, mara = house.visitor("ada"), house.visitor("mara")
    pages = [ada.get(f"/people?page={page}") for page in range(1, len(crowd) // 50 + 2)]
    pages += [ada.get(f"/audit?page={page}") for page in range(1, len(crowd) // 25 + 1)] + [mara.get("/mentoring")]
    pages += [mara.get(f"/people/{crowd[at][0]}/progress") for at in range(0, len(crowd), 20)]
    pages += [ada.get(f"/people/{crowd[at][0]}") for at in range(0, len(crowd), 20)]
    check_page(pages[0]), check_page(pages[-1])
    text = " ".join(" ".join(html.unescape(seen(page).text).split()) for page in pages)
    assert all(page.status_code == 200 for page in pages)
    assert [name for _, name in crowd if name not in text] == []


def test_a_note_keeps_every_payload_and_runs_none(house):
    client, path = house.visitor("ana"), "/courses/try-out/lessons/first"
    for text in bundles(everything(), LONGEST - 1, "\n"):
        page = client.get(path).text
        version = page.partition('name="version" value="')[2].partition('"')[0]
        assert house.post(client, f"{path}/note", {"text": text, "version": version}).status_code == 302
        after = seen(client.get(path))
        kept = html.unescape(after.text.partition('id="note-text"')[2].partition(">")[2].partition("</textarea>")[0])
        assert kept == text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
