import re

import pytest

from core.database import db, in_turn
from tests.conftest import token
from tests.courses.conftest import FIRST, SECOND, text

SCRIPT = {"X-Requested-With": "fetch"}


@pytest.fixture
def write(ana):
    """Return a function that posts Ana's note as the page would, or as its script would."""

    def post(words, *, url=FIRST, client=ana, script=False, version=None):
        page = client.get(FIRST)
        known = re.search(r'name="version" value="(\d+)"', text(page))[1]
        data = {"csrf_token": token(page), "text": words, "version": known if version is None else version}
        return client.post(f"{url}/note", data=data, headers=SCRIPT if script else {})

    return post


def kept(client, url=FIRST):
    return re.search(r"<textarea[^>]*>(.*?)</textarea>", text(client.get(url)), re.DOTALL)[1]


def test_a_note_is_kept_and_found_again(ana, write):
    assert write("A line to remember").headers["Location"] == f"{FIRST}#notes"
    assert kept(ana) == "A line to remember"
    assert kept(ana, SECOND) == ""


def test_a_note_that_a_script_sends_is_called_saved_with_the_time(write):
    answer = write("While I type", script=True).json
    assert re.fullmatch(r"\d\d:\d\d:\d\d", answer["saved"])
    assert answer["saved_at"] == answer["saved"]
    assert answer["version"] > 0


def test_a_note_that_was_not_committed_is_never_called_saved(app, ana, write):
    import sqlalchemy as sa

    def fail(connection):
        if in_turn.get():
            raise RuntimeError("the disk is full")

    with app.app_context():
        sa.event.listen(db.engine, "commit", fail)
    app.testing = False
    app.config["PROPAGATE_EXCEPTIONS"] = False
    answer = write("This is lost", script=True)
    assert answer.status_code == 500
    assert "saved" not in answer.json
    with app.app_context():
        sa.event.remove(db.engine, "commit", fail)
    assert kept(ana) == ""


@pytest.mark.parametrize("words", ["漢字 🙂🏳️‍🌈 é \u202e\u0000end", "<script>alert(1)</script>", "a\r\nb\rc\nd"])
def test_a_note_takes_any_text(ana, write, words):
    assert write(words, script=True).status_code == 200
    shown = kept(ana).replace("&lt;", "<").replace("&gt;", ">")
    assert shown == words.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")


def test_a_note_holds_twenty_thousand_characters_and_not_one_more(ana, write):
    assert write("🙂" * 20_000, script=True).status_code == 200
    answer = write("🙂" * 20_001, script=True)
    assert answer.status_code == 400
    assert "20,000 characters" in answer.json["error"]
    assert kept(ana) == "🙂" * 20_000


def test_what_was_typed_stays_on_the_page_when_it_cannot_be_kept(ana, write):
    answer = write("x" * 20_001)
    assert answer.status_code == 400
    assert "x" * 20_001 in text(answer)
    assert "20,000 characters" in text(answer)
    assert kept(ana) == ""


def test_two_windows_never_overwrite_one_another(ana, write):
    first = write("From the first window", script=True).json["version"]
    answer = write("From the second, which saw an empty note", script=True, version=0)
    assert answer.status_code == 409
    assert kept(ana) == "From the first window"
    assert write("Further on", script=True, version=first).status_code == 200


def test_the_same_words_sent_twice_are_saved_once(write):
    first = write("Once", script=True).json
    assert write("Once", script=True, version=0).json == first


def test_nobody_else_sees_a_note(ana, write, sign_in, client):
    write("My secret doubts")
    for visitor in (sign_in("otto"), sign_in("mara"), sign_in("ivo"), sign_in("ada"), client):
        assert "My secret doubts" not in text(visitor.get(FIRST))


def test_a_note_beside_a_closed_lesson_is_refused(write, sign_in):
    answer = write("Too early", url=SECOND, client=sign_in("otto"))
    assert answer.status_code == 409


def test_a_course_tells_which_lessons_have_notes(ana, write):
    assert text(ana.get("/courses/try-out")).count("</svg> note") == 0
    write("Here")
    assert text(ana.get("/courses/try-out")).count("</svg> note") == 1
    write("")
    assert text(ana.get("/courses/try-out")).count("</svg> note") == 0


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 400])
def test_a_strange_version_is_no_version(write, version):
    write("Mine")
    assert write("Other", version=version, script=True).status_code == 409
