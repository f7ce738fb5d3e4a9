"""Reports on their pages: who sends them, who answers, and who sees what."""

import re

import pytest
import sqlalchemy as sa

from core.database import db
from quizzes.models import QuestionReport
from tests.conftest import token
from tests.quizzes.test_sitting_pages import begin, item, keys_and_reasons, post, press, right_answer, text
from tests.quizzes.test_views import FIRST, RIGHT, ana, option  # noqa: F401  # a fixture
from tests.quizzes.test_views import fields as check_fields
from tests.quizzes.test_views import post as post_check

WRONG = "The second option is right as well."


def report_fields(page):
    """Read the address and the hidden fields of the page's report form."""
    address, form = re.search(
        r'class="report-form" method="post" action="([^"]+)">(.*?)</form>', text(page), re.S
    ).groups()
    return address, dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))


def send(client, page, words=WRONG, **changes):
    address, sent = report_fields(page)
    return client.post(address, data={**sent, "text": words, **changes})


def reports(app):
    with app.app_context():
        return db.session.scalars(sa.select(QuestionReport).order_by(QuestionReport.id)).all()


@pytest.fixture
def practised(app, ana):  # noqa: F811
    """A practice of Ana's whose first question is answered; return the page of that question."""
    sitting = begin(ana, "/practice", course="rehearsal", kind="single", difficulty="medium")
    press(ana, sitting, 1, "finish", confidence="sure", **right_answer(app, sitting, 1))
    return f"{sitting}/answers/1"


def answer(client, number, words="You are right; it is corrected."):
    return post(client, f"/studio/reports/{number}/answer", answer=words)


def test_a_report_goes_from_the_question_to_the_instructor_and_its_answer_comes_back(app, ana, practised, sign_in):  # noqa: F811
    back = send(ana, ana.get(practised))
    assert back.headers["Location"].endswith(practised)
    assert "Thank you for your report" in text(ana.get(practised))
    (kept,) = reports(app)
    ivo = sign_in("ivo")
    desk = text(ivo.get("/studio/reports"))
    assert "1 report to answer" in desk and WRONG in desk and "Ana Ruiz" in desk and "This reason says enough" in desk
    assert "Reports" in text(ivo.get("/"))
    assert answer(ivo, kept.id).status_code == 302
    assert "Every report is answered" in text(ivo.get("/studio/reports"))
    today = text(ana.get("/"))
    assert "Your report was answered" in today and "it is corrected" in today
    assert "it is corrected" in text(ana.get(practised))
    page = f"/questions/{kept.question}/reports"
    assert "it is corrected" in text(ana.get(page))
    assert post(ana, f"/reports/{kept.id}/reading").status_code == 302
    assert "Your report was answered" not in text(ana.get("/"))
    assert sign_in("otto").get(page).status_code == 404


def test_the_answered_check_of_a_lesson_can_be_reported(app, ana):  # noqa: F811
    assert "report-form" not in text(ana.get(FIRST))
    post_check(ana, check_fields(ana), option=option(app, RIGHT), confidence="sure")
    back = send(ana, ana.get(FIRST))
    assert back.headers["Location"].endswith("/questions/try-out/one/reports")
    page = text(ana.get(back.headers["Location"]))
    assert WRONG in page and "Not answered yet" in page
    assert [one.item_id for one in reports(app)] == [None]


def test_an_open_question_of_an_exam_can_be_reported_and_nothing_of_its_keys_leaves(app, ana, sign_in):  # noqa: F811
    sitting = begin(ana)
    secrets = keys_and_reasons(app, sitting)
    url = f"{sitting}/answers/1"
    shown = [ana.get(url), send(ana, ana.get(url), "no"), send(ana, ana.get(url))]
    (kept,) = reports(app)
    answer(sign_in("ivo"), kept.id, "The right one is the first option.")
    shown += [ana.get(url), ana.get(f"/questions/{kept.question}/reports"), ana.get("/")]
    for page in shown:
        assert [secret for secret in [*secrets, "The right one is the first"] if secret in text(page)] == []
    assert kept.item_id == item(app, sitting, 1).id
    post(ana, f"{sitting}/submission")
    assert "The right one is the first option." in text(ana.get("/"))


def test_what_was_typed_stays_when_a_report_is_refused(app, ana, practised):  # noqa: F811
    page = send(ana, ana.get(practised), "no\n")
    assert page.status_code == 422 and "Say in a few words" in text(page) and ">no\n</textarea>" in text(page)
    again = send(ana, page)
    assert again.headers["Location"].endswith(practised) and len(reports(app)) == 1


@pytest.mark.parametrize(
    "changes",
    [{"digest": "0" * 64}, {"attempt": "999999"}, {"attempt": "x"}, {"position": "2"}, {"attempt": str(2**40)}, {"attempt": "", "revision": "12345"}],
)  # fmt: skip
def test_what_no_page_of_ours_sends_is_of_nothing(app, ana, practised, changes):  # noqa: F811
    assert send(ana, ana.get(practised), **changes).status_code == 404
    assert reports(app) == []


def test_a_stranger_reports_no_item_of_anas_and_her_mentor_sees_no_form(app, ana, practised, sign_in):  # noqa: F811
    address, sent = report_fields(ana.get(practised))
    otto, mara = sign_in("otto"), sign_in("mara")
    assert post(otto, address, **{**sent, "csrf_token": token(otto.get("/account")), "text": WRONG}).status_code == 404
    sitting = practised.partition("/answers")[0]
    post(ana, f"{sitting}/submission")
    page = text(mara.get(practised))
    assert "This reason says enough" in page and "report-form" not in page


def test_only_whoever_reported_marks_an_answer_as_seen(app, ana, practised, sign_in):  # noqa: F811
    send(ana, ana.get(practised))
    (kept,) = reports(app)
    answer(sign_in("ivo"), kept.id)
    for key in ("ben", "mara", "ivo", "ada"):
        assert post(sign_in(key), f"/reports/{kept.id}/reading").status_code == 404
    assert reports(app)[0].seen_at is None


def test_an_answer_that_is_refused_stays_on_the_page(app, ana, practised, sign_in):  # noqa: F811
    send(ana, ana.get(practised))
    (kept,) = reports(app)
    ivo = sign_in("ivo")
    page = answer(ivo, kept.id, "no")
    assert page.status_code == 422 and ">no</textarea>" in text(page) and "Say in a few words" in text(page)
    answer(ivo, kept.id)
    late = answer(sign_in("ada"), kept.id, "My own answer")
    assert late.status_code == 409 and "My own answer" in text(late) and "meanwhile" in text(late)
    assert answer(ivo, 999_999).status_code == 404
    assert ivo.get("/studio/reports?page=0").status_code == 404


def test_the_list_is_for_instructors_and_administrators(sign_in):
    assert "Nothing was reported" in text(sign_in("ada").get("/studio/reports"))
    for key in ("ana", "mara"):
        assert sign_in(key).get("/studio/reports").status_code == 403
