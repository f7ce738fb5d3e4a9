"""What must hold over a whole course: weights, places of lessons, coverage, ids that are used once."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from catalogue.checks.banks import PARTS
from catalogue.checks.exams import shares
from catalogue.checks.found import Found, Place
from catalogue.checks.known import Known
from catalogue.checks.references import Nowhere, lesson_there
from catalogue.parsing import Parsed
from catalogue.schema.bank import AnyQuestion
from catalogue.schema.course import CourseShape

SMALLEST_FAMILY = 3
NAMING = ("options", "extra", "areas", "mistakes")  # the parts that may name a misconception


@dataclass(frozen=True)
class Whole:
    """A course with everything in its folder."""

    document: Parsed
    lessons: tuple[Parsed, ...]
    banks: tuple[Parsed, ...]
    exams: tuple[Parsed, ...]
    scenarios: tuple[Parsed, ...]
    there: Known

    @property
    def id(self) -> str:
        """Return the course's id, its folder."""
        return self.document.where.course

    @property
    def shape(self) -> CourseShape:
        """Return what course.yaml says."""
        shape: CourseShape = self.document.shape
        return shape

    @cached_property
    def objectives(self) -> dict[str, tuple[int, int]]:
        """Return where each objective stands."""
        return {o.id: (i, k) for i, domain in enumerate(self.shape.domains) for k, o in enumerate(domain.objectives)}

    @cached_property
    def placed(self) -> frozenset[str]:
        """Return the lessons that stand in a module."""
        return frozenset(name for module in self.shape.modules for name in module.lessons)

    @cached_property
    def families(self) -> dict[str, tuple[set[str], int]]:
        """Return each family of questions with its objectives and its size."""
        families: dict[str, tuple[set[str], int]] = {}
        for bank in self.banks:
            for question in bank.shape.questions if bank.shape else ():
                objectives, size = families.get(question.family, (set(), 0))
                families[question.family] = (objectives | {question.objective}, size + 1)
        return families


def course_problems(course: Whole) -> Iterator[Found]:
    """Return what is wrong with course.yaml as seen from the rest of its folder."""
    yield from outline_problems(course.shape)
    yield from module_problems(course)
    yield from misconception_problems(course)
    yield from completion_problems(course)
    yield from replaced_problems(course)
    for found in coverage_problems(course):
        yield Found(found.place, found.sentence, weighs=course.shape.status == "live")


def doubles(ids: Iterable[str]) -> list[str]:
    """Return the ids that stand more than once."""
    return [name for name, count in Counter(ids).items() if count > 1]


def outline_problems(shape: CourseShape) -> Iterator[Found]:
    """The weights make 100, and every id of the outline stands once."""
    total = sum(Fraction(str(domain.weight)) for domain in shape.domains)
    if total != 100:
        yield Found(("domains",), f"The weights of the domains add up to {float(total):g}; they have to make 100.")
    for name in doubles(domain.id for domain in shape.domains):
        yield Found(("domains",), f"Two domains have the id {name}.")
    for name in doubles(objective.id for domain in shape.domains for objective in domain.objectives):
        yield Found(("domains",), f"Two objectives have the id {name}.")
    for name in doubles(module.id for module in shape.modules):
        yield Found(("modules",), f"Two modules have the id {name}.")
    for name in doubles(misconception.id for misconception in shape.misconceptions):
        yield Found(("misconceptions",), f"Two misconceptions have the id {name}.")


