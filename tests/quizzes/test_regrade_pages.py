"""A correction on its pages: from the report to the mended question, to the marks, and back to the learner."""

import re

import pytest
import sqlalchemy as sa
import yaml

from accounts.models import Person
from catalogue.live import current, refresh
from catalogue.models import Document, Revision
from catalogue.publishing import publish
from core.clock import now
from core.database import db, writing
from quizzes.models import AttemptItem
from tests.quizzes.test_report_pages import send
from tests.quizzes.test_sitting_pages import ana, begin, item, post, press, text  # noqa: F401  # a fixture


@pytest.fixture
def missed(app, ana):  # noqa: F811
    """A practice of Ana's whose first answer is wrong; return its address."""
    sitting = begin(ana, "/practice", course="rehearsal", kind="single", difficulty="medium")
    press(ana, sitting, 1, "finish", confidence="sure", option=[wrong_option(app, sitting)])
    return sitting


def wrong_option(app, sitting):
    with app.app_context():
        question = current().question(item(app, sitting, 1).question)
    return next(one.id for one in question.options if not one.correct)


def correct(app, name, right):
    """Publish the bank with another right option, as an instructor would."""
    with app.app_context(), writing() as session:
        question = current().question(name)
        document = session.scalar(sa.select(Document).where(Document.path == question.path))
        bank = yaml.safe_load(session.get(Revision, document.published_revision_id).source)
        for written in bank["questions"]:
            if written["id"] == question.id:
                for option in written["options"]:
                    option["correct"] = option["id"] == right
        publish(document, yaml.safe_dump(bank), session.get(Person, 1), now(), note="The key was wrong.")
    with app.app_context():
        refresh()


def regrade_address(desk):
    return re.search(r'href="(/studio/reports/regrades/[^"]+)"', text(desk))[1].replace("&amp;", "&")


def test_from_a_report_to_the_mended_question_to_the_mark_of_whoever_told_us(app, ana, missed, sign_in):  # noqa: F811
    chosen, name = wrong_option(app, missed), item(app, missed, 1).question
    send(ana, ana.get(f"{missed}/answers/1"))
    ivo = sign_in("ivo")
    assert "Mark answers anew" not in text(ivo.get("/studio/reports"))
    correct(app, name, chosen)
    page = ivo.get(address := regrade_address(ivo.get("/studio/reports")))
    assert "1 answer to mark anew" in text(page) and "The old marks stay" in text(page)
    newer = re.search(r'name="newer" value="(\w+)"', text(page))[1]
    stale = post(ivo, address, newer="0" * 64)
    assert stale.status_code == 409 and "changed again meanwhile" in text(stale)
    assert item(app, missed, 1).mark == 0.0
    assert post(ivo, address, newer=newer).status_code == 302
    assert "1 answer marked anew" in text(ivo.get("/studio/reports"))
    assert "Nothing to mark anew" in text(ivo.get(address))
    assert item(app, missed, 1).mark == 1.0
    told = text(ana.get(f"{missed}/answers/1"))
    assert "Your answer was marked anew" in told and "Right." in told


def test_only_who_looks_after_content_marks_anew(app, ana, missed, sign_in):  # noqa: F811
    name, digest = item(app, missed, 1).question, item(app, missed, 1).digest
    course, _, question = name.partition("/")
    address = f"/studio/reports/regrades/{course}/{question}?digest={digest}"
    correct(app, name, wrong_option(app, missed))
    for key in ("ana", "ben", "mara"):
        assert sign_in(key).get(address).status_code == 403
        assert post(sign_in(key), address, newer="0" * 64).status_code == 403
    assert sign_in("ada").get(address).status_code == 200
    with app.app_context():
        assert db.session.scalar(sa.select(AttemptItem.mark).where(AttemptItem.question == name)) == 0.0
