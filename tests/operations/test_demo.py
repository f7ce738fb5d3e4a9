"""The demo: people and weeks, made by the real verbs, the same each time, and once."""

import pytest
import sqlalchemy as sa

from accounts.models import Mentorship, Person
from app import alembic, create_app
from catalogue.commands import sync_content
from catalogue.live import current
from core.config import ROOT
from core.database import db
from operations.cast import LEARNERS, STAFF
from operations.demo import demo_email, fill_demo
from progress.models import ObjectiveCount, Reading, Record
from progress.records import rebuild
from simulations.models import ScenarioRun
from tests.conftest import settings_for

LIGHT = 30_000  # bytes as they go over the wire


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    app = create_app(settings_for(folder, content_dir=ROOT / "content", demo=True))
    with app.app_context():
        alembic.upgrade()
        sync_content(ROOT / "content")
        fill_demo()
    with app.app_context():
        yield app
        db.engine.dispose()


def records():
    return db.session.scalars(sa.select(Record).order_by(Record.learner_id, Record.number)).all()


def test_there_are_an_administrator_two_instructors_two_mentors_and_a_dozen_learners(demo):
    people = db.session.scalars(sa.select(Person)).unique().all()
    roles = [role for person in people for role in person.roles]
    assert {role: roles.count(role) for role in set(roles)} == {
        "administrator": 1,
        "instructor": 2,
        "mentor": 2,
        "learner": 12,
    }
    assert len(people) == len(STAFF) + len(LEARNERS)


def test_every_learner_has_a_mentor(demo):
    assert len(db.session.scalars(sa.select(Mentorship)).all()) == len(LEARNERS)


def test_weeks_of_answers_right_and_wrong_and_lessons_read(demo):
    played = records()
    answers = [record for record in played if record.kind == "answer"]
    assert len(answers) > 300
    assert 0.5 < sum(record.mark for record in answers) / len(answers) < 0.95
    assert {record.confidence for record in answers} == {"guess", "fairly-sure", "sure"}
    assert len({record.occurred_at.date() for record in played}) > 30


def test_somebody_completed_everything_and_somebody_has_not_begun(demo):
    lessons = (
        sa.select(Person.email, sa.func.count())
        .join(Reading, Reading.learner_id == Person.id)
        .where(Reading.completed_at.is_not(None))
        .group_by(Person.email)
    )
    complete = dict(db.session.execute(lessons).all())
    assert complete[demo_email("chloe")] == 9
    assert demo_email("lena") not in complete


def test_some_played_simulations_to_the_end_and_wrote_to_their_mentor_and_some_are_under_way(demo):
    runs = db.session.scalars(sa.select(ScenarioRun)).all()
    ended = [run for run in runs if run.ended_at]
    assert {run.scenario for run in runs} == set(current().courses["project-and-service"].scenarios)
    assert [run.scenario for run in runs if run.is_open] == ["every-second-friday", "pickup-launch"]
    assert all(run.debrief and run.predicted_at >= run.ended_at for run in ended)
    assert {run.scenario for run in ended if run.sent_at} == {"incident-storm", "pickup-launch", "ward-by-ward"}
    noted = {record.source for record in records() if record.kind == "run"}
    assert noted == {f"run:{run.id}" for run in ended}


def test_a_second_run_changes_nothing(demo, capsys):
    before = [(record.learner_id, record.number, record.occurred_at) for record in records()]
    capsys.readouterr()
    fill_demo()
    assert capsys.readouterr().out == ""
    assert [(record.learner_id, record.number, record.occurred_at) for record in records()] == before


def test_what_is_derived_can_be_worked_out_again(demo):
    counts = sa.select(
        ObjectiveCount.learner_id, ObjectiveCount.objective, ObjectiveCount.answers, ObjectiveCount.right
    )
    before = sorted(db.session.execute(counts))
    for learner in {record.learner_id for record in records()}:
        rebuild(learner)
    assert sorted(db.session.execute(counts)) == before
    db.session.rollback()


def test_every_page_of_a_run_is_light_enough_for_a_phone_on_a_train(demo):
    client = demo.test_client()
    admin = db.session.scalars(sa.select(Person).where(Person.email == demo_email("admin"))).unique().one()
    with client.session_transaction() as session:
        session["_user_id"] = admin.get_id()
    pages = ["/scenarios", "/courses/project-and-service/scenarios/pickup-launch"]
    pages += [f"/runs/{run}/debrief" for run in db.session.scalars(sa.select(ScenarioRun.id))]
    weights = {}
    for page in pages:
        answer = client.get(page, headers={"Accept-Encoding": "br"}, follow_redirects=True)
        assert (answer.status_code, answer.headers["Content-Encoding"]) == (200, "br")
        weights[answer.request.path] = len(answer.data)
    assert {page: weight for page, weight in weights.items() if weight > LIGHT} == {}
