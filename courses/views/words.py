"""The words of the trade and the roles in it."""

from collections import defaultdict
from dataclasses import dataclass

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from accounts.permissions import EVERYONE, allow
from catalogue.catalogue import Catalogue
from catalogue.live import current
from catalogue.material import Lesson
from catalogue.vocabulary import CareerRole, Term
from courses.blueprint import bp
from courses.outline import lesson_url

SIDES = ("project", "service", "both")
GROUPS = {
    "strategic": "Strategic: decides where services go",
    "developmental": "Developmental: builds and changes services",
    "operational": "Operational: keeps services running",
}


@dataclass(frozen=True)
class TermCard:
    """A term with the lessons that use it."""

    term: Term
    used_in: tuple[tuple[str, str], ...]  # title and address


@dataclass(frozen=True)
class RoleCard:
    """A role with where it leads, and the lessons about it."""

    role: CareerRole
    needs: tuple[tuple[str, str], ...]  # what is asked for, and how much of it
    leads_to: tuple[CareerRole, ...]
    lessons: tuple[tuple[str, str], ...]


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


@bp.get("/careers")
@allow(EVERYONE)
def careers() -> ResponseReturnValue:
    """Show the ladder of the project side and the groups of the service side."""
    catalogue = current()
    roles = sorted(catalogue.roles.values(), key=lambda role: (role.shape.rank or 0, role.title))
    cards = [role_card(role, catalogue) for role in roles]
    ladder = [card for card in cards if card.role.side == "project"]
    service = [card for card in cards if card.role.side == "service"]
    groups = [(title, [card for card in service if card.role.shape.group == name]) for name, title in GROUPS.items()]
    others = [card for card in service if card.role.shape.group is None]
    return render_template("courses/careers.html", ladder=ladder, groups=groups, others=others)


def role_card(role: CareerRole, catalogue: Catalogue) -> RoleCard:
    """Return a role with where it leads."""
    leads_to = tuple(catalogue.roles[name] for name in role.shape.leads_to if name in catalogue.roles)
    lessons = [lesson for ref in role.shape.lessons if (lesson := catalogue.lesson(ref))]
    return RoleCard(role, needs_of(role), leads_to, titled(lessons))


def needs_of(role: CareerRole) -> tuple[tuple[str, str], ...]:
    """Return what a role asks for, as far as it is known."""
    needs = role.shape.needs
    asked = (
        ("Education", needs.education),
        ("Experience", needs.experience),
        ("Skills", ", ".join(needs.skills)),
        ("Certificates", ", ".join(needs.certificates)),
    )
    return tuple((words, value) for words, value in asked if value)
