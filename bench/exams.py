"""What a long exam costs: drawing it, saving its first and its last answer, handing it in; and the queue of a daily review."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from statistics import median

import sqlalchemy as sa

from accounts.models import Person
from accounts.passwords import Hashed
from accounts.people import add_person
from bench.effort import Effort, say
from bench.figures import Aim, Figure, measured, said
from bench.house import furnish, scratch, settings_for
from bench.material import COURSE, material
from bench.publishing import written
from catalogue.exam_draw import History, draw_exam
from catalogue.live import current
from catalogue.material import Course
from core.clock import now
from core.database import db, writing
from progress.models import Record
from progress.remembering import reviewed
from quizzes.review.queueing import Course as Reviewed
from quizzes.review.queueing import queue_of
from quizzes.sittings.ending import submit
from quizzes.sittings.exams import draw_paper, sit_exam
from quizzes.sittings.pinned import pinned_questions
from quizzes.sittings.queries import items_of, own_attempt
from quizzes.sittings.seat import take_seat
from quizzes.sittings.stepping import Step, save_answer

LONG = """\
title: A long exam
questions: 180
unscored: 5
minutes: 240
pass: 110
sections: [{title: Everything, questions: 180}]
"""
TRIES = 7
FAMILIES = 1_000
DRAWING, HANDING_IN, QUEUEING = Aim(50, "ms"), Aim(150, "ms"), Aim(20, "ms")
NO_SLOWER = Aim(1.2)


def measure(effort: Effort) -> list[Figure]:
    """Measure an exam of 180 questions out of as many as there are, and a review of a thousand families."""
    say(f"an exam of 180 questions is drawn from {effort.questions}, answered and handed in")
    texts = material(effort.lessons, max(effort.questions, 400)) | {f"{COURSE}/exams/long.yaml": LONG}
    with scratch() as folder:
        app = furnish(replace(settings_for(folder), content_dir=written(texts, folder / "content")))
        with app.app_context():
            with writing():
                learner = add_person("learner@example.org", "Learner", Hashed("x" * 97), ["learner"], now=now())
            figures = [drawing(), *sitting(learner), queueing(now())]
            db.engine.dispose()
    return figures


def timed(act: Callable[[], object]) -> float:
    """Return the milliseconds that something takes."""
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def exam_course() -> Course:
    """Return the course with the long exam."""
    return current().courses[COURSE]


def drawing() -> Figure:
    """Draw the exam with a history of half the bank."""
    course = exam_course()
    seen = {ref: place % 5 + 1 for place, ref in enumerate(one.ref for one in course.questions.values()) if place % 2}
    times = [timed(lambda: draw_exam(course, course.exams["long"].shape, History(seen), 7)) for _ in range(TRIES)]
    return measured(f"Drawing 180 of {len(course.questions):,} questions", median(times), "ms", DRAWING)


def sitting(learner: Person) -> list[Figure]:
    """Sit the exam: save every answer, then hand it in."""
    course, moment = exam_course(), now()
    paper = draw_paper(learner.id, course, course.exams["long"], now=moment)
    with writing(learner=learner.id):
        attempt = sit_exam(learner.id, paper, current(), extra_time=0, now=moment).id
    times = [saved(learner.id, attempt, place, moment + timedelta(minutes=place)) for place in range(1, 181)]
    first, last = median(times[:30]), median(times[-30:])
    handed_in = timed(lambda: hand_in(learner.id, attempt, moment + timedelta(minutes=181)))
    beside = {"reference": said(first, "ms for the first thirty"), "ceiling": "the commit is in it"}
    return [
        Figure("Saving answers 151 to 180 of an exam", said(last, "ms"), **beside, aim=NO_SLOWER, weighed=last / first),
        measured("Handing in 180 answers", handed_in, "ms", HANDING_IN, reference=said(noted(learner.id), "records")),
    ]


def saved(learner: int, attempt: int, place: int, moment: datetime) -> float:
    """Save one answer in a turn of its own; return the milliseconds."""

    def save() -> None:
        with writing(learner=learner):
            seat = take_seat(learner, attempt, place, 1)
            assert seat
            question = current().question(seat.item.question)
            assert question
            response = {"options": [question.options[place % 4].id]}
            save_answer(seat, Step("save", 1, response), question, now=moment)

    took = timed(save)
    db.session.expunge_all()
    return took


def hand_in(learner: int, attempt: int, moment: datetime) -> None:
    """Hand the sitting in, as the page does."""
    questions = pinned_questions(items_of(attempt), current())
    with writing(learner=learner):
        mine = own_attempt(learner, attempt)
        assert mine and submit(mine, questions, now=moment)


def noted(learner: int) -> int:
    """Count the learner's records."""
    return db.session.scalar(sa.select(sa.func.count()).where(Record.learner_id == learner)) or 0


def queueing(moment: datetime) -> Figure:
    """Put a day's review together, an exam near, so that the order has to be weighed."""
    names = [f"family-{number}" for number in range(FAMILIES)]
    memories = {
        (COURSE, name): reviewed(None, "good", None, moment - timedelta(days=number % 40))
        for number, name in enumerate(names)
    }
    course = Reviewed(COURSE, dict.fromkeys(names, 1.0), moment + timedelta(days=10))
    times = [timed(lambda: queue_of([course], memories, moment)) for _ in range(TRIES)]
    return measured(f"The review queue over {FAMILIES:,} families", median(times), "ms", QUEUEING)
