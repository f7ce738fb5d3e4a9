"""A sitting as its pages lead it, without scripts: what is sent, what comes back, and what never leaves before the end."""

import re

import pytest
import sqlalchemy as sa

from catalogue.live import current
from core import clock
from core.database import db, writing
from progress.enrolments import enrolment
from progress.models import Record
from quizzes.models import AnswerStep, Attempt, AttemptItem
from tests.conftest import token

EXAM = "/courses/rehearsal/exams/mock"
SCRIPT = {"X-Requested-With": "fetch"}


@pytest.fixture
def ana(sign_in):
    return sign_in("ana")


def text(response):
    return response.get_data(as_text=True)


def fields(page):
    """Read the hidden fields of the question's form, as a browser would send them."""
    form = text(page).split('class="sitting-form"', 1)[1].split("</form>", 1)[0]
    return dict(re.findall(r'<input type="hidden" name="([\w]+)" value="([^"]*)"', form))


def begin(client, url=EXAM, **data):
    page = client.get(url)
    gone = client.post(url, data={"csrf_token": token(page), **data})
    assert gone.status_code == 302, text(gone)
    number = int(re.search(r"/attempts/(\d+)", gone.headers["Location"])[1])
    return f"/attempts/{number}"


def press(client, sitting, position, act="save", headers=None, sent=None, **data):
    url = f"{sitting}/answers/{position}"
    return client.post(url, data={**(sent or fields(client.get(url))), "act": act, **data}, headers=headers)


def post(client, url, **data):
    page = client.get("/account")
    return client.post(url, data={"csrf_token": token(page), **data})


def item(app, sitting, position):
    with app.app_context():
        found = sa.select(AttemptItem).where(
            AttemptItem.attempt_id == int(sitting.rpartition("/")[2]), AttemptItem.position == position
        )
        return db.session.scalars(found).one()


def right_answer(app, sitting, position):
    """Return the fields that answer a question rightly, whatever its kind."""
    from quizzes.kinds import Shown

    held = item(app, sitting, position)
    with app.app_context():
        question = current().question(held.question)
    match question.kind:
        case "single" | "multiple":
            return {"option": [one.id for one in question.options if one.correct]}
        case "order":
            return {f"place.{one.id}": n for n, one in enumerate(question.items, start=1)}
        case "match":
            return {f"pair.{one.id}": one.right_id for one in question.pairs}
        case "dropdown":
            return {
                f"blank.{name}": one.id for name, options in question.blanks.items() for one in options if one.correct
            }
        case "hotspot":
            return {"area": [one.id for one in question.areas if one.correct]}
    return {"number": str(Shown(question, held.seed).variant.rounded)}


def keys_and_reasons(app, sitting):
    with app.app_context():
        numbers = range(1, 7)
        questions = [current().question(item(app, sitting, n).question) for n in numbers]
    told = [str(question.other_side_html) for question in questions if question.other_side_html]
    return [*told, "This reason says enough", "option right", "Your answer</span>", "1, right", "1, not right"]


def test_an_exam_from_its_first_page_to_its_result(app, ana):
    sitting = begin(ana)
    for position in (1, 2, 3):
        answer = right_answer(app, sitting, position)
        assert press(ana, sitting, position, "next" if position < 3 else "review", **answer).status_code == 302
    assert "Before you lock this section" in text(ana.get(sitting))
    post(ana, f"{sitting}/sections", section="1")
    assert "The exam’s clock stands still" in text(ana.get(sitting))
    post(ana, f"{sitting}/resumption")
    assert text(ana.get(f"{sitting}/answers/4")).count("<h1") == 1
    press(ana, sitting, 4, "next", **right_answer(app, sitting, 4))
    post(ana, f"{sitting}/submission")
    result = text(ana.get(f"{sitting}/result"))
    assert re.search(r"<h1>[34] of 5 right</h1>", result)
    assert "At or above the pass mark of 3" in result
    reviewed = text(ana.get(f"{sitting}/answers/1"))
    assert any(
        "This reason says enough" in text(ana.get(f"{sitting}/answers/{n}")) for n in range(1, 6)
    )  # drawn by luck
    assert "Right." in reviewed
    assert "1, right, you are here" in reviewed and "5, not answered" in reviewed


def test_nothing_about_the_keys_leaves_before_the_end(app, ana):
    sitting = begin(ana)
    secrets = keys_and_reasons(app, sitting)
    shown = [text(ana.get(f"{sitting}/answers/1")), text(press(ana, sitting, 1, **right_answer(app, sitting, 1)))]
    shown += [text(ana.get(page)) for page in (sitting, f"{sitting}/answers/1", f"{sitting}/result", "/attempts")]
    shown.append(text(press(ana, sitting, 2, headers=SCRIPT, **right_answer(app, sitting, 2))))
    for page in shown:
        assert [secret for secret in secrets if secret in page] == []


