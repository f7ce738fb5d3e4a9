"""Search over lessons, terms, roles, objectives and scenarios."""

from dataclasses import dataclass

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup, escape

from accounts.models import Person
from accounts.permissions import EVERYONE, allow
from catalogue.catalogue import Catalogue
from catalogue.live import current
from courses.blueprint import bp, viewer
from courses.doors import open_to_all, reads_all
from courses.findable import index_of
from courses.queries import courses_joined
from courses.searching import LONGEST_QUERY, Entry, Hit

KINDS = {"lesson": "Lesson", "term": "Term", "role": "Role", "objective": "Objective", "scenario": "Scenario"}


@dataclass(frozen=True)
class Result:
    """One line of what was found."""

    title: str
    url: str
    kind: str
    where: str | None
    excerpt_html: Markup


@bp.get("/search")
@allow(EVERYONE)
def search() -> ResponseReturnValue:
    """Show what was found; what the person cannot open yet is listed with what to do."""
    query = "".join(letter for letter in request.args.get("q", "") if letter.isprintable()).strip()
    catalogue, person = current(), viewer()
    joined = courses_joined(person.id) if person else frozenset()
    hits = index_of(catalogue).find(query)
    results = [result(hit, catalogue, person, joined) for hit in hits]
    return render_template("courses/search.html", query=query[:LONGEST_QUERY], results=results)


def result(hit: Hit, catalogue: Catalogue, person: Person | None, joined: frozenset[str]) -> Result:
    """Return one line; a lesson that is closed shows its summary in place of its words."""
    entry = hit.entry
    note = first_do(entry, catalogue, person, joined)
    lesson = catalogue.lesson(f"{entry.course}/{entry.lesson}")
    excerpt = escape(lesson.summary) if note and lesson else hit.excerpt
    where = ". ".join(words for words in (entry.where, note) if words) or None
    return Result(entry.title, address(entry), KINDS[entry.kind], where, excerpt)


def first_do(entry: Entry, catalogue: Catalogue, person: Person | None, joined: frozenset[str]) -> str | None:
    """Say what somebody has to do before the entry opens, or None."""
    if entry.kind == "scenario":
        return None if person else "Sign in to play this scenario."
    course, lesson = catalogue.course(entry.course), catalogue.lesson(f"{entry.course}/{entry.lesson}")
    if course is None or lesson is None or open_to_all(course, lesson) or reads_all(person) or course.id in joined:
        return None
    return "Join the course to open this lesson." if person else "Sign in to open this lesson."


def address(entry: Entry) -> str:
    """Return where an entry stands; a place in a lesson is marked there."""
    if entry.kind == "term":
        return url_for("courses.glossary", _anchor=entry.anchor)
    if entry.kind == "role":
        return url_for("courses.careers", _anchor=entry.anchor)
    if entry.kind == "scenario":
        return url_for("simulations.scenario", course=entry.course, scenario=entry.anchor)
    place = entry.anchor or None
    return url_for("courses.lesson", course=entry.course, lesson=entry.lesson, found=place, _anchor=place)
