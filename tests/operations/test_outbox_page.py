"""What an administrator sees of the mail, and what is written down when they read it."""

import pytest

from core.database import db, writing
from core.models import OutboxMessage
from core.outbox import note_failed, note_sent, post
from core.outside import MailServer
from tests.conftest import NOW, token


@pytest.fixture
def letters(app, cast):
    """Three messages: one waits, one was given up, one went out."""
    with app.app_context():
        with writing():
            written = [post(f"{name}@example.org", f"For {name}", f"Secret of {name}", now=NOW) for name in NAMES]
        with writing():
            written[1].tries = 1
            note_failed(written[1], "550 no such person", for_good=True, now=NOW)
            note_sent(written[2], now=NOW)
    return {name: letter.id for name, letter in zip(NAMES, written, strict=True)}


NAMES = ("waits", "gone", "went")


@pytest.mark.parametrize(("shelf", "there"), [("waiting", "waits"), ("given-up", "gone"), ("sent", "went")])
def test_each_shelf_shows_its_own_messages_without_their_text(sign_in, letters, shelf, there):
    page = sign_in("ada").get(f"/outbox?shelf={shelf}").text
    assert f"For {there}" in page
    assert all(f"For {other}" not in page for other in NAMES if other != there)
    assert "Secret of" not in page


def test_a_shelf_that_does_not_exist_is_not_found(sign_in, letters):
    assert sign_in("ada").get("/outbox?shelf=attic").status_code == 404


def test_why_a_message_did_not_go_stands_beside_it(sign_in, letters):
    assert "1 try: 550 no such person" in sign_in("ada").get("/outbox?shelf=given-up").text


def test_without_a_mail_server_the_page_says_what_to_do(app, sign_in, letters):
    assert "SMTP_URL" in sign_in("ada").get("/outbox").text
    object.__setattr__(app.extensions["settings"], "mail", MailServer("mail.example.org", 587, False))
    assert "SMTP_URL" not in sign_in("ada").get("/outbox").text


def test_reading_a_message_shows_its_text_and_is_written_down(sign_in, letters):
    ada = sign_in("ada")
    page = ada.post(f"/outbox/{letters['waits']}/reading", data={"csrf_token": token(ada.get("/outbox"))})
    assert "Secret of waits" in page.text
    trail = ada.get("/audit").text
    assert "Read a message" in trail
    assert "to waits@example.org" in trail


def test_what_was_passed_on_by_hand_can_be_put_back(app, sign_in, letters):
    ada = sign_in("ada")
    form = {"csrf_token": token(ada.get("/outbox"))}
    assert ada.post(f"/outbox/{letters['waits']}/passed-on", data=form).status_code == 303
    assert "Put back" in ada.get("/outbox?shelf=sent").text
    assert ada.post(f"/outbox/{letters['waits']}/put-back", data=form).status_code == 303
    assert "For waits" in ada.get("/outbox").text


def test_what_was_given_up_waits_again_when_asked(app, sign_in, letters):
    ada = sign_in("ada")
    ada.post(f"/outbox/{letters['gone']}/again", data={"csrf_token": token(ada.get("/outbox?shelf=given-up"))})
    with app.app_context():
        assert db.session.get(OutboxMessage, letters["gone"]).given_up_at is None


@pytest.mark.parametrize("act", ["again", "passed-on", "put-back"])
def test_what_went_out_stays_as_it_is(sign_in, letters, act):
    ada = sign_in("ada")
    form = {"csrf_token": token(ada.get("/outbox"))}
    assert ada.post(f"/outbox/{letters['went']}/{act}", data=form).status_code == 409
    assert ada.post(f"/outbox/999999/{act}", data=form).status_code == 404
