"""A lesson: reading it, keeping the place, and having read it."""

from flask import current_app, flash, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from accounts.models import Person
from accounts.permissions import EVERYONE, SIGNED_IN, allow
from catalogue.material import Course, Lesson
from core.clock import now
from core.database import writing
from core.saying import say_second
from courses.blueprint import bp, lesson_or_404, viewer
from courses.doors import Bar, Door, door
from courses.lesson_page import lesson_page
from courses.outline import lesson_url
from courses.queries import KeptNote, reading_desk
from courses.reading import finish_reading, keep_reading_place
from progress.queries import StudyState


@bp.get("/courses/<course>/lessons/<lesson>")
@allow(EVERYONE)
def lesson(course: str, lesson: str) -> ResponseReturnValue:
    """Show a lesson, or what stands in the way."""
    where, here = lesson_or_404(course, lesson)
    if here.id != lesson:
        return redirect(lesson_url(here), 301)
    person = viewer()
    state, note = reading_desk(person.id, where.id, here.id) if person else (StudyState(), KeptNote())
    entrance = door(where, here, person, state)
    if not entrance.is_open:
        return closed(where, here, entrance)
    return lesson_page(where, here, person, state, note, found=request.args.get("found"))


def closed(course: Course, lesson: Lesson, entrance: Door) -> ResponseReturnValue:
    """Ask to sign in, to join, or to complete what comes before."""
    if entrance.bar is Bar.SIGN_IN:
        answer: ResponseReturnValue = current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
        return answer
    url = lesson_url(entrance.missing) if entrance.missing else None
    return render_template("courses/closed.html", course=course, lesson=lesson, door=entrance, missing_url=url), 409


@bp.post("/courses/<course>/lessons/<lesson>/reading")
@allow(SIGNED_IN)
def reading(course: str, lesson: str) -> ResponseReturnValue:
    """Keep the place (a script sends it while one reads), or note that the lesson was read."""
    where, here = lesson_or_404(course, lesson)
    place = request.form.get("anchor")
    moment = now()
    with writing(learner=current_user.id):
        if place is not None:
            keep_reading_place(current_user, where, here, place, now=moment)
        else:
            finish_reading(current_user, where, here, now=moment)
    return jsonify(saved=say_second(moment)) if place is not None else go_on(current_user, where, here)


def go_on(person: Person, course: Course, lesson: Lesson) -> ResponseReturnValue:
    """Lead on to the next lesson, or back to the course after the last; say which checks still wait."""
    state, _ = reading_desk(person.id, course.id, lesson.id)
    if not state.completed(lesson.id):
        flash(f"“{lesson.title}” is read. It is complete when its checks are answered as well.")
    after = course.next_lesson(lesson.id)
    if after is None or not door(course, after, person, state).is_open:
        return redirect(lesson_url(lesson, "end"))
    return redirect(lesson_url(after))
