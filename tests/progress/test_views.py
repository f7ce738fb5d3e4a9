"""The progress page: one's own, and that of those one may see."""

import pytest

from core.clock import now
from core.database import writing
from progress.enrolments import enrol
from progress.reading import mark_read, open_lesson
from progress.records import Deed, note


def study(app, learner, answers=0, confidence="sure"):
    """Let somebody read the first lesson and give answers."""
    from catalogue.live import current

    with app.app_context(), writing(learner=learner.id):
        enrol(learner.id, "try-out", now=now())
        open_lesson(learner.id, "try-out", "first", now=now())
        mark_read(learner.id, current().lesson("try-out/first"), now=now())
        for number in range(answers):
            note(learner.id, given(number, confidence), now=now())


def given(number, confidence):
    return Deed(
        kind="answer",
        course="try-out",
        lesson="first",
        objective="contrast.time",
        question="try-out/one",
        mark=float(number % 2),
        confidence=confidence,
        source="check:1",
    )


def text(response):
    return " ".join(response.get_data(as_text=True).split())


def test_whoever_has_not_begun_is_invited(sign_in):
    page = text(sign_in("ana").get("/progress"))
    assert "Progress begins with a first lesson" in page
    assert "See the courses" in page


def test_it_shows_courses_evidence_and_what_to_do_next(app, cast, sign_in):
    study(app, cast["ana"], 3)
    page = text(sign_in("ana").get("/progress"))
    assert "<h1>No lesson complete yet; “Handing over” needs answers most</h1>" in page
    assert "Tell a temporary endeavour from an ongoing service" in page
    assert "Name what crosses the line" in page
    assert "1 of 3 right" in page
    assert "needs 9 more answers" in page
    assert "Of 3 answers called sure, 1 came out right: too few to tell." in page
    assert "1 day with study in the last 16 weeks" in page
    assert "Read next" in page


def test_checks_left_behind_come_before_new_lessons(app, cast, sign_in):
    study(app, cast["ana"])
    page = text(sign_in("ana").get("/progress"))
    assert page.index("Answer the check") < page.index("Read next")


def test_there_is_no_table_of_sureness_before_there_are_answers(app, cast, sign_in):
    study(app, cast["ana"])
    assert "How sure, how right" not in text(sign_in("ana").get("/progress"))


def test_few_answers_never_become_a_share(app, cast, sign_in):
    study(app, cast["ana"], 2)
    page = text(sign_in("ana").get("/progress"))
    assert "100 %" not in page
    assert "50 %" not in page


def test_the_mentor_sees_the_same_page_with_the_learners_name(app, cast, sign_in):
    study(app, cast["ana"], 3)
    page = text(sign_in("mara").get(f"/people/{cast['ana'].id}/progress"))
    assert "<h1>Ana Ruiz: No lesson complete yet" in page
    assert "1 of 3 right" in page


@pytest.mark.parametrize(
    ("who", "status"), [("ana", 200), ("mara", 200), ("ada", 200), ("ben", 404), ("otto", 404), ("ivo", 404)]
)
def test_only_those_who_may_see_a_learner_find_the_page(app, cast, sign_in, who, status):
    assert sign_in(who).get(f"/people/{cast['ana'].id}/progress").status_code == status


def test_a_visitor_is_asked_in(client):
    assert client.get("/progress").status_code in (302, 401)


@pytest.mark.parametrize("answers", [2, 400])
@pytest.mark.parametrize("who", ["ana", "mara"])
def test_the_page_takes_the_same_statements_however_much_there_is(app, cast, sign_in, statements, who, answers):
    study(app, cast["ana"], answers)
    visitor = sign_in(who)
    statements.clear()
    visitor.get(f"/people/{cast['ana'].id}/progress")
    assert len(statements) == 6, statements
    statements.clear()
    visitor.get("/progress")
    assert len(statements) == 5, statements


def test_progress_stands_in_the_navigation_of_whoever_is_signed_in(sign_in, client):
    assert 'href="/progress"' in text(sign_in("ana").get("/progress"))
    assert 'href="/progress"' not in text(client.get("/sign-in"))
