"""What can be found by search: lessons part by part, terms, roles, objectives and scenarios."""

from collections.abc import Iterator
from threading import Lock

from catalogue.catalogue import Catalogue
from catalogue.material import Course, Lesson
from catalogue.rendering.outline import Heading, Line
from catalogue.rendering.words import bare
from catalogue.vocabulary import CareerRole, Term
from courses.searching import Entry, Index

_lock = Lock()
_built: dict[str, tuple[Catalogue, Index]] = {}


def index_of(catalogue: Catalogue) -> Index:
    """Return the index of this catalogue; a process builds it when somebody first searches."""
    with _lock:
        kept = _built.get("index")
        if kept is None or kept[0] is not catalogue:
            kept = _built["index"] = (catalogue, Index(entries_of(catalogue)))
        return kept[1]


def entries_of(catalogue: Catalogue) -> Iterator[Entry]:
    """Return everything that can be found."""
    yield from (term_entry(term) for term in catalogue.terms.values())
    yield from (role_entry(role) for role in catalogue.roles.values())
    for course in catalogue.courses.values():
        yield from objective_entries(course)
        yield from scenario_entries(course)
        for lesson in course.lessons:
            yield from lesson_entries(course, lesson)


def term_entry(term: Term) -> Entry:
    """Return a term of the glossary with its other names."""
    across = term.shape.other_side
    body = [term.shape.meaning, *term.also, *([across.term, across.differs] if across else [])]
    return Entry("term", term.term, "\n".join(plain(text) for text in body), anchor=term.id)


def role_entry(role: CareerRole) -> Entry:
    """Return a role with what it does and needs."""
    shape = role.shape
    body = [shape.summary, *shape.does, *shape.needs.skills, *shape.needs.certificates]
    return Entry("role", role.title, "\n".join(plain(text) for text in body), anchor=role.id)


def objective_entries(course: Course) -> Iterator[Entry]:
    """Return the objectives that a lesson teaches; each leads to the first such lesson."""
    for objective in course.objectives.values():
        lesson = next((lesson for lesson in course.lessons if objective.id in lesson.objectives), None)
        if lesson:
            yield Entry(
                "objective", objective.title, lesson.summary, f"{course.title}: {lesson.title}", course.id, lesson.id
            )


def scenario_entries(course: Course) -> Iterator[Entry]:
    """Return the scenarios that learners may play, by what their lists say of them."""
    for scenario in course.scenarios.values():
        if scenario.offered:
            shape = scenario.shape
            yield Entry("scenario", shape.title, plain(shape.summary), course.title, course.id, anchor=scenario.id)


def lesson_entries(course: Course, lesson: Lesson) -> Iterator[Entry]:
    """Return a lesson part by part, so that a hit leads to its place."""
    for anchor, title, body in parts_of(lesson):
        where = course.title if not anchor else f"{course.title}: {lesson.title}"
        yield Entry("lesson", title, body, where, course.id, lesson.id, anchor)


def parts_of(lesson: Lesson) -> list[tuple[str, str, str]]:
    """Return anchor, title and words of each part; the first has the lesson's own title."""
    parts: list[tuple[str, str, list[str]]] = [("", lesson.title, [lesson.summary])]
    for piece in lesson.parsed.outline.pieces if lesson.parsed.outline else ():
        if isinstance(piece, Heading):
            parts.append((piece.id, plain(piece.text), []))
        else:
            parts[-1][2].append(bare(piece))
    return [(anchor, title, "\n".join(body)) for anchor, title, body in parts]


def plain(text: str) -> str:
    """Return the bare words of a short text."""
    return "\n".join(bare(Line(0, line)) for line in text.splitlines())