def module_problems(course: Whole) -> Iterator[Found]:
    """Every lesson and exam stands in one module, and what a module names is there."""
    shape = course.shape
    for i, module in enumerate(shape.modules):
        for k, name in enumerate(module.lessons):
            if f"{course.id}/{name}" not in course.there.anchors:
                yield Found(
                    ("modules", i, "lessons", k),
                    f"There is no file lessons/{name}.md; write it, or take the lesson out of this module.",
                )
        for k, name in enumerate(module.exams):
            if f"{course.id}/{name}" not in course.there.exams:
                yield Found(("modules", i, "exams", k), f"There is no file exams/{name}.yaml.")
        for k, name in enumerate(module.scenarios):
            if f"{course.id}/{name}" not in course.there.scenarios:
                yield Found(("modules", i, "scenarios", k), f"There is no file scenarios/{name}.yaml.")
    for name in doubles(name for module in shape.modules for name in module.lessons):
        yield Found(("modules",), f"The lesson {name} stands in two places; keep one.")


def misconception_problems(course: Whole) -> Iterator[Found]:
    """The lesson that clears up a misconception is there."""
    for index, misconception in enumerate(course.shape.misconceptions):
        if misconception.lesson and f"{course.id}/{misconception.lesson}" not in course.there.anchors:
            yield Found(("misconceptions", index, "lesson"), f"There is no lesson {misconception.lesson}.")


def completion_problems(course: Whole) -> Iterator[Found]:
    """What earns the certificate can be done."""
    completion = course.shape.completion
    names = () if completion.lessons in (None, "all") else completion.lessons or ()
    for name in names:
        if f"{course.id}/{name}" not in course.there.anchors:
            yield Found(("completion", "lessons"), f"There is no lesson {name}.")
    if completion.exam and f"{course.id}/{completion.exam}" not in course.there.exams:
        yield Found(("completion", "exam"), f"There is no exam {completion.exam}.")
    if completion.at_least and not completion.exam:
        yield Found(("completion", "at_least"), "`at_least` is the result of an exam; name the `exam`.")
    for key in ("scenarios", "reflections"):
        for k, name in enumerate(getattr(completion, key)):
            if f"{course.id}/{name}" not in course.there.scenarios:
                yield Found(("completion", key, k), f"There is no scenario {name}.")


def replaced_problems(course: Whole) -> Iterator[Found]:
    """An old id is gone, and the new one is there."""
    if not course.shape.replaces or course.id in course.there.uncertain:
        return
    own = {
        ref.partition("/")[2]
        for ref in (*course.there.anchors, *course.there.questions)
        if ref.startswith(f"{course.id}/")
    }
    families = {asked.shape.family for ref, asked in course.there.questions.items() if ref.startswith(f"{course.id}/")}
    living = own | families | course.objectives.keys()
    for old, new in course.shape.replaces.items():
        if old in living:
            yield Found(("replaces", old), f"{old} is still there; only ids that are gone are replaced.")
        if new not in living and new not in course.shape.replaces:
            yield Found(("replaces", old), f"{new} is not there; name what took the place of {old}.")


def coverage_problems(course: Whole) -> Iterator[Found]:
    """Every objective is taught and asked; every family has siblings enough."""
    taught = {name for lesson in course.lessons if lesson.shape for name in lesson.shape.objectives}
    needed = 2 if course.shape.certification else 1
    for name, (i, k) in course.objectives.items():
        place = ("domains", i, "objectives", k)
        if name not in taught and all(lesson.shape for lesson in course.lessons):
            yield Found(place, f"No lesson teaches {name}; name it in a lesson's objectives.")
        held = sum(name in objectives for objectives, _ in course.families.values())
        if held < needed and course.id not in course.there.uncertain:
            yield Found(place, f"{name} is asked by {held} families of questions; it needs {needed}.")


def lesson_problems(lesson: Parsed, course: Whole) -> Iterator[Found]:
    """A lesson stands in a module, and names objectives that are there."""
    if lesson.where.id not in course.placed:
        yield Found((), "This lesson stands in no module of course.yaml; add it to one.")
    for index, name in enumerate(lesson.shape.objectives if lesson.shape else ()):
        if name not in course.objectives:
            yield Found(("objectives", index), f"course.yaml has no objective {name}.")


