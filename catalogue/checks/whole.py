"""Checks all documents together and returns everything there is to mend, and to think about."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from catalogue.checks.courses import (
    Whole,
    bank_problems,
    course_problems,
    exam_problems,
    lesson_problems,
    scenario_problems,
)
from catalogue.checks.found import Found
from catalogue.checks.known import Known
from catalogue.checks.references import Nowhere, lesson_there, reference_faults
from catalogue.faults import Fault
from catalogue.media import Media
from catalogue.parsing import Parsed

Checked = tuple[list[Fault], list[Fault]]  # faults, warnings


def check_all(documents: Mapping[str, Parsed], media: Mapping[str, Media], there: Known) -> Checked:
    """Return all faults and all warnings."""
    faults = [fault for document in documents.values() for fault in document.faults]
    warnings = [fault for document in documents.values() for fault in document.warnings]
    faults += media_faults(documents.values(), media)
    for document in documents.values():
        faults += reference_faults(document, there)
    faults += [fault for document in documents.values() for fault in vocabulary_faults(document, there)]
    for course in wholes(documents.values(), there):
        for document, found in course_found(course):
            (faults if found.weighs else warnings).append(document.fault(found.place, found.sentence))
    faults += orphans(documents.values())
    warnings += verdict_warnings(documents.values(), there)
    return faults, warnings


def wholes(documents: Iterable[Parsed], there: Known) -> Iterator[Whole]:
    """Return every course whose course.yaml can be read, with what is in its folder."""
    by_kind: dict[tuple[str, str], list[Parsed]] = defaultdict(list)
    for document in documents:
        by_kind[document.where.course, document.where.kind].append(document)
    for course, document in there.courses.items():
        if document.shape is not None:
            kinds = ("lesson", "bank", "exam", "scenario")
            lessons, banks, exams, scenarios = (tuple(by_kind[course, kind]) for kind in kinds)
            yield Whole(document, lessons, banks, exams, scenarios, there)


def course_found(course: Whole) -> Iterator[tuple[Parsed, Found]]:
    """Return everything found in a course, each with its document."""
    yield from ((course.document, found) for found in course_problems(course))
    for lesson in course.lessons:
        yield from ((lesson, found) for found in (*lesson_problems(lesson, course), *minutes_problems(lesson)))
    for bank in course.banks:
        if bank.shape is not None:
            yield from ((bank, found) for found in bank_problems(bank, course))
    for exam in course.exams:
        yield from ((exam, found) for found in exam_problems(exam, course))
    for scenario in course.scenarios:
        yield from ((scenario, found) for found in scenario_problems(scenario, course))


def minutes_problems(lesson: Parsed) -> Iterator[Found]:
    """The minutes told are those it takes: its words by 200, and one for each check, within a quarter."""
    if lesson.shape is None or lesson.outline is None:
        return
    checks = sum(span.kind in ("check", "sort") for span in lesson.references)
    count = lesson.words
    needed = count / 200 + checks
    if abs(lesson.shape.minutes - needed) > max(needed / 4, 0.5):
        sentence = (
            f"{count} words and {checks} checks take about {max(1, round(needed))} minutes, not {lesson.shape.minutes}."
        )
        yield Found(("minutes",), sentence, weighs=False)


def media_faults(documents: Iterable[Parsed], media: Mapping[str, Media]) -> Iterator[Fault]:
    """Return what is wrong with media files, and those that nobody uses."""
    used = {f"{document.where.course}/{span.target}" for document in documents for span in document.references}
    for path, file in media.items():
        yield from (Fault(path, 1, problem) for problem in file.problems)
        if path not in used:
            yield Fault(path, 1, "Nobody uses this file; show it somewhere or remove it.")


def vocabulary_faults(document: Parsed, there: Known) -> Iterator[Fault]:
    """Return references of roles that lead nowhere, and ids of terms and roles that stand twice."""
    if document.shape is None or document.where.kind not in ("glossary", "careers"):
        return
    name = "terms" if document.where.kind == "glossary" else "roles"
    seen: set[str] = set()
    for index, entry in enumerate(getattr(document.shape, name)):
        if entry.id in seen:
            yield document.fault((name, index, "id"), f"Two {name} have the id {entry.id}.")
        seen.add(entry.id)
        if name == "roles":
            yield from (
                document.fault((name, index, *found.place), found.sentence) for found in role_problems(entry, there)
            )


def role_problems(role: object, there: Known) -> Iterator[Found]:
    """The lessons of a role, and the roles it leads to, are there."""
    for k, ref in enumerate(getattr(role, "lessons", ())):
        course, _, name = ref.rpartition("/")
        try:
            lesson_there(course, name, "", there)
        except Nowhere as nowhere:
            yield Found(("lessons", k), str(nowhere))
    for k, name in enumerate(getattr(role, "leads_to", ())):
        if name not in there.roles:
            yield Found(("leads_to", k), f"There is no role {name}.")


def verdict_warnings(documents: Iterable[Parsed], there: Known) -> Iterator[Fault]:
    """Every scenario has a verdict about its present text, and passed; else only instructors may play it."""
    verdicts = {
        f"{document.where.course}/{document.where.id}": document.shape
        for document in documents
        if document.where.kind == "verdict"
    }
    for name, scenario in there.scenarios.items():
        verdict = verdicts.get(name)
        if verdict is None or not verdict.is_about(scenario.digest):
            yield Fault(scenario.path, 1, f"This text has no verdict yet; run flask scenario check {name}.")
        elif not verdict.passed:
            yield Fault(scenario.path, 1, "Not every rule holds, so learners cannot play it; see its verdict.")


def orphans(documents: Iterable[Parsed]) -> Iterator[Fault]:
    """Return a fault for each folder that has documents and no course.yaml."""
    courses = {document.where.course for document in documents if document.where.kind == "course"}
    told: set[str] = set()
    for document in documents:
        course = document.where.course
        if course and course not in courses and course not in told:
            told.add(course)
            yield Fault(document.path, 1, f"The folder {course} has no course.yaml.")
