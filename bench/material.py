"""Material for measuring: courses of any size that the product's own checks accept."""

from random import Random

COURSE = "much"
MODULE = 10  # lessons in each
BANK = 100  # questions in each
CHECKS = 2  # in each lesson

WORDS = [
    "a",
    "plan",
    "that",
    "was",
    "agreed",
    "is",
    "worth",
    "more",
    "than",
    "a",
    "plan",
    "that",
    "was",
    "admired",
    "and",
    "the",
    "team",
    "that",
    "keeps",
    "it",
    "open",
    "on",
    "the",
    "wall",
    "of",
    "its",
    "room",
    "learns",
    "early",
    "where",
    "the",
    "work",
    "drifts",
    "away",
    "from",
    "what",
    "was",
    "meant",
    "while",
    "a",
    "service",
    "that",
    "runs",
    "all",
    "year",
    "is",
    "judged",
    "by",
    "those",
    "who",
    "use",
    "it",
    "on",
    "an",
    "ordinary",
    "morning",
    "when",
    "nobody",
    "remembers",
    "who",
    "built",
    "it",
    "and",
    "everybody",
    "expects",
    "the",
    "door",
    "to",
    "open",
    "at",
    "eight",
]
LEVELS, SIDES, DIFFICULTY = (
    ("understand", "apply", "analyse"),
    ("project", "service", "both"),
    ("easy", "medium", "hard"),
)


def sentences(random: Random, count: int) -> str:
    """Return some sentences of plain words."""
    made = []
    for _ in range(count):
        begin = random.randrange(len(WORDS) - 14)
        words = WORDS[begin : begin + random.randint(8, 14)]
        made.append(" ".join(words).capitalize() + ".")
    return " ".join(made)


def lesson(number: int) -> str:
    """Return a lesson of some eight hundred words, with a table, a hint and two checks."""
    random = Random(number)  # noqa: S311  # believable, not secret
    asked = [f"q-{number * CHECKS + place}" for place in range(CHECKS)]
    parts = "\n\n".join(
        f"## Part {part} of this lesson\n\n{sentences(random, 8)} See [the term](term:term-{number % 40}) for **more**.\n\n"
        f"- {sentences(random, 1)}\n- {sentences(random, 1)}\n\n{sentences(random, 6)}"
        for part in range(1, 6)
    )
    checks = "\n\n".join(f"/// check\n{name}\n///" for name in asked)
    table = (
        "/// contrast\n| | Project | Service |\n|---|---|---|\n| Looks after | One undertaking | What people rely on |\n"
        "| Works by | A plan | Practices |\n///"
    )
    head = f"---\ntitle: Lesson number {number}\nsummary: {sentences(random, 1)}\nobjectives: [deeds.one-{number % 20}]\nminutes: 8\n---\n"
    return f"{head}{sentences(random, 5)}\n\n{parts}\n\n{table}\n\n/// tip\n{sentences(random, 2)}\n///\n\n{checks}\n"


def question(number: int, lessons: int) -> str:
    """Return a question with four options, each with its reason."""
    random = Random(f"question {number}")  # noqa: S311  # believable, not secret
    right = number % 4
    options = "".join(option(random, number, place, place == right) for place in range(4))
    return (
        f"  - id: q-{number}\n    kind: single\n    family: family-{number // 4}\n    objective: deeds.one-{number % 20}\n"
        f"    side: {SIDES[number % 3]}\n    difficulty: {DIFFICULTY[number % 3]}\n    level: {LEVELS[number % 3]}\n"
        f"    lesson: lesson-{number % lessons}#part-2-of-this-lesson\n"
        f"    stem: |\n      {sentences(random, 3)}\n      Which of these is right in case {number}?\n    options:\n{options}"
    )


def option(random: Random, number: int, place: int, right: bool) -> str:
    """Return one option of a question."""
    belief = "        correct: true\n" if right else f"        misconception: belief-{(number + place) % 10}\n"
    text = f"Way {place + 1} of case {number}, taken as it was meant"
    return f"      - text: {text}\n        why: {sentences(random, 2)}\n{belief}"


def course(lessons: int) -> str:
    """Return the course that holds the lessons."""
    objectives = "".join(f"      - {{id: deeds.one-{n}, title: Do the deed number {n}}}\n" for n in range(20))
    modules = "".join(
        f"  - {{id: module-{first}, title: Module {first}, "
        f"lessons: [{', '.join(f'lesson-{n}' for n in range(first, min(first + MODULE, lessons)))}]}}\n"
        for first in range(0, lessons, MODULE)
    )
    beliefs = "".join(
        f"  - {{id: belief-{n}, title: Believes the thing number {n}, lesson: lesson-{n}}}\n" for n in range(10)
    )
    return (
        "title: Much to read\nsummary: A course that is as long as a course can be.\nlevel: foundation\nstatus: live\n"
        f"domains:\n  - id: deeds\n    title: Deeds\n    weight: 100\n    objectives:\n{objectives}modules:\n{modules}"
        f"misconceptions:\n{beliefs}"
    )


def glossary() -> str:
    """Return forty terms."""
    terms = "".join(
        f"  - id: term-{n}\n    term: Term number {n}\n    side: both\n    meaning: {sentences(Random(n), 2)}\n"  # noqa: S311
        for n in range(40)
    )
    return f"terms:\n{terms}"


CAREERS = "roles:\n  - {id: coordinator, title: Coordinator, side: project, summary: Keeps order., does: [Keeps the plan], lessons: [much/lesson-1]}\n"


def material(lessons: int, questions: int) -> dict[str, str]:
    """Return the texts of a content folder, by path."""
    texts = {f"{COURSE}/course.yaml": course(lessons), "glossary.yaml": glossary(), "careers.yaml": CAREERS}
    texts |= {f"{COURSE}/lessons/lesson-{n}.md": lesson(n) for n in range(lessons)}
    for bank, first in enumerate(range(0, questions, BANK)):
        asked = "".join(question(n, lessons) for n in range(first, min(first + BANK, questions)))
        texts[f"{COURSE}/questions/bank-{bank}.yaml"] = f"title: Bank {bank}\nquestions:\n{asked}"
    return texts
