"""The start page: for visitors what this is, for everybody else where to go on."""

from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue

from accounts.models import Person
from accounts.permissions import EVERYONE, allow
from catalogue.live import current
from catalogue.material import Course, Lesson
from core.offers import offers
from courses.blueprint import bp, viewer
from courses.outline import completed_lessons, lesson_url, next_to_read
from courses.rows import course_row
from progress.queries import StudyState, studies


@dataclass(frozen=True)
class Study:
    """A course that somebody takes, and where they go on in it."""

    course: Course
    state: StudyState
    done: int
    next: Lesson | None
    next_url: str | None
    place: str | None  # the title of the heading read last

    @property
    def total(self) -> int:
        """Count the lessons."""
        return len(self.course.lessons)


@bp.get("/")
@allow(EVERYONE)
def start() -> ResponseReturnValue:
    """Show the front page, or today."""
    person = viewer()
    return today_page(person) if person else front_page()


def front_page() -> str:
    """Show visitors what this is."""
    courses = current().courses.values()
    live = next((course for course in courses if not course.is_preview), None)
    first = (
        {"title": live.lessons[0].title, "url": lesson_url(live.lessons[0]), "minutes": live.lessons[0].minutes}
        if live
        else None
    )
    return render_template("courses/start.html", courses=[course_row(course) for course in courses], first_lesson=first)


def today_page(person: Person) -> str:
    """Show where to go on, the courses one takes, and what the other rooms have to say."""
    known = current().courses
    taken = [study(known[name], state) for name, state in studies(person.id).items() if name in known]
    shown = ((offer.template, offer.make(person)) for offer in sorted(offers().cards, key=lambda card: card.order))
    return render_template(
        "courses/today.html",
        going_on=next((one for one in taken if one.next), None),
        studies=taken,
        cards=[(template, card) for template, card in shown if card is not None],
    )


def study(course: Course, state: StudyState) -> Study:
    """Return where somebody is in a course they take."""
    lesson = next_to_read(course, state)
    place = state.place(lesson.id) if lesson else None
    heading = next((heading for heading in lesson.headings if heading.id == place), None) if lesson and place else None
    url = lesson_url(lesson, heading.id if heading else None) if lesson else None
    return Study(course, state, completed_lessons(course, state), lesson, url, heading.text if heading else None)
