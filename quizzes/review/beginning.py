"""Puts today's review together, and begins it."""

from collections.abc import Mapping
from datetime import UTC, datetime, time

from catalogue import material
from catalogue.catalogue import Catalogue
from catalogue.questions import Question
from core.errors import Refused
from core.seeds import seed_of
from progress.models import Enrolment
from quizzes.models import Attempt
from quizzes.practice.choosing import Known
from quizzes.review.queueing import Course, Queue, variant
from quizzes.sittings.beginning import Asked, Occasion, begin
from quizzes.sittings.plans import one_section

NOTHING_DUE = "Nothing is due today. Practise what you like, or read on."


def reviewed_course(course: material.Course, taken: Enrolment) -> Course:
    """Return a course as the queue needs it: each family with its share of the exam."""
    of_objective = {objective: course.objectives[objective].domain for objective in course.objectives}
    of_family = {name: of_objective[asked[0].objective] for name, asked in askable(course).items()}
    weights = {domain.id: domain.weight for domain in course.domains}
    count = {domain: sum(one == domain for one in of_family.values()) for domain in weights}
    exam_at = datetime.combine(taken.exam_date, time(8), UTC) if taken.exam_date else None
    return Course(course.id, {name: weights[domain] / count[domain] for name, domain in of_family.items()}, exam_at)


def askable(course: material.Course) -> Mapping[str, list[Question]]:
    """Return the families with those of their questions that stand by themselves."""
    held = {
        name: [one for one in questions if one.case is None and not one.sorter]
        for name, questions in course.families.items()
    }
    return {name: questions for name, questions in held.items() if questions}


def questions_for(queue: Queue, known: Known, catalogue: Catalogue, now: datetime) -> list[Question]:
    """Return one question of each family of the queue, in its order."""
    families = {course.id: askable(course) for course in catalogue.courses.values()}
    return [variant(families[course][name], known, now) for course, name in queue.families]


def begin_review(learner_id: int, questions: list[Question], catalogue: Catalogue, *, now: datetime) -> Attempt:
    """Begin today's review."""
    if not questions:
        raise Refused(NOTHING_DUE, 422)
    plan = one_section("Daily review", len(questions))
    asked = [Asked(question) for question in questions]
    seed = seed_of("review", learner_id, now.isoformat())
    return begin(learner_id, Occasion("review", ""), asked, plan, catalogue, seed=seed, now=now)
