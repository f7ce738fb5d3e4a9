"""One learner of the demo at work, with the same verbs that the pages use."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from catalogue.live import current
from catalogue.material import Course, Lesson
from catalogue.questions import Question
from progress.enrolments import enrol
from progress.reading import keep_place, mark_read, open_lesson
from quizzes.attempts import Answer, finish_check, try_again
from quizzes.desk import open_desk

SURENESS = ("guess", "fairly-sure", "sure")
LEFT_OPEN = 0.25  # chance that an evening ends before the lesson does


@dataclass
class Player:
    """A learner with a skill, a die of their own, and a clock that goes on while they read."""

    learner_id: int
    skill: float
    random: Random
    clock: datetime

    def study(self, course: Course, lesson: Lesson) -> None:
        """Read a lesson and answer its checks; what was missed before is tried again."""
        enrol(self.learner_id, course.id, now=self.clock)
        open_lesson(self.learner_id, course.id, lesson.id, now=self.clock)
        for check in dict.fromkeys(lesson.checks):
            self.wait(90, 260)
            if question := current().question(check):
                self.answer(lesson, question)
        self.finish_reading(course, lesson)

    def finish_reading(self, course: Course, lesson: Lesson) -> None:
        """Reach the end of the lesson, or stop on the way."""
        if self.random.random() < LEFT_OPEN and lesson.headings:
            place = self.random.choice(lesson.headings)
            keep_place(self.learner_id, course.id, lesson.id, place.id, now=self.clock)
            return
        self.wait(60, 300)
        mark_read(self.learner_id, lesson, now=self.clock)

    def answer(self, lesson: Lesson, question: Question) -> None:
        """Answer a check, again where the last try was wrong."""
        desk = open_desk(self.learner_id, lesson, question, 0)
        if desk.latest and desk.latest.finished:
            if desk.latest.last is None or desk.latest.last.mark == 1:
                return
            try_again(desk, desk.latest.item.try_number, revision=1, now=self.clock)
            self.wait(20, 60)
            desk = open_desk(self.learner_id, lesson, question, 0)
        finish_check(
            desk, self.choose(desk.latest.item.try_number if desk.latest else 1, question), revision=1, now=self.clock
        )

    def choose(self, try_number: int, question: Question) -> Answer:
        """Choose as somebody of this skill would: more often right at a second try, and surer when right."""
        right = self.random.random() < min(0.97, self.skill + 0.2 * (try_number - 1))
        keys = [option.id for option in question.options if option.correct]
        others = [option.id for option in question.options if not option.correct]
        chosen = keys if right else [*keys[1:], self.random.choice(others)]
        sure = self.random.choices(SURENESS, (1, 4, 5) if right else (4, 4, 2))[0]
        return Answer(tuple(chosen), sure, 1, try_number, question.digest)

    def wait(self, least: int, most: int) -> None:
        """Let some seconds pass."""
        self.clock += timedelta(seconds=self.random.randint(least, most))