def test_results_can_be_held_back_until_a_moment(app, cast, ana, monkeypatch):
    sitting = begin(ana)
    with app.app_context(), writing(learner=cast["ana"].id):
        enrolment(cast["ana"].id, "rehearsal").results_held_until = clock.now().replace(year=2099)
    press(ana, sitting, 1, **right_answer(app, sitting, 1))
    post(ana, f"{sitting}/submission")
    held = text(ana.get(f"{sitting}/result"))
    assert "2099" in held and "of 5 right" not in held
    assert ana.get(f"{sitting}/answers/1").headers["Location"].endswith("/result")
    assert "held back" in text(ana.get("/attempts"))


def test_a_script_hears_what_was_kept_and_sends_the_next_number(app, ana):
    sitting = begin(ana)
    sent = fields(ana.get(f"{sitting}/answers/1"))
    told = press(ana, sitting, 1, headers=SCRIPT, sent=sent, **right_answer(app, sitting, 1)).get_json()
    assert (told["sequence"], told["answered"], told["flagged"]) == (2, True, False)
    assert re.fullmatch(r"\d\d:\d\d:\d\d", told["saved"])
    flagged = press(
        ana,
        sitting,
        1,
        "flag",
        SCRIPT,
        sent | {"sequence": told["sequence"], "was": told["was"]},
        **right_answer(app, sitting, 1),
    ).get_json()
    assert flagged["flagged"] and flagged["answered"]


def test_any_button_keeps_what_was_chosen(app, ana):
    sitting = begin(ana)
    press(ana, sitting, 1, "flag", **right_answer(app, sitting, 1))
    held = item(app, sitting, 1)
    assert held.answered_at and held.flagged_at
    assert "Flagged" in text(ana.get(f"{sitting}/answers/1"))


def test_pressing_twice_counts_once(app, ana):
    sitting = begin(ana)
    sent = fields(ana.get(f"{sitting}/answers/1"))
    for _ in range(2):
        assert press(ana, sitting, 1, "flag", sent=sent, **right_answer(app, sitting, 1)).status_code == 302
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(AnswerStep)) == 2


def test_a_stale_window_is_refused_and_keeps_what_was_chosen_on_its_page(app, ana):
    sitting = begin(ana)
    stale = fields(ana.get(f"{sitting}/answers/1"))
    press(ana, sitting, 1, **right_answer(app, sitting, 1))
    refused = press(ana, sitting, 1, "clear", sent=stale)
    assert refused.status_code == 409 and "another window" in text(refused)
    assert item(app, sitting, 1).answered_at is not None


def test_a_locked_section_a_position_that_is_not_there_and_a_strangers_sitting(app, ana, sign_in):
    sitting = begin(ana)
    assert ana.get(f"{sitting}/answers/4").headers["Location"].endswith(sitting)
    assert ana.get(f"{sitting}/answers/7").status_code == 404
    assert ana.get(f"{sitting}/answers/0").status_code == 404
    otto, mara = sign_in("otto"), sign_in("mara")
    for page in (sitting, f"{sitting}/answers/1", f"{sitting}/result", f"{sitting}/clock", f"{sitting}/next"):
        assert otto.get(page).status_code == mara.get(page).status_code == 404
    sent = {"csrf_token": token(otto.get("/account")), "sequence": 1, "act": "save", "option": "right"}
    assert otto.post(f"{sitting}/answers/1", data=sent).status_code == 404
    for act in ("submission", "abandonment", "sections", "resumption"):
        assert post(otto, f"{sitting}/{act}", section="1").status_code == 404
    post(ana, f"{sitting}/submission")
    assert mara.get(f"{sitting}/result").status_code == 200
    assert otto.get(f"{sitting}/result").status_code == 404


def test_what_no_page_of_ours_sends_is_refused_and_nothing_breaks(app, ana):
    sitting = begin(ana)
    sent = fields(ana.get(f"{sitting}/answers/1"))
    for bad in (
        {"sequence": "-1"},
        {"sequence": "x" * 20},
        {"act": "cheat"},
        {"confidence": "very"},
        {"struck": "never-heard-of"},
        {"option": "never-heard-of", "area": "nowhere", "place.x": "1", "pair.x": "y", "blank.x": "y", "number": "x"},
        {"note": "x" * 1_000_000, "act": "note"},
    ):
        answer = press(ana, sitting, 1, sent=sent, **{"act": "save", **bad})
        assert answer.status_code in (400, 409, 413, 422), bad
    assert item(app, sitting, 1).last_sequence == 0


