"""When one's exam is, and how much time there is for it."""

from datetime import date

import pytest

from core.database import writing
from progress.enrolments import enrol, enrolment
from tests.conftest import NOW, token


@pytest.fixture
def ana(app, cast, sign_in):
    """Ana's browser; she takes the course."""
    with app.app_context(), writing(learner=cast["ana"].id):
        enrol(cast["ana"].id, "try-out", now=NOW)
    return sign_in("ana")


def text(response):
    return response.get_data(as_text=True)


def send(client, course="try-out", **fields):
    page = client.get("/account")
    return client.post(f"/account/courses/{course}", data={"csrf_token": token(page), **fields})


def test_a_date_and_a_weekly_time_are_kept_and_can_be_taken_back(app, cast, ana):
    assert send(ana, exam_date="2099-05-01", weekly_minutes="180").status_code == 303
    with app.app_context():
        kept = enrolment(cast["ana"].id, "try-out")
        assert (kept.exam_date, kept.weekly_minutes) == (date(2099, 5, 1), 180)
    page = text(ana.get("/account"))
    assert 'value="2099-05-01"' in page and 'value="180"' in page
    send(ana)
    with app.app_context():
        assert enrolment(cast["ana"].id, "try-out").exam_date is None


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"exam_date": "2001-01-01"}, "That day is over"),
        ({"exam_date": "tomorrow"}, "date"),
        ({"weekly_minutes": "-5"}, "Between 0 and 3,000"),
        ({"weekly_minutes": "lots"}, "integer"),
    ],
)
def test_what_cannot_be_is_told_and_stays_as_it_was_typed(ana, fields, words):
    answer = send(ana, **fields)
    assert answer.status_code == 422 and words in text(answer)
    assert f'value="{next(iter(fields.values()))}"' in text(answer)


def test_a_course_that_is_not_taken_or_not_there_has_no_plan(ana, sign_in):
    assert send(sign_in("ben"), exam_date="2099-05-01").status_code == 404
    assert send(ana, course="nowhere").status_code == 404


def test_whoever_takes_no_course_sees_no_plan(sign_in):
    assert "Your exams" not in text(sign_in("ben").get("/account"))
