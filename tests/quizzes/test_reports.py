"""Reports of questions that seem wrong, and their answers."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from accounts.models import Person
from core.database import db, writing
from core.errors import Refused
from progress.enrolments import enrol
from quizzes.models import QuestionReport
from quizzes.reports.queries import PAGE_SIZE, own_reports, report_list, shown_item, unseen_answers
from quizzes.reports.reporting import LONGEST, MOST_A_DAY, Seen, answer_report, report_question, see_answer
from quizzes.sittings.ending import submit
from tests.progress.house import NOW
from tests.quizzes.sitting import ANA, BEN, begun, item, minutes, of, practising, question, questions_of

WRONG = "The second option is right as well."


def seen(name="one", item_id=None):
    return Seen(f"c/{name}", 0, question(name).digest, item_id)


def report(text=WRONG, *, name="one", learner=ANA, now=NOW, item_id=None):
    with writing(learner=learner):
        return report_question(learner, seen(name, item_id), text, now=now)


def answer(one, text="You are right; it is corrected.", *, by=BEN, now=NOW):
    with writing() as session:
        answer_report(session.get(QuestionReport, one.id), text, by=session.get(Person, by), now=now)


def count():
    return db.session.scalar(sa.select(sa.func.count()).select_from(QuestionReport))


def test_a_report_keeps_the_question_as_it_was_shown(house):
    sitting = practising()
    kept = report(f"  {WRONG}\r\nTruly.  ", item_id=item(sitting, 1).id)
    assert (kept.question, kept.digest, kept.item_id) == ("c/one", question("one").digest, item(sitting, 1).id)
    assert kept.text == f"{WRONG}\nTruly." and kept.reported_at == NOW and kept.answered_at is None


@pytest.mark.parametrize(
    ("text", "words"), [("", "few words"), (" no \n", "few words"), ("x" * (LONGEST + 1), "2,000 characters")]
)
def test_a_report_that_says_nothing_or_too_much_is_refused(house, text, words):
    with pytest.raises(Refused, match=words):
        report(text)
    assert count() == 0


def test_the_same_words_about_the_same_question_are_one_report(house):
    assert report().id == report(f"{WRONG} ", now=minutes(5)).id
    report(name="two")
    report(learner=BEN)
    assert count() == 3


def test_twenty_reports_a_day_are_enough_for_one_person(house):
    for number in range(MOST_A_DAY):
        report(f"Fault number {number}", now=minutes(number))
    with pytest.raises(Refused, match="tomorrow"):
        report("One more of them", now=minutes(30))
    report("Fault number 3", now=minutes(30))  # known already
    report("One more of them", learner=BEN, now=minutes(30))
    report("One more of them", now=NOW + timedelta(days=1))
    assert count() == MOST_A_DAY + 2


def test_a_report_is_answered_once(house):
    one = report()
    answer(one, now=minutes(5))
    answer(one, now=minutes(6))
    with pytest.raises(Refused, match="meanwhile"):
        answer(one, "Something else entirely")
    with pytest.raises(Refused, match="few words"):
        answer(report("Another fault"), "no")
    assert db.session.get(QuestionReport, one.id).answered_at == minutes(5)


def test_an_answer_waits_until_it_is_seen(house):
    one, _ = report(), report("Another fault")
    assert not unseen_answers(ANA, NOW)
    with writing():
        see_answer(db.session.get(QuestionReport, one.id), now=NOW)
    assert one.seen_at is None
    answer(one)
    assert [found.id for found in unseen_answers(ANA, NOW)] == [one.id] and not unseen_answers(BEN, NOW)
    with writing():
        see_answer(db.session.get(QuestionReport, one.id), now=NOW)
    assert not unseen_answers(ANA, NOW)


def test_no_answer_is_told_while_an_exam_asks_the_question_or_holds_its_results(house):
    one = report()
    answer(one)
    sitting = begun()
    assert not unseen_answers(ANA, NOW) and own_reports(ANA, "c/one", NOW)[0].answer is None
    of(sitting, submit, questions_of(sitting))
    assert unseen_answers(ANA, NOW) and own_reports(ANA, "c/one", NOW)[0].answer
    with writing(learner=ANA):
        enrol(ANA, "c", now=NOW).results_held_until = minutes(90)
    assert not unseen_answers(ANA, minutes(89)) and unseen_answers(ANA, minutes(90))


def test_somebody_elses_item_is_not_there(house):
    sitting = practising()
    assert shown_item(ANA, sitting, 1, "c/one")
    assert shown_item(BEN, sitting, 1, "c/one") is None
    assert shown_item(ANA, sitting, 1, "c/two") is None


def test_the_list_begins_with_the_oldest_that_waits_and_ends_with_what_was_answered(house, asked):
    first, second, third = (
        report("First fault"),
        report("Second fault", now=minutes(1)),
        report("Third", now=minutes(2)),
    )
    answer(first, now=minutes(4))
    answer(second, now=minutes(5))
    asked.clear()
    found = report_list(1)
    assert len(asked) == 2
    assert [line.report.id for line in found.lines] == [third.id, second.id, first.id]
    assert (found.open, found.total, found.pages) == (1, 3, 1)
    assert (found.lines[0].by, found.lines[1].answered_by) == ("Ana", "Ben")


def test_a_long_list_is_paged(house):
    with writing() as session:
        common = {"learner_id": ANA, "question": "c/one", "revision": 0, "digest": "d"}
        rows = [common | {"text": f"Fault {n}", "reported_at": minutes(n)} for n in range(PAGE_SIZE + 3)]
        session.execute(sa.insert(QuestionReport), rows)
    assert report_list(1).pages == 2
    assert [line.report.text for line in report_list(2).lines] == ["Fault 20", "Fault 21", "Fault 22"]