@pytest.mark.parametrize("typed", ["1,234", "twelve"])
def test_a_number_that_cannot_be_read_is_asked_back_and_stays_as_it_was_typed(app, cast, ana, typed):
    sitting = begin(ana, "/practice", course="rehearsal", kind="numeric")
    answer = press(ana, sitting, 1, "finish", number=typed, confidence="sure")
    assert answer.status_code == 422 and f'value="{typed}"' in text(answer)
    assert item(app, sitting, 1).finished_at is None


def test_every_kind_is_practised_and_explained(app, ana):
    sitting = begin(ana, "/practice", course="rehearsal", size="20")
    with app.app_context():
        held = db.session.scalars(sa.select(AttemptItem).order_by(AttemptItem.position)).all()
        kinds = {current().question(one.question).kind for one in held}
        asked = [current().question(one.question) for one in held]
        families = [one.family for one in asked if not one.case]  # a case brings all its own
    assert kinds == {"single", "multiple", "order", "match", "dropdown", "hotspot", "numeric"}
    assert len(families) == len(set(families))
    for place in range(1, len(held) + 1):
        press(ana, sitting, place, "finish", confidence="sure", **right_answer(app, sitting, place))
        shown = text(ana.get(f"{sitting}/answers/{place}"))
        assert "Right." in shown, item(app, sitting, place).question
    post(ana, f"{sitting}/submission")
    assert f"{len(held)} of {len(held)} right" in text(ana.get(f"{sitting}/result"))
    with app.app_context():
        marks = db.session.scalars(sa.select(Record.mark)).all()
    assert marks == [1.0] * len(held)


def test_a_practice_without_a_confidence_or_half_an_answer_asks_for_the_rest(app, ana):
    sitting = begin(ana, "/practice", course="rehearsal", kind="order")
    places = dict(list(right_answer(app, sitting, 1).items())[:1])
    answer = press(ana, sitting, 1, "finish", confidence="sure", **places)
    assert answer.status_code == 422 and "Give every item a place" in text(answer)


def test_the_sorter_takes_one_press_a_question(app, ana):
    sitting = begin(ana, "/practice/sorter")
    page = text(ana.get(f"{sitting}/answers/1"))
    assert "Project or service?" in page and "How sure" not in page
    press(ana, sitting, 1, "finish", **right_answer(app, sitting, 1))
    assert "Right." in text(ana.get(f"{sitting}/answers/1"))


def test_a_choice_that_nothing_fits_is_shown_again_with_what_to_change(ana):
    page = ana.post("/practice", data={"csrf_token": token(ana.get("/practice")), "which": "missed", "size": "40"})
    assert page.status_code == 422
    assert "Nothing of this choice was answered wrongly" in text(page)
    assert re.search(r'value="40" checked', text(page))


def test_two_sittings_in_a_row_show_other_questions(app, ana):
    asked = []
    for _ in range(2):
        sitting = begin(ana)
        asked.append({item(app, sitting, n).question for n in range(1, 7)})
        post(ana, f"{sitting}/submission")
    assert not asked[0] & asked[1]


def test_beginning_twice_begins_one_sitting(app, ana):
    assert begin(ana) == begin(ana)


def test_extra_time_of_the_person_is_in_the_clock(app, cast, ana):
    with app.app_context(), writing() as session:
        from accounts.models import Person

        session.get(Person, cast["ana"].id, options=[sa.orm.lazyload("*")]).extra_time = 50
    sitting = begin(ana)
    left = ana.get(f"{sitting}/clock").get_json()["left"]
    assert 44 * 60_000 < left <= 45 * 60_000


def test_a_sitting_whose_time_is_over_is_handed_in_by_the_next_look(app, ana, monkeypatch):
    sitting = begin(ana)
    press(ana, sitting, 1, **right_answer(app, sitting, 1))
    with app.app_context(), writing() as session:
        session.execute(sa.update(Attempt).values(deadline_at=clock.now().replace(year=2020)))
    assert "Not answered." in text(ana.get(f"{sitting}/answers/2"))
    assert "of 5 right" in text(ana.get(f"{sitting}/result"))


def test_the_recurring_job_hands_in_what_is_overdue(app, ana):
    from quizzes.views.loading import hand_in_all_overdue

    sitting = begin(ana)
    with app.app_context(), writing() as session:
        session.execute(sa.update(Attempt).values(deadline_at=clock.now().replace(year=2020)))
    with app.app_context():
        assert hand_in_all_overdue(clock.now()) == "handed in 1 sitting whose time was over"
        assert hand_in_all_overdue(clock.now()) is None
    assert "of 5 right" in text(ana.get(f"{sitting}/result"))


def test_a_sitting_left_for_good_has_no_result_and_another_can_begin(app, ana):
    sitting = begin(ana)
    post(ana, f"{sitting}/abandonment")
    assert "left for good" in text(ana.get(f"{sitting}/result"))
    assert begin(ana) != sitting
