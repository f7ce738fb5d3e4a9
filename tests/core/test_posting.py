"""Mail reaches a real mail server once, waits when there is none, and is given up with a reason."""

import socket
import threading
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
import sqlalchemy as sa
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from core.database import db, writing
from core.models import OutboxMessage
from core.outbox import GIVEN_UP_AFTER, HELD, KEPT_FOR, claim, forget_old_mail, post, try_again
from core.outside import MailServer
from core.posting import late_mail, send_waiting
from tests.conftest import NOW

SENDER = "study@example.org"
MINUTE = timedelta(minutes=1)


class Postman:
    """A mail server of our own that keeps what it takes, and refuses whom it was told to."""

    def __init__(self):
        self.taken, self.refusals = [], {}

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address, options):
        if address in self.refusals:
            return self.refusals[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.taken.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 taken"


@pytest.fixture
def postman():
    keeper = Postman()
    controller = Controller(keeper, hostname="127.0.0.1", port=0, enable_SMTPUTF8=True)
    controller.port = free_port()
    controller.start()
    keeper.server = MailServer("127.0.0.1", controller.port, tls=False)
    yield keeper
    controller.stop()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def house(app):
    with app.app_context():
        yield app


def write(*recipients):
    with writing():
        for recipient in recipients:
            post(recipient, "Set a new password", "Here: https://study.example.org/password-resets/secret", now=NOW)


def messages():
    db.session.rollback()
    db.session.expire_all()
    return db.session.scalars(sa.select(OutboxMessage).order_by(OutboxMessage.id)).all()


def test_what_waits_is_sent_once_and_its_text_forgotten(house, postman):
    write("ana@example.org", "ben@example.org")
    assert send_waiting(postman.server, SENDER, NOW) == "2 messages sent, 0 not"
    assert send_waiting(postman.server, SENDER, NOW + MINUTE) is None
    assert [message["To"] for message in postman.taken] == ["ana@example.org", "ben@example.org"]
    assert "password-resets/secret" in postman.taken[0].get_content()
    assert [(message.sent_at, message.body) for message in messages()] == [(NOW, ""), (NOW, "")]


def test_a_letter_says_who_sends_it_and_that_no_answer_is_due(house, postman):
    write("ana@example.org")
    send_waiting(postman.server, SENDER, NOW)
    letter = postman.taken[0]
    assert (letter["From"], letter["Auto-Submitted"]) == (SENDER, "auto-generated")
    assert letter["Message-ID"].endswith("@example.org>")
    assert letter["Date"].datetime == NOW


def test_two_senders_at_once_share_the_work_and_double_nothing(house, postman):
    write(*(f"learner-{number}@example.org" for number in range(40)))
    gate = threading.Barrier(3)

    def send():
        with house.app_context():
            gate.wait()
            send_waiting(postman.server, SENDER, NOW)

    senders = [threading.Thread(target=send) for _ in range(3)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert sorted(letter["To"] for letter in postman.taken) == sorted(m.recipient for m in messages())
    assert all(message.sent_at for message in messages())


def test_a_sender_that_died_holds_its_messages_for_ten_minutes_and_no_longer(house, postman):
    write("ana@example.org")
    with writing():
        assert len(claim(10, now=NOW)) == 1
    assert send_waiting(postman.server, SENDER, NOW + MINUTE) is None
    assert send_waiting(postman.server, SENDER, NOW + HELD) == "1 message sent, 0 not"


def test_without_a_server_mail_waits_longer_each_time_and_is_given_up_after_three_days(house):
    write("ana@example.org")
    nowhere = MailServer("127.0.0.1", free_port(), tls=False)
    moment, pauses = NOW, []
    while messages()[0].given_up_at is None:
        assert send_waiting(nowhere, SENDER, moment) == "0 messages sent, 1 not"
        pauses.append((messages()[0].next_try_at - moment) // MINUTE)
        moment = messages()[0].next_try_at
    assert pauses[:6] == [1, 5, 15, 60, 240, 240]
    assert messages()[0].given_up_at - NOW >= GIVEN_UP_AFTER
    assert "cannot be used" in messages()[0].last_error
    assert messages()[0].body


def test_an_address_that_does_not_exist_is_given_up_at_once_and_the_others_go(house, postman):
    write("gone@example.org", "full@example.org", "ben@example.org")
    postman.refusals = {"gone@example.org": "550 no such person", "full@example.org": "452 no room just now"}
    assert send_waiting(postman.server, SENDER, NOW) == "1 message sent, 2 not"
    gone, full, ben = messages()
    assert (gone.given_up_at, gone.last_error) == (NOW, "550 no such person")
    assert (full.given_up_at, full.last_error, full.next_try_at) == (None, "452 no room just now", NOW + MINUTE)
    assert ben.sent_at == NOW


def test_what_was_given_up_can_be_tried_again(house, postman):
    write("gone@example.org")
    postman.refusals = {"gone@example.org": "550 no such person"}
    send_waiting(postman.server, SENDER, NOW)
    with writing():
        try_again(db.session.scalars(sa.select(OutboxMessage)).one(), now=NOW + MINUTE)
    postman.refusals = {}
    assert send_waiting(postman.server, SENDER, NOW + MINUTE) == "1 message sent, 0 not"


def test_an_address_cannot_smuggle_a_header_into_a_letter(house, postman):
    write("ana@example.org\nBcc: everybody@example.org")
    assert send_waiting(postman.server, SENDER, NOW) == "0 messages sent, 1 not"
    assert postman.taken == []
    assert messages()[0].given_up_at == NOW


def test_names_and_words_of_every_script_arrive_as_they_were_written(house, postman):
    with writing():
        post("ana@example.org", "Überraschung für 田中 🎓", "Grüße\nعربى 🎓\n", now=NOW)
    send_waiting(postman.server, SENDER, NOW)
    assert postman.taken[0]["Subject"] == "Überraschung für 田中 🎓"
    assert postman.taken[0].get_content().splitlines() == ["Grüße", "عربى 🎓"]


def test_a_password_is_not_sent_to_a_far_server_that_offers_no_encryption(house, postman, monkeypatch):
    monkeypatch.setattr(MailServer, "near", False)
    write("ana@example.org")
    asked = []
    monkeypatch.setattr(SMTP, "smtp_AUTH", lambda *given: asked.append(given))
    server = MailServer("127.0.0.1", postman.server.port, False, "study", "hidden-word")
    assert send_waiting(server, SENDER, NOW) == "0 messages sent, 1 not"
    assert "offers no encryption" in messages()[0].last_error
    assert asked == []


def test_a_clock_that_was_years_ahead_holds_no_mail_back(house, postman):
    with writing():
        post("ana@example.org", "Hello", "Words", now=NOW + timedelta(days=900))
    assert send_waiting(postman.server, SENDER, NOW) == "1 message sent, 0 not"


def test_mail_that_waits_too_long_is_a_warning_and_no_reason_to_stop_serving(house):
    write("ana@example.org")
    assert late_mail(NOW + 10 * MINUTE) is None
    assert late_mail(NOW + 40 * MINUTE) == "holds a message for 40 minutes"


def test_what_was_sent_long_ago_is_forgotten(house, postman):
    write("ana@example.org", "ben@example.org")
    send_waiting(postman.server, SENDER, NOW)
    write("cyd@example.org")
    with writing():
        assert forget_old_mail(now=NOW + KEPT_FOR) == 0
        assert forget_old_mail(now=NOW + KEPT_FOR + MINUTE) == 2
    assert [message.recipient for message in messages()] == ["cyd@example.org"]
