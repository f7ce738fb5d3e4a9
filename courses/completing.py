"""What completes a course, and how much of it somebody has done."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from catalogue.material import Course
from core.wording import plural
from progress.queries import StudyState
from quizzes.sittings.best import best_percent
from simulations.queries import scenarios_ended


@dataclass(frozen=True)
class Requirement:
    """One thing that completes a course."""

    words: str
    met: bool
    so_far: str | None = None
    url: str | None = None


def requirements(course: Course, learner_id: int | None, state: StudyState, now: datetime) -> tuple[Requirement, ...]:
    """Return what completes a course, in at most two statements; none where it gives no certificate."""
    return (
        *lessons_required(course, state),
        *exam_required(course, learner_id, now),
        *scenarios_required(course, learner_id),
    )


def lessons_required(course: Course, state: StudyState) -> Iterator[Requirement]:
    """Ask for all lessons, or for some of them."""
    named = course.completion.lessons
    wanted = [one.id for one in course.lessons] if named == "all" else list(named or ())
    if wanted:
        done = sum(state.completed(name) for name in wanted)
        words = (
            f"All {plural(len(wanted), 'lesson')} complete"
            if named == "all"
            else f"{plural(len(wanted), 'lesson')} complete"
        )
        yield Requirement(words, done == len(wanted), f"{done} so far")


def exam_required(course: Course, learner_id: int | None, now: datetime) -> Iterator[Requirement]:
    """Ask for an exam, with a result of so much or just sat."""
    completion = course.completion
    if completion.exam:
        best = best_percent(learner_id, course.id, completion.exam, now) if learner_id else None
        title, least = course.exams[completion.exam].shape.title, completion.at_least
        words = f"“{title}” with {least} % or more" if least else f"“{title}” sat to its end"
        so_far = None if best is None else f"{best:.0f} % so far"
        url = url_for("sittings.exam", course=course.id, exam=completion.exam)
        yield Requirement(words, best is not None and best >= (least or 0), so_far, url)


def scenarios_required(course: Course, learner_id: int | None) -> Iterator[Requirement]:
    """Ask for scenarios that were played, and for what was learnt in them to be written down."""
    played, written = course.completion.scenarios, course.completion.reflections
    ended = scenarios_ended(learner_id, course.id) if learner_id and (played or written) else {}
    for name in played:
        yield Requirement(f"{quoted(course, name)} played to its end", name in ended, url=scenario_url(course, name))
    for name in written:
        words = f"A reflection on {quoted(course, name)} written after its debrief"
        yield Requirement(words, ended.get(name, False), url=scenario_url(course, name))


def quoted(course: Course, scenario: str) -> str:
    """Return a scenario's title in quotes."""
    return f"“{course.scenarios[scenario].shape.title}”"


def scenario_url(course: Course, scenario: str) -> str:
    """Return where a scenario is played."""
    return url_for("simulations.scenario", course=course.id, scenario=scenario)
