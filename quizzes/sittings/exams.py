"""Begins a mock exam: drawn by its blueprint, with the time that the person has."""

from dataclasses import dataclass
from datetime import datetime

from catalogue.catalogue import Catalogue
from catalogue.exam_draw import Drawn, History, TooFew, draw_exam
from catalogue.material import Course, Exam
from core.errors import Refused
from core.seeds import seed_of
from quizzes.models import Attempt
from quizzes.sittings.beginning import Asked, Occasion, begin
from quizzes.sittings.plans import Band, Break, Plan, Section
from quizzes.sittings.queries import exam_history, running_exam


@dataclass(frozen=True)
class Paper:
    """The questions of one sitting, drawn and not begun."""

    exam: Exam
    drawn: Drawn
    seed: int


def draw_paper(learner_id: int, course: Course, exam: Exam, *, now: datetime) -> Paper:
    """Draw a sitting for a learner, before anybody's turn to write; raise Refused where the banks cannot fill it."""
    seen = exam_history(learner_id, course.id)
    seed = seed_of("exam", learner_id, course.id, exam.id, now.isoformat())
    try:
        drawn = draw_exam(course, exam.shape, History(seen, questions_in_checks(course)), seed)
    except TooFew as few:
        raise Refused(str(few)) from None
    return Paper(exam, drawn, seed)


def sit_exam(learner_id: int, paper: Paper, catalogue: Catalogue, *, extra_time: int, now: datetime) -> Attempt:
    """Begin a sitting, or go on with the one that is open; pressing twice begins one."""
    exam, drawn = paper.exam, paper.drawn
    running = running_exam(learner_id, exam.course_id, exam.id)
    if running:
        return running
    asked = [Asked(question, question.ref not in drawn.unscored) for question in drawn.questions]
    occasion = Occasion("exam", exam.course_id, exam.id, feedback="end")
    plan = exam_plan(exam, drawn, extra_time)
    return begin(learner_id, occasion, asked, plan, catalogue, seed=paper.seed, now=now)


def questions_in_checks(course: Course) -> frozenset[str]:
    """Return the questions that the course's lessons ask."""
    return frozenset(ref for lesson in course.lessons for ref in lesson.checks)


def exam_plan(exam: Exam, drawn: Drawn, extra_time: int) -> Plan:
    """Return the shape of a sitting, as the exam has it today."""
    shape, first, sections = exam.shape, 1, []
    for section, held in zip(shape.sections, drawn.sections, strict=True):
        sections.append(Section(section.title, first, first + len(held) - 1))
        first += len(held)
    return Plan(
        title=shape.title,
        sections=tuple(sections),
        minutes=shape.minutes,
        extra_time=extra_time,
        breaks=tuple(Break(one.after, one.minutes) for one in shape.breaks),
        passing=shape.passing,
        bands=tuple(Band(one.name, one.start) for one in shape.bands or ()),
        reached=drawn.reached,
    )
