"""What must hold within one bank: its questions, its cases, and every text in it."""

from collections.abc import Iterator

from catalogue.checks.found import Found, Place
from catalogue.checks.questions import question_problems
from catalogue.schema.bank import AnyQuestion, BankShape

# The lists that a kind of question has, and the texts in each of their entries.
PARTS = {
    "single": ("options",),
    "multiple": ("options",),
    "order": ("items",),
    "match": ("pairs", "extra"),
    "dropdown": (),
    "hotspot": ("areas",),
    "numeric": ("mistakes",),
}
TEXTS = {
    "options": ("text", "why"),
    "items": ("text", "why"),
    "pairs": ("left", "right", "why"),
    "extra": ("text", "why"),
    "areas": ("why",),
    "mistakes": ("why",),
}


def bank_problems(bank: BankShape) -> Iterator[Found]:
    """Return everything that is wrong within a bank."""
    asked: set[str] = set()
    cases = {case.id for case in bank.cases}
    for index, question in enumerate(bank.questions):
        if question.id in asked:
            yield Found(
                ("questions", index, "id"),
                f"There is another question {question.id} in this bank; each needs an id of its own.",
            )
        asked.add(question.id)
        if question.case and question.case not in cases:
            yield Found(("questions", index, "case"), f"This bank has no case {question.case}.")
        yield from (found.below("questions", index) for found in question_problems(question))
    yield from case_problems(bank, cases)


def case_problems(bank: BankShape, cases: set[str]) -> Iterator[Found]:
    """Every case has an id of its own and is asked about."""
    used = {question.case for question in bank.questions}
    if len(cases) < len(bank.cases):
        yield Found(("cases",), "Two cases have the same id.")
    for index, case in enumerate(bank.cases):
        if case.id not in used:
            yield Found(
                ("cases", index), f"No question asks about the case {case.id}; remove it or name it in a question."
            )


def bank_texts(bank: BankShape) -> Iterator[tuple[Place, str]]:
    """Return every text of a bank that is rendered, with its place."""
    for index, question in enumerate(bank.questions):
        yield from ((("questions", index, *place), text) for place, text in question_texts(question))
    for index, case in enumerate(bank.cases):
        yield ("cases", index, "text"), case.text


def question_texts(question: AnyQuestion) -> Iterator[tuple[Place, str]]:
    """Return every text of a question that is rendered."""
    yield ("stem",), question.stem
    if question.other_side:
        yield ("other_side",), question.other_side
    if question.kind == "numeric":
        yield ("why",), question.why
    for name in PARTS[question.kind]:
        yield from listed_texts(getattr(question, name), (name,), TEXTS[name])
    if question.kind == "dropdown":
        for blank, options in question.blanks.items():
            yield from listed_texts(options, ("blanks", blank), TEXTS["options"])


def listed_texts(parts: tuple[object, ...], place: Place, names: tuple[str, ...]) -> Iterator[tuple[Place, str]]:
    """Return the texts of options, items, pairs and the like."""
    for index, part in enumerate(parts):
        for name in names:
            yield (*place, index, name), getattr(part, name)


def bank_media(bank: BankShape) -> Iterator[tuple[Place, str]]:
    """Return the pictures that questions name outside their texts."""
    for index, question in enumerate(bank.questions):
        if question.kind in ("match", "hotspot") and (figure := question.figure):
            yield ("questions", index, "figure"), figure
