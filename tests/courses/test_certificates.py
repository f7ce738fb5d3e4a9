"""Certificates: earned by what the course asks for, kept as they were, and open to whoever is shown their address."""

import re

import pytest
import sqlalchemy as sa

from core.clock import now
from core.database import db, writing
from progress.models import Certificate, Enrolment
from quizzes.sittings.best import best_percent
from tests.conftest import token
from tests.courses.conftest import FIRST, SECOND, THIRD, read, text
from tests.quizzes.test_sitting_pages import begin, post, press, right_answer
from tests.simulations.conftest import begin as begin_run
from tests.simulations.conftest import play_on, predict

COURSE = "/courses/try-out"
ALL_LESSONS = ("status: live", "status: live\ncompletion: {lessons: all}")


def certified(client, course=COURSE):
    return client.post(f"{course}/certificate", data={"csrf_token": token(client.get("/account"))})


def certificates(app):
    with app.app_context():
        return db.session.scalars(sa.select(Certificate)).all()


@pytest.fixture
def without_checks(rewrite):
    """The try-out course gives a certificate, and its lessons ask nothing."""
    rewrite("try-out/course.yaml", *ALL_LESSONS)
    for name in ("first", "second", "third"):
        rewrite(f"try-out/lessons/{name}.md", "/// check", "/// note")


def test_the_course_says_what_completes_it_and_how_far_one_is(ana, client, without_checks):
    read(ana, FIRST)
    page = text(ana.get(COURSE))
    assert "All 3 lessons complete" in page and "(1 so far)" in page
    assert "Get your certificate" not in page
    assert "All 3 lessons complete" in text(client.get(COURSE))
    assert "so far" not in text(client.get(COURSE))


def test_a_course_that_is_not_complete_gives_none_and_says_what_is_missing(app, ana, without_checks):
    answer = certified(ana)
    assert answer.status_code == 409
    assert "not complete yet: All 3 lessons complete." in text(answer)
    assert certificates(app) == []


def test_a_course_that_asks_for_nothing_gives_none(app, ana):
    assert "it gives no certificate" in text(certified(ana))
    assert certificates(app) == []


def test_whoever_completes_a_course_gets_a_certificate_that_anybody_can_check(app, ana, client, without_checks):
    for lesson in (FIRST, SECOND, THIRD):
        read(ana, lesson)
    assert "Get your certificate" in text(ana.get(COURSE))
    address = certified(ana).headers["Location"]
    assert re.fullmatch(r"/certificates/[0-9a-f]{24}", address)
    shown = client.get(address)
    for words in (
        "Ana Ruiz",
        "A course to try things out",
        "All 3 lessons complete",
        f"http://127.0.0.1:8000{address}",
    ):
        assert words in text(shown)
    assert shown.headers["X-Robots-Tag"] == "noindex"
    assert "Print this page" not in text(shown) and "Print this page" in text(ana.get(address))
    assert f'href="{address}"' in text(ana.get(COURSE))


def test_asked_for_twice_it_is_the_same_and_it_stays_as_it_was(app, ana, without_checks, rewrite):
    for lesson in (FIRST, SECOND, THIRD):
        read(ana, lesson)
    address = certified(ana).headers["Location"]
    rewrite("try-out/course.yaml", "title: A course to try things out", "title: Another course")
    assert certified(ana).headers["Location"] == address
    assert len(certificates(app)) == 1
    assert "A course to try things out" in text(ana.get(address))


@pytest.mark.parametrize("serial", ["x", "a" * 24, "A" * 5000, "%00", "..", "0"])
def test_a_serial_that_was_never_given_is_nothing(client, serial):
    assert client.get(f"/certificates/{serial}").status_code == 404


def test_an_exam_and_a_scenario_can_be_asked_for(app, cast, sign_in, rewrite):
    asked = "completion: {exam: mock, at_least: 40, scenarios: [harbour], reflections: [harbour]}\nmodules:"
    rewrite("rehearsal/course.yaml", "modules:", asked)
    ana, course = sign_in("ana"), "/courses/rehearsal"
    page = text(ana.get(course))
    assert "with 40 % or more" in page and "“The harbour gate” played to its end" in page
    sitting = begin(ana, f"{course}/exams/mock")
    for position in range(1, 4):
        press(ana, sitting, position, **right_answer(app, sitting, position))
    post(ana, f"{sitting}/submission")
    assert "played to its end" in text(certified(ana, course))
    run = play_on(ana, begin_run(ana))
    assert "A reflection on “The harbour gate” written" in text(certified(ana, course))
    predict(ana, run)
    ana.get(f"{run}/debrief")
    post(ana, f"{run}/reflection", **{"answer-1": "The storm surprised me."})
    assert certified(ana, course).status_code == 302
    with app.app_context():
        assert best_percent(cast["ana"].id, "rehearsal", "mock", now()) in (40.0, 60.0)  # one of six counts for nothing
        assert best_percent(cast["ben"].id, "rehearsal", "mock", now()) is None


def test_results_that_are_held_back_earn_nothing_yet(app, cast, sign_in):
    ana = sign_in("ana")
    sitting = begin(ana, "/courses/rehearsal/exams/mock")
    post(ana, f"{sitting}/submission")
    learner = cast["ana"].id
    with app.app_context():
        assert best_percent(learner, "rehearsal", "mock", now()) == 0.0
        with writing(learner=learner) as session:
            held = session.scalar(sa.select(Enrolment).where(Enrolment.learner_id == learner))
            held.results_held_until = now().replace(year=2999)
        assert best_percent(learner, "rehearsal", "mock", now()) is None
