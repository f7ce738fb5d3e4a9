"""A check on its page: what is sent, what comes back, and what never leaves before the answer."""

import re

import pytest

from catalogue.live import current
from core.database import db, writing
from progress.enrolments import enrol
from progress.models import Enrolment, Record
from tests.conftest import NOW, token

FIRST = "/courses/try-out/lessons/first"
URL = "/courses/try-out/checks/first/one"
SCRIPT = {"X-Requested-With": "fetch"}
RIGHT, WRONG = "Planning the timetable", "Selling the tickets"


@pytest.fixture
def ana(app, cast, sign_in):
    """Ana's browser; she takes the course."""
    with app.app_context(), writing(learner=cast["ana"].id):
        enrol(cast["ana"].id, "try-out", now=NOW)
    return sign_in("ana")


def question(app, name="one"):
    with app.app_context():
        return current().question(f"try-out/{name}")


def option(app, words):
    return next(one.id for one in question(app).options if one.text == words)


def fields(client):
    """Read the hidden fields of the page's check, as a browser would send them."""
    page = client.get(FIRST)
    form = page.get_data(as_text=True).split('class="check-form"', 1)[1].split("</form>", 1)[0]
    return dict(re.findall(r'<input type="hidden" name="([\w]+)" value="([^"]*)"', form)) | {"csrf_token": token(page)}


def post(client, sent, headers=None, **changes):
    return client.post(URL, data={"act": "finish", **sent, **changes}, headers=headers)


def text(response):
    return response.get_data(as_text=True)


def keys_and_reasons(app):
    asked = question(app)
    return [*(str(one.why_html) for one in asked.options), str(asked.other_side_html), "Right"]


def test_before_an_answer_neither_keys_nor_reasons_leave_the_server(app, ana):
    sent = fields(ana)
    shown = [text(ana.get(FIRST))]
    shown.append(text(post(ana, sent, SCRIPT, act="save", option=option(app, WRONG))))
    shown.append(text(ana.get(FIRST)))
    for secret in keys_and_reasons(app):
        assert not any(secret in page for page in shown), secret
    assert not any(re.search(r'class="[^"]*\b(right|wrong|correct)\b', page) for page in shown)


def test_a_choice_is_saved_and_still_there_when_the_page_is_opened_again(app, ana):
    answer = post(ana, fields(ana), SCRIPT, act="save", option=option(app, WRONG))
    assert answer.status_code == 200
    assert re.search(r"Saved \d\d:\d\d:\d\d", text(answer))
    assert f'value="{option(app, WRONG)}" required checked' in text(ana.get(FIRST))


def test_without_a_script_the_answer_leads_back_to_the_check_in_its_lesson(app, ana):
    answer = post(ana, fields(ana), option=option(app, RIGHT), confidence="sure")
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith(f"{FIRST}#check-one")
    page = text(ana.get(FIRST))
    assert all(str(one.why_html) in page for one in question(app).options)
    assert "Right, your answer" in page


def test_a_script_gets_the_answered_card_alone(app, ana):
    answer = post(ana, fields(ana), SCRIPT, option=option(app, WRONG), confidence="guess")
    assert text(answer).strip().startswith('<section class="card check answered" id="check-one"')
    assert all(str(one.why_html) in text(answer) for one in question(app).options)


@pytest.mark.parametrize("headers", [None, SCRIPT])
def test_a_missing_confidence_is_asked_for_and_the_choice_is_kept(app, ana, headers):
    answer = post(ana, fields(ana), headers, option=option(app, RIGHT))
    assert answer.status_code == 422
    assert "Say how sure you are" in text(answer)
    assert f'value="{option(app, RIGHT)}" required checked' in text(answer)
    for secret in keys_and_reasons(app):
        assert secret not in text(answer)


@pytest.mark.parametrize("headers", [None, SCRIPT])
def test_a_choice_from_an_older_window_is_refused_and_kept_on_the_page(app, ana, headers):
    sent = fields(ana)
    post(ana, sent, SCRIPT, act="save", option=option(app, WRONG))
    refused = post(ana, sent, headers, act="save", option=option(app, RIGHT))
    assert refused.status_code == 409
    assert "another window" in text(refused)
    assert f'value="{option(app, RIGHT)}" required checked' in text(refused)
    assert 'name="sequence" value="2"' in text(refused)


