"""Courses: the list, one course, and joining and leaving it."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from accounts.permissions import EVERYONE, SIGNED_IN, allow
from catalogue.live import current
from core.clock import now
from core.database import writing
from courses.blueprint import bp, course_or_404, viewer
from courses.completing import requirements
from courses.outline import completed_lessons, lesson_url, next_to_read, outline_of
from courses.queries import courses_joined, noted_lessons
from courses.rows import course_row
from progress.certificates import certificate_of
from progress.enrolments import enrol, leave
from progress.queries import StudyState, study_state


@bp.get("/courses")
@allow(EVERYONE)
def index() -> ResponseReturnValue:
    """List the courses, one's own first."""
    person = viewer()
    joined = courses_joined(person.id) if person else frozenset()
    courses = current().courses.values()
    mine = [course_row(course) for course in courses if course.id in joined]
    return render_template(
        "courses/index.html", mine=mine, others=[course_row(course) for course in courses if course.id not in joined]
    )


@bp.get("/courses/<course>")
@allow(EVERYONE)
def course(course: str) -> ResponseReturnValue:
    """Show a course with its modules and lessons, and how far one has come."""
    found, person = course_or_404(course), viewer()
    state = study_state(person.id, found.id) if person else StudyState()
    noted = noted_lessons(person.id, found.id) if person else frozenset()
    going_on = next_to_read(found, state) if state.enrolled else None
    wanted = requirements(found, person.id if person else None, state, now())
    return render_template(
        "courses/course.html",
        course=found,
        row=course_row(found),
        modules=outline_of(found, person, state, noted=noted),
        state=state,
        done=completed_lessons(found, state),
        going_on=going_on,
        going_on_url=lesson_url(going_on, state.place(going_on.id)) if going_on else None,
        requirements=wanted,
        certificate=certificate_of(person.id, found.id) if person and wanted else None,
        first_url=lesson_url(found.lessons[0]) if found.lessons else None,
    )


@bp.post("/courses/<course>/enrolment")
@allow(SIGNED_IN)
def join(course: str) -> ResponseReturnValue:
    """Let somebody take the course."""
    found = course_or_404(course)
    with writing(learner=current_user.id):
        enrol(current_user.id, found.id, now=now())
    flash(f"You take “{found.title}” now. Your places, answers and notes are kept from here on.")
    return redirect(url_for("courses.course", course=found.id))


@bp.post("/courses/<course>/departure")
@allow(SIGNED_IN)
def depart(course: str) -> ResponseReturnValue:
    """Let somebody leave the course; joining again brings everything back."""
    found = course_or_404(course)
    with writing(learner=current_user.id):
        leave(current_user.id, found.id, now=now())
    flash(f"You have left “{found.title}”. Everything you did in it is kept; join again whenever you like.")
    return redirect(url_for("courses.course", course=found.id))
