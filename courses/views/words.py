"""The words of the trade."""

from collections import defaultdict
from dataclasses import dataclass

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from accounts.permissions import EVERYONE, allow
from catalogue.catalogue import Catalogue
from catalogue.live import current
from catalogue.material import Lesson
from catalogue.vocabulary import Term
from courses.blueprint import bp
from courses.outline import lesson_url

SIDES = ("project", "service", "both")


@dataclass(frozen=True)
class TermCard:
    """A term with the lessons that use it."""

    term: Term
    used_in: tuple[tuple[str, str], ...]  # title and address


@bp.get("/glossary")
@allow(EVERYONE)
def glossary() -> ResponseReturnValue:
    """Show the terms by letter, of one side or of all."""
    side = request.args.get("side")
    if side is not None and side not in SIDES:
        abort(404)
    catalogue = current()
    terms = sorted(catalogue.terms.values(), key=lambda term: term.term.casefold())
    chosen = [term for term in terms if side is None or term.side in (side, "both")]
    return render_template(
        "courses/glossary.html", letters=by_letter(chosen, users(catalogue)), side=side, count=len(chosen)
    )


def by_letter(terms: list[Term], used: dict[str, list[Lesson]]) -> dict[str, list[TermCard]]:
    """Put terms under their first letters."""
    letters: dict[str, list[TermCard]] = defaultdict(list)
    for term in terms:
        letters[term.term[0].upper()].append(TermCard(term, titled(used.get(term.id, []))))
    return dict(letters)


def users(catalogue: Catalogue) -> dict[str, list[Lesson]]:
    """Return the lessons that link to each term."""
    used: dict[str, list[Lesson]] = defaultdict(list)
    for lesson in (lesson for course in catalogue.courses.values() for lesson in course.lessons):
        for target in dict.fromkeys(span.target for span in lesson.parsed.references):
            if target.startswith("term:"):
                used[target.removeprefix("term:")].append(lesson)
    return used


def titled(lessons: list[Lesson]) -> tuple[tuple[str, str], ...]:
    """Return titles and addresses."""
    return tuple((lesson.title, lesson_url(lesson)) for lesson in lessons)
