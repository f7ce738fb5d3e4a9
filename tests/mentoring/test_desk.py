from datetime import timedelta

import pytest

from core.database import writing
from progress.enrolments import enrol
from progress.records import Deed, note
from tests.conftest import NOW


def text(response):
    return response.get_data(as_text=True)


@pytest.fixture
def study(app, cast):
    """Return a function that lets somebody join the test course and answer something so many days ago."""
    from core.clock import now

    def go(key, days):
        with app.app_context(), writing(learner=cast[key].id):
            enrol(cast[key].id, "try-out", now=NOW)
            deed = Deed(
                kind="answer", course="try-out", lesson="first", source="check:1", question="try-out/one", mark=1.0
            )
            note(cast[key].id, deed, now=now() - timedelta(days=days))

    return go


def test_a_mentor_sees_their_learners_and_nobody_else(sign_in):
    page = text(sign_in("mara").get("/mentoring"))
    assert "Ana Ruiz" in page
    assert "Ben Osei" in page
    assert "Otto Fremd" not in page


def test_the_desk_shows_courses_answers_and_the_last_day(sign_in, study, cast):
    study("ana", 0)
    page = text(sign_in("mara").get("/mentoring"))
    row = page.split("Ana Ruiz")[1].split("</tr>")[0]
    assert "A course to try things out" in row
    assert "0 of 3 lessons" in row
    assert '<td class="figure">1</td>' in row
    assert ">today</time>" in row
    assert f'href="/people/{cast["ana"].id}/progress"' in page


def test_whoever_was_quiet_for_a_week_comes_first(sign_in, study):
    study("ana", 0)
    study("ben", 9)
    page = text(sign_in("mara").get("/mentoring"))
    assert "1 learner may need a word" in page
    assert "Not studied for 9 days" in page
    assert page.index("Ben Osei") < page.index("Ana Ruiz")


def test_a_mentor_without_learners_is_told_how_they_come(app, sign_in, cast):
    from accounts.mentorships import end_all_mentorships
    from accounts.models import Person, Role

    with app.app_context(), writing() as session:
        end_all_mentorships(session.get(Person, cast["mara"].id), Role.MENTOR, now=NOW)
    assert "No learner is with you yet" in text(sign_in("mara").get("/mentoring"))


def test_the_desk_is_for_mentors(sign_in, client):
    assert client.get("/mentoring").status_code == 302
    for key in ("ana", "ivo", "ada"):
        assert sign_in(key).get("/mentoring").status_code == 403


def test_the_desk_costs_three_statements_however_many_learners_there_are(sign_in, study, statements):
    study("ana", 0)
    study("ben", 2)
    mara = sign_in("mara")
    mara.get("/mentoring")
    statements.clear()
    mara.get("/mentoring")
    assert len(statements) == 3
