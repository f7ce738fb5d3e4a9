"""Notes of one's own beside a lesson."""

from flask import jsonify, redirect, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from accounts.permissions import SIGNED_IN, allow
from catalogue.material import Course, Lesson
from core.clock import now
from core.database import writing
from core.errors import Refused, wants_fragment
from core.saying import say_second
from courses.blueprint import bp, lesson_or_404
from courses.doors import door
from courses.lesson_page import lesson_page
from courses.notes import keep_note, version_at
from courses.outline import lesson_url
from courses.queries import KeptNote, reading_desk


@bp.post("/courses/<course>/lessons/<lesson>/note")
@allow(SIGNED_IN)
def note(course: str, lesson: str) -> ResponseReturnValue:
    """Keep a note; only after the commit is it called saved."""
    where, here = lesson_or_404(course, lesson)
    text, version = request.form.get("text", ""), request.form.get("version", 0, type=int)
    may_write(where, here)
    try:
        with writing(learner=current_user.id):
            kept = keep_note(current_user.id, where.id, here.id, text, version, now=now())
    except Refused as refusal:
        if wants_fragment():
            raise
        return typed_again(where, here, text, version, refusal)
    if wants_fragment():
        said = say_second(kept.saved_at)
        return jsonify(saved=said, saved_at=said, version=version_at(kept.saved_at))
    return redirect(lesson_url(here, "notes"))


def may_write(course: Course, lesson: Lesson) -> None:
    """Refuse a note on a lesson that its writer cannot open."""
    state, _ = reading_desk(current_user.id, course.id, lesson.id)
    if not door(course, lesson, current_user, state).is_open:
        raise Refused("This lesson is not open to you yet, so there is no page to write beside.")


def typed_again(course: Course, lesson: Lesson, text: str, version: int, refusal: Refused) -> ResponseReturnValue:
    """Show the lesson again with what was typed, and why it was not kept."""
    state, _ = reading_desk(current_user.id, course.id, lesson.id)
    page = lesson_page(
        course, lesson, current_user, state, KeptNote(text), note_problem=refusal.sentence, note_version=version
    )
    return page, refusal.status
