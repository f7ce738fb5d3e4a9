"""The mentor during a learner's exam: more time, taken back, and results that wait."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from accounts.models import AuditEntry
from core import clock
from core.database import db
from progress.models import Enrolment
from quizzes.models import Attempt, AttemptEvent
from tests.quizzes.test_sitting_pages import begin, post, press, right_answer, text

PAGE = "/mentoring/sittings"


@pytest.fixture
def sitting(sign_in):
    """An exam that Ana sits now."""
    return begin(sign_in("ana"))


def give(client, sitting, **changes):
    return post(client, f"/mentoring{sitting.replace('attempts', 'sittings')}/time", **changes)


def deadline(app, sitting):
    with app.app_context():
        return db.session.get(Attempt, int(sitting.rpartition("/")[2])).deadline_at


def rows(app, model):
    with app.app_context():
        return db.session.scalars(sa.select(model).order_by(model.id)).all()


def hold(app, client, moment, learner, **more):
    with app.app_context():
        found = sa.select(Enrolment.id).where(Enrolment.learner_id == learner.id, Enrolment.course == "rehearsal")
        number = db.session.scalar(found)
    return post(client, f"/mentoring/enrolments/{number}/results", until=moment, **more)


def test_a_mentor_sees_who_sits_an_exam_and_gives_more_time(app, sign_in, sitting):
    mara, before = sign_in("mara"), deadline(app, sitting)
    assert "Exams of your learners" in text(mara.get("/mentoring"))
    page = text(mara.get(PAGE))
    assert "1 learner sits an exam now" in page and "Ana Ruiz" in page and "0 of 6 answered" in page
    assert give(mara, sitting, minutes="15", reason="The fire alarm rang").status_code == 303
    assert deadline(app, sitting) - before == timedelta(minutes=15)
    event, line = rows(app, AttemptEvent)[-1], rows(app, AuditEntry)[-1]
    assert (event.kind, event.detail) == ("extended", {"minutes": 15, "reason": "The fire alarm rang"})
    assert event.by_id == line.actor_id and line.act == "gave time in an exam" and line.details["minutes"] == "15"
    assert "15 minutes of it added by your mentor" in text(sign_in("ana").get(f"{sitting}/answers/1"))
    assert "15 minutes added" in text(mara.get(PAGE))


def test_what_was_given_can_be_taken_back(app, sign_in, sitting):
    mara, before = sign_in("mara"), deadline(app, sitting)
    give(mara, sitting, minutes="60", reason="By mistake")
    assert give(mara, sitting, act="take-back").status_code == 303
    assert deadline(app, sitting) == before and "Take back" not in text(mara.get(PAGE))
    again = give(mara, sitting, act="take-back")
    assert again.status_code == 409 and "taken back already" in text(again)


@pytest.mark.parametrize(("sent", "told"), [({"minutes": "7", "reason": "x"}, "valid choice"), ({"minutes": "-5", "reason": "x"}, "valid choice"), ({"minutes": "x", "reason": "Kept words"}, "Kept words"), ({"minutes": "10", "reason": ""}, "Say in a few words why")])  # fmt: skip
def test_a_wrong_form_keeps_what_was_typed_and_changes_nothing(app, sign_in, sitting, sent, told):
    before = deadline(app, sitting)
    page = give(sign_in("mara"), sitting, **sent)
    assert page.status_code == 422 and told in text(page) and deadline(app, sitting) == before


def test_nobody_but_the_learners_mentor_reaches_a_sitting(app, sign_in, sitting):
    before = deadline(app, sitting)
    for key, status in (("ana", 403), ("otto", 403), ("ivo", 403), ("ada", 403)):
        assert give(sign_in(key), sitting, minutes="10", reason="x").status_code == status
    with app.app_context():
        from accounts.mentorships import end_all_mentorships
        from accounts.models import Person, Role
        from core.database import writing

        with writing() as session:
            mara = session.scalar(sa.select(Person).where(Person.name == "Mara Lind"))
            end_all_mentorships(mara, Role.MENTOR, now=clock.now())
    assert give(sign_in("mara"), sitting, minutes="10", reason="x").status_code == 404
    assert "Ana" not in text(sign_in("mara").get(PAGE)) and deadline(app, sitting) == before


def test_a_sitting_that_ended_meanwhile_is_refused(sign_in, sitting):
    mara = sign_in("mara")
    post(sign_in("ana"), f"{sitting}/submission")
    assert "Nobody sits an exam now" in text(mara.get(PAGE))
    assert give(mara, sitting, minutes="10", reason="x").status_code == 404


def test_results_wait_until_the_mentor_says_so(app, cast, sign_in, sitting):
    mara, ana = sign_in("mara"), sign_in("ana")
    until = (clock.now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    assert hold(app, mara, until, cast["ana"]).status_code == 303
    assert "held until" in text(mara.get(PAGE))
    press(ana, sitting, 1, **right_answer(app, sitting, 1))
    post(ana, f"{sitting}/submission")
    assert "Results of this course are shown from" in text(ana.get(f"{sitting}/result"))
    assert '"source": "exam:' not in text(ana.get("/progress/log"))
    assert hold(app, mara, until, cast["ana"], act="show").status_code == 303
    assert "of 5 right" in text(ana.get(f"{sitting}/result"))
    assert '"source": "exam:' in text(ana.get("/progress/log"))
    acts = [line.act for line in rows(app, AuditEntry)]
    assert acts[-2:] == ["held results back", "showed results"]


def test_a_year_that_nobody_means_is_asked_back(app, cast, sign_in, sitting):
    answer = hold(app, sign_in("mara"), "9999-12-31T23:59", cast["ana"])
    assert answer.status_code == 422
    assert "Write a year before 3000." in text(answer)


def test_a_moment_is_meant_in_the_mentors_time_zone(app, cast, sign_in, sitting):
    mara = sign_in("mara")
    page = mara.get("/account")
    form = dict(re.findall(r'name="(\w+)"[^>]*value="([^"]*)"', text(page)))
    post(
        mara,
        "/account",
        name="Mara Lind",
        time_zone="Pacific/Auckland",
        extra_time="0",
        profile=form.get("profile", ""),
    )
    hold(app, mara, "2099-01-01T10:00", cast["ana"])
    (held,) = [row for row in rows(app, Enrolment) if row.results_held_until]
    assert held.results_held_until.isoformat().startswith("2098-12-31T21:00")


@pytest.mark.parametrize(
    ("typed", "told"), [("", "Write the day"), ("tomorrow", "valid"), ("2020-01-01T10:00", "has passed")]
)
def test_a_moment_that_cannot_be_is_refused_and_kept(app, cast, sign_in, sitting, typed, told):
    page = hold(app, sign_in("mara"), typed, cast["ana"])
    assert page.status_code == 422 and told in text(page) and f'value="{typed}"' in text(page)
    assert [row for row in rows(app, Enrolment) if row.results_held_until] == []


def test_the_page_costs_the_same_however_many_sit(app, sign_in, sitting, statements):
    mara = sign_in("mara")
    mara.get(PAGE)
    statements.clear()
    mara.get(PAGE)
    one = len(statements)
    begin(sign_in("ben"))
    statements.clear()
    mara.get(PAGE)
    assert len(statements) == one
