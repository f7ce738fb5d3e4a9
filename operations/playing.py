"""One learner of the demo at work, with the same verbs that the pages use."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from catalogue.live import current
from catalogue.material import Course, Lesson
from catalogue.questions import Question
from progress.enrolments import enrol
from progress.queries import study_state
from progress.reading import keep_place, mark_read, open_lesson
from quizzes.checks.answering import Answer, finish_check, try_again
from quizzes.checks.desk import open_desk

SURENESS = ("guess", "fairly-sure", "sure")
CHECKS_AN_EVENING = 2
LEFT_OPEN = 0.3  # chance that an evening ends before the lesson is read to its end


@dataclass
class Player:
    """A learner with a skill, a die of their own, and a clock that goes on while they read."""

    learner_id: int
    skill: float
    random: Random
    clock: datetime

    def study(self, course: Course, reached: int) -> None:
        """Spend an evening: go on with the first lesson that is not complete, then try something older again."""
        enrol(self.learner_id, course.id, now=self.clock)
        done = study_state(self.learner_id, course.id).completed
        lessons = course.lessons[:reached]
        if unfinished := [lesson for lesson in lessons if not done(lesson.id)]:
            self.go_on(course, unfinished[0])
        if finished := [lesson for lesson in lessons if done(lesson.id)]:
            self.try_something_again(self.random.choice(finished))

    def go_on(self, course: Course, lesson: Lesson) -> None:
        """Read on in a lesson and answer what comes next; stop at a heading, or at its end."""
        open_lesson(self.learner_id, course.id, lesson.id, now=self.clock)
        open_checks = [check for check in dict.fromkeys(lesson.checks) if not self.finished(lesson, check)]
        for check in open_checks[:CHECKS_AN_EVENING]:
            self.wait(90, 260)
            self.answer(lesson, check)
        if len(open_checks) > CHECKS_AN_EVENING or (open_checks and self.random.random() < LEFT_OPEN):
            place = self.random.choice(lesson.headings).id
            keep_place(self.learner_id, course.id, lesson.id, place, now=self.clock)
            return
        self.wait(60, 300)
        mark_read(self.learner_id, lesson, now=self.clock)

    def try_something_again(self, lesson: Lesson) -> None:
        """Answer the checks of an older lesson once more."""
        for check in dict.fromkeys(lesson.checks):
            self.wait(30, 120)
            self.answer(lesson, check)

    def finished(self, lesson: Lesson, check: str) -> bool:
        """Say whether a check has an answer."""
        latest = open_desk(self.learner_id, lesson, question_of(check), 0).latest
        return latest is not None and latest.finished

    def answer(self, lesson: Lesson, check: str) -> None:
        """Answer a check, in a new try where there is an answer already."""
        question = question_of(check)
        desk = open_desk(self.learner_id, lesson, question, 0)
        if desk.latest and desk.latest.finished:
            try_again(desk, desk.latest.item.try_number, revision=1, now=self.clock)
            desk = open_desk(self.learner_id, lesson, question, 0)
        try_number = desk.latest.item.try_number if desk.latest else 1
        finish_check(desk, self.choose(try_number, question), revision=1, now=self.clock)

    def choose(self, try_number: int, question: Question) -> Answer:
        """Choose as somebody of this skill would: more often right at a later try, and surer when right."""
        right = self.random.random() < min(0.97, self.skill + 0.15 * (try_number - 1))
        keys = [option.id for option in question.options if option.correct]
        others = [option.id for option in question.options if not option.correct]
        chosen = keys if right else [*keys[1:], self.random.choice(others)]
        sure = self.random.choices(SURENESS, (1, 4, 5) if right else (4, 4, 2))[0]
        return Answer({"options": sorted(chosen)}, sure, 1, try_number, question.digest)

    def wait(self, least: int, most: int) -> None:
        """Let some seconds pass."""
        self.clock += timedelta(seconds=self.random.randint(least, most))


def question_of(check: str) -> Question:
    """Return the question of a check; the checked catalogue has every one."""
    question = current().question(check)
    assert question is not None
    return question
