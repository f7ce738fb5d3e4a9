"""Labs: figures typed in and worked out, and rounds in which steps are left to the learner. Nothing of it is kept."""

from secrets import randbelow

from flask import abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from accounts.permissions import EVERYONE, allow
from catalogue.addresses import lab as lab_url
from catalogue.material import Lesson
from catalogue.segments import Lab
from core.errors import wants_fragment
from courses.blueprint import bp, lesson_or_404, viewer
from courses.doors import door
from courses.labs.panels import round_panel, trying_panel
from courses.outline import lesson_url
from courses.queries import reading_desk
from progress.queries import StudyState

SEEDS = 1_000_000


@bp.get("/courses/<course>/lessons/<lesson>/labs/<int:number>")
@allow(EVERYONE)
def lab(course: str, lesson: str, number: int) -> ResponseReturnValue:
    """Show a lab to whoever may read its lesson, as a page or as the part of one."""
    where, here = lesson_or_404(course, lesson)
    person = viewer()
    state = reading_desk(person.id, where.id, here.id)[0] if person else StudyState()
    if here.id != lesson or not door(where, here, person, state).is_open:
        return redirect(lesson_url(here))
    found = next((part for part in here.segments if isinstance(part, Lab) and part.number == number), None) or abort(
        404
    )
    asked, seed = request.args.get("round", type=int), request.args.get("seed", type=int)
    if asked is None:
        return shown(here, trying_panel(here, found, request.args), where.title)
    if not 1 <= asked <= len(found.written.fade):
        return redirect(lab_url(where.id, here.id, number))
    if seed is None:
        return redirect(f"{lab_url(where.id, here.id, number)}?round={asked}&seed={randbelow(SEEDS)}")
    return shown(here, round_panel(here, found, asked, seed, request.args), where.title)


def shown(lesson: Lesson, panel: object, course_title: str) -> ResponseReturnValue:
    """Show a panel alone to a script, and in a page of its own to everybody else."""
    template = "courses/_lab.html" if wants_fragment() else "courses/lab.html"
    return render_template(template, lesson=lesson, panel=panel, course_title=course_title)
