"""Learners who answer checks as pages send them, keep what was acknowledged, and send again what was not."""

import http.client
import random
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

from flask import session
from flask_wtf.csrf import generate_csrf

from accounts.people import add_person
from app import alembic, create_app
from catalogue.live import current
from catalogue.publishing import sync
from core.clock import now
from core.database import db, writing
from tests.conftest import PASSWORD, settings_for
from tests.faults.served import SECRET

COURSE = "try-out"
PAUSE = 0.2  # before something is sent again
SURENESS = ("guess", "fairly-sure", "sure")


@dataclass(frozen=True)
class Learner:
    """Somebody with an account, signed in: the cookie and the token are signed as the server signs them."""

    id: int
    cookie: str
    token: str


@dataclass(frozen=True)
class Check:
    """A check of the course: where it stands, its digest and its options."""

    ref: str
    path: str
    digest: str
    options: tuple[str, ...]


@dataclass(frozen=True)
class Step:
    """What a learner sends."""

    check: Check
    act: str
    try_number: int
    sequence: int
    options: tuple[str, ...] = ()
    confidence: str | None = None


def prepare(folder, url, learners):
    """Migrate, publish, and open accounts; return the learners and the checks."""
    app = create_app(settings_for(folder, url, secret_key=SECRET))
    with app.app_context():
        alembic.upgrade()
        with writing():
            sync(app.extensions["settings"].content_dir, now=now())
        with writing() as turn:
            people = [
                add_person(f"learner-{n}@example.org", f"Learner {n}", PASSWORD, ["learner"], now=now())
                for n in range(learners)
            ]
            turn.flush()
        names = [(person.id, person.get_id()) for person in people]
        checks = find_checks()
        db.session.close()
        db.engine.dispose()
    return [signed_in(app, *name) for name in names], checks


def signed_in(app, number, name):
    with app.test_request_context():
        session["_user_id"], session["_fresh"] = name, True
        token = generate_csrf()
        signed = app.session_interface.get_signing_serializer(app).dumps(dict(session))
        return Learner(number, f"session={signed}", token)


def find_checks():
    course = current().courses[COURSE]
    return [
        Check(
            ref,
            f"/courses/{COURSE}/checks/{lesson.id}/{ref.split('/')[1]}",
            current().question(ref).digest,
            tuple(option.id for option in current().question(ref).options),
        )
        for lesson in course.lessons
        for ref in lesson.checks
    ]


@dataclass
class Ledger:
    """What was sent, what was acknowledged, and what nobody expected."""

    wanted: int
    sent: set = field(default_factory=set)
    acknowledged: set = field(default_factory=set)
    sent_again: int = 0
    confirmed_again: int = 0
    handed_in: set = field(default_factory=set)  # sittings of exams
    surprises: list = field(default_factory=list)
    guard: threading.Lock = field(default_factory=threading.Lock)

    @property
    def done(self):
        return len(self.acknowledged) >= self.wanted or self.surprises

    def note(self, learner, step, *, known):
        key = (learner.id, step.check.ref, step.try_number, step.sequence, step.act, step.options, step.confidence)
        self.note_key(key, known=known)

    def note_key(self, key, *, known):
        with self.guard:
            (self.acknowledged if known else self.sent).add(key)

    def hand_in(self, attempt):
        with self.guard:
            self.handed_in.add(attempt)


class Answerer(threading.Thread):
    """Lets a few learners answer by turns over one connection."""

    def __init__(self, house, learners, checks, ledger, seed):
        super().__init__(daemon=True)
        self.house, self.learners, self.checks, self.ledger = house, learners, checks, ledger
        self.random, self.connection, self.shaken = random.Random(seed), None, False

    def run(self):
        try:
            plans = [(learner, self.plan()) for learner in self.learners]
            last = {}
            while not self.ledger.done:
                for learner, plan in plans:
                    step = next(plan)
                    self.deliver(learner, step, last.get(learner))
                    last[learner] = step
        except Exception as error:
            self.ledger.surprises.append(repr(error))
        finally:
            self.hang_up()

    def hang_up(self):
        if self.connection:
            self.connection.close()
        self.connection = None

    def plan(self):
        """Answer every check, then try each again, for ever."""
        for try_number in range(1, 10_000):
            for check in self.checks:
                if try_number > 1:
                    yield Step(check, "again", try_number - 1, 1)
                saves = self.random.randint(1, 4)
                for sequence in range(1, saves + 1):
                    yield self.choose(check, "save", try_number, sequence)
                yield self.choose(check, "finish", try_number, saves + 1)

    def choose(self, check, act, try_number, sequence):
        sure = self.random.choice(SURENESS) if act == "finish" else None
        return Step(check, act, try_number, sequence, (self.random.choice(check.options),), sure)

    def deliver(self, learner, step, before):
        """Send a step until it is acknowledged; after a fault send the one before once more, too."""
        counts = step.act != "again"
        if counts:
            self.ledger.note(learner, step, known=False)
        while not self.acknowledged(learner, step):
            self.shaken = True
            self.ledger.sent_again += 1
            time.sleep(PAUSE)
        if counts:
            self.ledger.note(learner, step, known=True)
        if self.shaken and before and before.act != "again" and step.act != "again":
            self.shaken = False
            while not self.acknowledged(learner, before):
                time.sleep(PAUSE)
            self.ledger.confirmed_again += 1

    def acknowledged(self, learner, step):
        """Send a step; say whether the page said that it is kept."""
        try:
            status, page = self.post(learner, step)
        except (OSError, http.client.HTTPException):
            self.hang_up()
            return False
        if status == 200 and (step.act == "again" or "Saved" in page):
            return True
        if status not in (502, 503, 504):
            self.ledger.surprises.append((status, step, page[-600:]))
            raise AssertionError(f"{status} for {step}")
        return False

    def post(self, learner, step):
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.house.port, timeout=40)
        fields = [("csrf_token", learner.token), ("act", step.act), ("try", step.try_number)]
        fields += [("sequence", step.sequence), ("shown_digest", step.check.digest)]
        fields += [("option", option) for option in step.options]
        fields += [("confidence", step.confidence)] if step.confidence else []
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": learner.cookie}
        self.connection.request("POST", step.check.path, urlencode(fields), headers | {"X-Requested-With": "fetch"})
        answer = self.connection.getresponse()
        return answer.status, answer.read().decode()