@pytest.mark.parametrize("headers", [None, SCRIPT])
def test_a_question_that_changed_is_shown_anew_with_the_choice_that_still_fits(app, ana, headers):
    refused = post(ana, fields(ana), headers, shown_digest="of-yesterday", option=option(app, RIGHT), confidence="sure")
    assert refused.status_code == 409
    assert "was changed" in text(refused)
    assert f'value="{option(app, RIGHT)}" required checked' in text(refused)


def test_a_second_window_learns_that_the_check_was_answered(app, ana):
    sent = fields(ana)
    post(ana, sent, option=option(app, RIGHT), confidence="sure")
    refused = post(ana, sent, sequence="2", option=option(app, WRONG), confidence="sure")
    assert refused.status_code == 409
    assert "answered this check already" in text(refused)


def test_it_can_be_tried_again(app, ana):
    sent = fields(ana)
    post(ana, sent, option=option(app, WRONG), confidence="sure")
    answer = post(ana, sent, SCRIPT, act="again")
    assert 'name="try" value="2"' in text(answer)
    assert "checked" not in text(answer)
    for secret in keys_and_reasons(app):
        assert secret not in text(answer)


def test_who_never_joined_joins_by_answering(app, cast, sign_in):
    otto = sign_in("otto")
    sent = {"csrf_token": token(otto.get("/account")), "shown_digest": question(app).digest}
    assert post(otto, sent, option=option(app, RIGHT), confidence="sure").status_code == 302
    with app.app_context():
        assert db.session.query(Enrolment).filter_by(learner_id=cast["otto"].id, course="try-out").count() == 1


def test_two_learners_do_not_see_each_others_answers(app, ana, cast, sign_in):
    post(ana, fields(ana), option=option(app, RIGHT), confidence="sure")
    with app.app_context(), writing(learner=cast["ben"].id):
        enrol(cast["ben"].id, "try-out", now=NOW)
    assert "Right, your answer" not in text(sign_in("ben").get(FIRST))


@pytest.mark.parametrize(
    "bad",
    [
        {"sequence": "0"},
        {"sequence": "x"},
        {"try": "-1"},
        {"confidence": "certain"},
        {"act": "erase"},
        {"sequence": "9" * 50},
    ],
)
def test_what_no_page_of_ours_sends_is_refused(app, ana, bad):
    assert post(ana, fields(ana), **({"option": option(app, RIGHT), "confidence": "sure"} | bad)).status_code == 400
    with app.app_context():
        assert db.session.query(Record).count() == 0


@pytest.mark.parametrize(
    "path", ["no-course/checks/first/one", "try-out/checks/nowhere/one", "try-out/checks/second/one"]
)
def test_a_check_that_is_not_there_is_not_found(ana, path):
    sent = fields(ana)
    assert ana.post(f"/courses/{path}", data=sent).status_code == 404


def test_a_visitor_is_asked_in(client):
    page = client.get("/sign-in")
    answer = client.post(URL, data={"csrf_token": token(page), "option": "x"})
    assert answer.status_code in (200, 302, 401)
    assert b"check answered" not in answer.data


def test_a_save_takes_three_statements_in_the_whole_request(app, ana, statements):
    sent = fields(ana)
    post(ana, sent, SCRIPT, act="save", option=option(app, WRONG))
    statements.clear()
    assert post(ana, sent, SCRIPT, act="save", sequence="2", option=option(app, RIGHT)).status_code == 200
    assert len(statements) == 3 + on_postgres(app), statements


def test_a_finish_takes_seven_statements_in_the_whole_request(app, ana, statements):
    sent = fields(ana)
    post(ana, sent, SCRIPT, act="save", option=option(app, WRONG))
    statements.clear()
    post(ana, sent, SCRIPT, sequence="2", option=option(app, RIGHT), confidence="sure")
    assert len(statements) == 7 + on_postgres(app), statements


def on_postgres(app):
    with app.app_context():
        return db.engine.dialect.name == "postgresql"
