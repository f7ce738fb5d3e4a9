"""Learners who sit exams one after another as pages lead them: begun, saved, sections left, handed in; and sent again where it was not acknowledged."""

import http.client
import json
import random
import re
import threading
import time
from dataclasses import dataclass
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from catalogue.live import current
from quizzes.sittings.forms import read_sent
from tests.faults.answering import PAUSE, SURENESS

COURSE, EXAM = "rehearsal", "mock"
SECTIONS = (range(1, 4), range(4, 7))
NOT_NOW = (502, 503, 504)
QUESTION = re.compile(rf"/questions/{COURSE}/([\w-]+)/reports")


@dataclass(frozen=True)
class Choice:
    """One way to answer a question: what the form sends, and what is kept of it."""

    fields: tuple[tuple[str, str], ...]
    response: str  # as JSON


def find_choices():
    """Return some ways to answer each question of the course; call it inside an app."""
    questions = current().courses[COURSE].questions.values()
    return {question.id: [choice(question, fields) for fields in ways(question)] for question in questions}


def choice(question, fields):
    sent = read_sent(question, MultiDict([*fields, ("act", "save"), ("sequence", "1")]))
    return Choice(tuple(fields), json.dumps(sent.response, sort_keys=True))


def ways(question):
    match question.kind:
        case "single":
            return [[("option", one.id)] for one in question.options]
        case "multiple":
            return [[("option", one.id) for one in question.options if one.id != left.id] for left in question.options]
        case "order":
            names = [one.id for one in question.items]
            return [places(names), places(names[::-1])]
        case "match":
            return [[(f"pair.{one.id}", one.right_id) for one in question.pairs]]
        case "dropdown":
            return [[(f"blank.{name}", options[n].id) for name, options in question.blanks.items()] for n in (0, 1)]
        case "hotspot":
            return [[("area", one.id)] for one in question.areas]
    return [[("number", "1.25")], [("number", "0.8")]]


def places(names):
    return [(f"place.{name}", str(place)) for place, name in enumerate(names, start=1)]


class Sitter(threading.Thread):
    """Lets a few learners sit exams by turns over one connection."""

    def __init__(self, house, learners, choices, ledger, seed):
        super().__init__(daemon=True)
        self.house, self.learners, self.choices, self.ledger = house, learners, choices, ledger
        self.random, self.connection, self.shaken = random.Random(seed), None, False

    def run(self):
        try:
            sittings = [self.sit(learner) for learner in self.learners]
            while not self.ledger.done:
                for sitting in sittings:
                    next(sitting)
        except Exception as error:
            self.ledger.surprises.append(repr(error))
        finally:
            self.hang_up()

    def sit(self, learner):
        """Sit one exam after another; each turn saves one answer, or does what comes between."""
        while True:
            attempt = self.begun(learner)
            for number, positions in enumerate(SECTIONS, start=1):
                for position in positions:
                    yield from self.answers(learner, attempt, position)
                if number < len(SECTIONS):
                    self.until(
                        learner, "POST", f"/attempts/{attempt}/sections", (302, 409), section=number, **{"break": "no"}
                    )
            self.until(learner, "POST", f"/attempts/{attempt}/submission", (302,))
            self.ledger.hand_in(attempt)
            yield

    def begun(self, learner):
        _, place, _ = self.until(learner, "POST", f"/courses/{COURSE}/exams/{EXAM}", (302,))
        return int(place.split("/")[-2])

    def answers(self, learner, attempt, position):
        """Change the answer to one question a few times; after a fault send the one before once more, too."""
        url, before = f"/attempts/{attempt}/answers/{position}", None
        _, _, page = self.until(learner, "GET", url, (200,))
        for sequence in range(1, self.random.randint(3, 8) + 1):
            given = self.random.choice(self.choices[QUESTION.search(page)[1]])
            step = (sequence, given, self.random.choice((None, *SURENESS)))
            key = (learner.id, attempt, position, sequence, given.response, step[2])
            self.ledger.note_key(key, known=False)
            self.save(learner, url, step)
            self.ledger.note_key(key, known=True)
            if self.shaken and before:
                self.shaken = False
                self.save(learner, url, before)
                self.ledger.confirmed_again += 1
            before = step
            yield

    def save(self, learner, url, step):
        sequence, given, sure = step
        sent = [("act", "save"), ("sequence", sequence), ("was", ""), ("confidence", sure or ""), *given.fields]
        _, _, told = self.until(learner, "POST", url, (200,), fields=sent, script=True)
        if json.loads(told)["saved"] is None:
            raise AssertionError(f"not saved: {url} {step}")

    def until(self, learner, method, url, wanted, *, fields=(), script=False, **more):
        """Send until it is answered as it should be."""
        sent = [("csrf_token", learner.token), *fields, *more.items()]
        while True:
            answer = self.sent(learner, method, url, sent, script)
            if answer and answer[0] in wanted:
                return answer
            if answer and answer[0] not in NOT_NOW:
                raise AssertionError(f"{answer[0]} for {method} {url} {sent}: {answer[2][-400:]}")
            self.shaken = True
            self.ledger.sent_again += 1
            time.sleep(PAUSE)

    def sent(self, learner, method, url, fields, script):
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.house.port, timeout=40)
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": learner.cookie}
        headers |= {"X-Requested-With": "fetch"} if script else {}
        try:
            self.connection.request(method, url, urlencode(fields) if method == "POST" else None, headers)
            answer = self.connection.getresponse()
            return answer.status, answer.headers.get("Location", ""), answer.read().decode()
        except (OSError, http.client.HTTPException):
            self.hang_up()
            return None

    def hang_up(self):
        if self.connection:
            self.connection.close()
        self.connection = None
