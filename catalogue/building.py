"""Builds the catalogue from texts: parses what changed, checks everything together, puts it in its place."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from catalogue.catalogue import Catalogue
from catalogue.checks.known import Known, known
from catalogue.checks.references import links_of
from catalogue.checks.whole import check_all
from catalogue.faults import Fault, Faults
from catalogue.material import (
    Certification,
    Course,
    Domain,
    Exam,
    Lesson,
    Misconception,
    Module,
    Objective,
    Question,
    Scenario,
)
from catalogue.media import Media
from catalogue.parsing import Parsed, digest_of, locate, normalised, parse
from catalogue.rendering.links import NOWHERE
from catalogue.schema.reading import collector_resting
from catalogue.vocabulary import CareerRole, Term

STRAY = (
    "This file stands where no document belongs; the folders are lessons, questions, exams, scenarios and media, "
    "one course a folder."
)


def build(sources: Mapping[str, str], media: Mapping[str, Media], previous: Catalogue | None = None) -> Catalogue:
    """Return the catalogue of these texts; raise Faults with everything there is to mend."""
    with collector_resting():
        return built(sources, media, previous or Catalogue())


def built(sources: Mapping[str, str], media: Mapping[str, Media], previous: Catalogue) -> Catalogue:
    """Parse, check and assemble."""
    stray = [Fault(path, 1, STRAY) for path in sources if locate(path) is None]
    documents = {path: parsed_again(path, source, previous) for path, source in sorted(sources.items()) if locate(path)}
    there = known(documents.values(), media)
    faults, warnings = check_all(documents, media, there)
    if stray or faults:
        raise Faults([*stray, *faults])
    return assembled(documents, there, tuple(sorted(set(warnings))), previous)


def parsed_again(path: str, source: str, previous: Catalogue) -> Parsed:
    """Return a document; what did not change is not read twice."""
    before = previous.documents.get(path)
    if before is not None and before.digest == digest_of(source):
        return before
    where = locate(path)
    assert where
    return parse(path, where, source)


def assembled(
    documents: Mapping[str, Parsed], there: Known, warnings: tuple[Fault, ...], previous: Catalogue
) -> Catalogue:
    """Put checked documents in their places."""
    by_course: dict[str, list[Parsed]] = defaultdict(list)
    for document in documents.values():
        by_course[document.where.course].append(document)
    courses = {name: course_of(name, by_course[name], there, previous) for name in sorted(there.courses)}
    terms, roles = vocabulary(by_course[""], there)
    return Catalogue(courses, terms, roles, there.media, documents, warnings)


def vocabulary(documents: Iterable[Parsed], there: Known) -> tuple[dict[str, Term], dict[str, CareerRole]]:
    """Return the terms and the roles."""
    terms: dict[str, Term] = {}
    roles: dict[str, CareerRole] = {}
    for document in documents:
        links = links_of(document, there) if document.references else NOWHERE
        if document.where.kind == "glossary":
            terms = {shape.id: Term(shape, links) for shape in document.shape.terms}
        else:
            roles = {shape.id: CareerRole(shape, links) for shape in document.shape.roles}
    return terms, roles


def course_of(name: str, documents: Iterable[Parsed], there: Known, previous: Catalogue) -> Course:
    """Return a course with everything in its folder."""
    by_kind: dict[str, list[Parsed]] = defaultdict(list)
    for document in documents:
        by_kind[document.where.kind].append(document)
    shape = by_kind["course"][0].shape
    before = previous.courses.get(name)
    lessons = lessons_of(name, shape, by_kind["lesson"], there, before)
    questions = questions_of(name, by_kind["bank"], there, before)
    domains = tuple(domain_of(name, domain) for domain in shape.domains)
    return Course(
        id=name,
        **{key: getattr(shape, key) for key in SAME},
        certification=certification_of(shape),
        domains=domains,
        objectives={objective.id: objective for domain in domains for objective in domain.objectives},
        modules=tuple(module_of(module, lessons) for module in shape.modules),
        lessons=tuple(lessons.values()),
        questions=questions,
        families=families_of(questions),
        misconceptions={m.id: Misconception(m.id, m.title, m.lesson) for m in shape.misconceptions},
        exams={exam.where.id: Exam(exam.where.id, name, exam.path, exam.shape) for exam in by_kind["exam"]},
        scenarios=scenarios_of(name, by_kind["scenario"], by_kind["verdict"], there),
    )


SAME = ("title", "summary", "language", "level", "status", "notice", "sequential", "completion", "replaces")


def certification_of(shape: Any) -> Certification | None:
    """Return the certification of a course, if it prepares for one."""
    found = shape.certification
    return Certification(found.name, found.owner, found.blueprint, found.checked) if found else None


def domain_of(course: str, shape: Any) -> Domain:
    """Return a domain with its objectives."""
    objectives = tuple(Objective(o.id, course, o.title, o.code, shape.id) for o in shape.objectives)
    return Domain(shape.id, shape.title, shape.weight, objectives)


def module_of(shape: Any, lessons: Mapping[str, Lesson]) -> Module:
    """Return a module with its lessons."""
    return Module(
        shape.id,
        shape.title,
        shape.summary,
        tuple(lessons[name] for name in shape.lessons),
        shape.exams,
        shape.scenarios,
    )


def lessons_of(
    course: str, shape: Any, documents: list[Parsed], there: Known, before: Course | None
) -> dict[str, Lesson]:
    """Return the lessons in the order they are read; unchanged ones keep what was rendered."""
    by_id = {document.where.id: document for document in documents}
    placed = [(module.id, name) for module in shape.modules for name in module.lessons]
    return {name: same_lesson(lesson_of(course, module, by_id[name], there), before) for module, name in placed}


def lesson_of(course: str, module: str, document: Parsed, there: Known) -> Lesson:
    """Return a lesson of one document."""
    head, links = document.shape, links_of(document, there)
    checks = tuple(links.question(span.target) for span in document.references if span.kind in ("check", "sort"))
    return Lesson(
        id=document.where.id,
        course_id=course,
        title=head.title,
        summary=head.summary,
        objectives=head.objectives,
        minutes=head.minutes,
        module=module,
        checks=checks,
        path=document.path,
        links=links,
        parsed=document,
    )


def scenarios_of(course: str, documents: list[Parsed], verdicts: list[Parsed], there: Known) -> dict[str, Scenario]:
    """Return the scenarios, each with the verdict about its present text."""
    found = {verdict.where.id: verdict.shape for verdict in verdicts if verdict.shape}
    return {
        one.where.id: Scenario(
            one.where.id,
            course,
            one.path,
            one.digest,
            one.shape,
            links_of(one, there),
            verdict if (verdict := found.get(one.where.id)) and verdict.is_about(one.digest) else None,
        )
        for one in documents
    }


def same_lesson(lesson: Lesson, before: Course | None) -> Lesson:
    """Return the lesson of before where nothing about it changed."""
    old = before.lesson(lesson.id) if before else None
    same = old is not None and (old.parsed, old.links, old.module) == (lesson.parsed, lesson.links, lesson.module)
    return old if same and old else lesson


def questions_of(course: str, banks: list[Parsed], there: Known, before: Course | None) -> dict[str, Question]:
    """Return the questions of all banks; unchanged ones keep what was rendered."""
    questions: dict[str, Question] = {}
    for bank in banks:
        links = links_of(bank, there)
        cases = {case.id: case for case in bank.shape.cases}
        for shape in bank.shape.questions:
            old = before.questions.get(shape.id) if before else None
            same = old is not None and (old.bank_digest, old.links, old.path) == (bank.digest, links, bank.path)
            fresh = Question(shape.id, course, bank.path, bank.digest, shape, cases.get(shape.case or ""), links)
            questions[shape.id] = old if same and old else fresh
    return questions


def families_of(questions: Mapping[str, Question]) -> dict[str, tuple[Question, ...]]:
    """Return the questions by family."""
    families: dict[str, list[Question]] = defaultdict(list)
    for question in questions.values():
        families[question.family].append(question)
    return {name: tuple(siblings) for name, siblings in families.items()}


def scenario_in(path: str, source: str, there: Known) -> Scenario | None:
    """Return a scenario as an earlier revision has it; its verdict is not about that text any more."""
    where = locate(path)
    document = parse(path, where, normalised(source)) if where else None
    if document is None or document.shape is None:
        return None
    return scenarios_of(document.where.course, [document], [], there)[document.where.id]


def question_in(path: str, source: str, question_id: str, there: Known) -> Question | None:
    """Return a question as an earlier revision of its bank has it."""
    where = locate(path)
    bank = parse(path, where, normalised(source)) if where else None
    if bank is None or bank.shape is None:
        return None
    return questions_of(bank.where.course, [bank], there, None).get(question_id)