def bank_problems(bank: Parsed, course: Whole) -> Iterator[Found]:
    """Questions name objectives, lessons and misconceptions that are there, and have ids of their own."""
    misconceptions = {misconception.id for misconception in course.shape.misconceptions}
    objectives, families = course.objectives, course.families
    warned: set[str] = set()
    for index, question in enumerate(bank.shape.questions):
        place = ("questions", index)
        first = course.there.questions[f"{course.id}/{question.id}"]
        if first.parsed is not bank:
            yield Found(
                (*place, "id"), f"{first.parsed.path} has a question {question.id} too; each needs an id of its own."
            )
        if question.objective not in objectives:
            yield Found((*place, "objective"), f"course.yaml has no objective {question.objective}.")
        if question.lesson and (sentence := lesson_sentence(question.lesson, course)):
            yield Found((*place, "lesson"), sentence)
        if (
            families[question.family][1] < SMALLEST_FAMILY
            and question.family not in warned
            and course.id not in course.there.uncertain
        ):
            warned.add(question.family)
            size, live = families[question.family][1], course.shape.status == "live"
            yield Found(
                (*place, "family"),
                f"The family {question.family} has {size} questions; it needs {SMALLEST_FAMILY}.",
                weighs=live,
            )
        for name in misconceptions_of(question) - misconceptions:
            yield Found(place, f"course.yaml has no misconception {name}.")


def misconceptions_of(question: AnyQuestion) -> set[str]:
    """Return the misconceptions that a question's wrong answers name."""
    parts = [part for name in PARTS[question.kind] if name in NAMING for part in getattr(question, name)]
    if question.kind == "dropdown":
        parts += [option for options in question.blanks.values() for option in options]
    return {part.misconception for part in parts if part.misconception}


def lesson_sentence(written: str, course: Whole) -> str | None:
    """Say why a lesson cannot be found."""
    ref, _, anchor = written.partition("#")
    owner, _, name = ref.rpartition("/")
    try:
        lesson_there(owner or course.id, name, anchor, course.there)
    except Nowhere as nowhere:
        return str(nowhere)
    return None


def scenario_problems(scenario: Parsed, course: Whole) -> Iterator[Found]:
    """A scenario stands in a module, and names objectives and lessons that are there."""
    if scenario.where.id not in {name for module in course.shape.modules for name in module.scenarios}:
        yield Found((), "This scenario stands in no module of course.yaml; add it to one.")
    if scenario.shape is None:
        return
    named: list[tuple[Place, str]] = [(("objectives", k), name) for k, name in enumerate(scenario.shape.objectives)]
    lessons: list[tuple[Place, str]] = [(("lessons", k), name) for k, name in enumerate(scenario.shape.lessons)]
    for index, stage in enumerate(scenario.shape.stages):
        named += [(("stages", index, "objective", k), name) for k, name in enumerate(stage.objective)]
        lessons += [(("stages", index, "lesson"), stage.lesson)] if stage.lesson else []
    for place, name in named:
        if name not in course.objectives:
            yield Found(place, f"course.yaml has no objective {name}.")
    for place, name in lessons:
        if sentence := lesson_sentence(name, course):
            yield Found(place, sentence)


def exam_problems(exam: Parsed, course: Whole) -> Iterator[Found]:
    """An exam can be drawn twice without a question coming again."""
    if exam.shape is None or course.id in course.there.uncertain:
        return
    domains = {o.id: domain.id for domain in course.shape.domains for o in domain.objectives}
    held = Counter(
        domains.get(question.objective) for bank in course.banks if bank.shape for question in bank.shape.questions
    )
    wanted = shares({domain.id: domain.weight for domain in course.shape.domains}, exam.shape.questions)
    for name, count in wanted.items():
        if held[name] < 2 * count:
            sentence = f"Two sittings need {2 * count} questions of {name}; the banks hold {held[name]}."
            yield Found(("questions",), sentence, weighs=course.shape.status == "live")
