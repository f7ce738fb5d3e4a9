"""Says what is wrong with a text: blocks where they have no place, headings that jump, pictures without words."""

from collections.abc import Callable, Iterator

from catalogue.faults import Faults
from catalogue.labs.written import written_lab
from catalogue.rendering.blocks import CALLOUTS, check_id, figure_text, lab_text, video_text
from catalogue.rendering.converter import MOST_BRACKETS
from catalogue.rendering.formulas import mathml
from catalogue.rendering.outline import Block, Heading, Line, Outline, Problem, blocks_in
from catalogue.rendering.page import sort_list
from catalogue.rendering.spans import Span, spans_of

IN_LESSON = ("contrast", "compare", "check", "figure", "steps", "video", "lab", *CALLOUTS, "mentor")
INSIDE = {"steps": ("figure",), "mentor": ("figure",), "compare": ("figure",)} | dict.fromkeys(CALLOUTS, ("figure",))
CASES = ("project", "service", "similar", "rule")


def lesson_problems(outline: Outline) -> Iterator[Problem]:
    """Return everything that is wrong with a lesson's text in itself."""
    yield from outline.problems
    yield from heading_problems(outline.headings)
    yield from placed_problems(outline)
    yield from span_problems(outline)
    yield from twice_checked(outline)
    yield from tangled(outline)


def snippet_problems(outline: Outline) -> Iterator[Problem]:
    """Return everything that is wrong with a short text in itself."""
    yield from outline.problems
    for heading in outline.headings:
        yield Problem(heading.number, "A short text takes no headings; use **bold** words instead.")
    for block in outline.blocks():
        if block.name != "figure":
            yield Problem(
                block.number,
                f"The block `{block.name}` has no place here; stems, cases and reasons take figures and tables only.",
            )
        else:
            yield from figure_problems(block)
    yield from span_problems(outline)


def heading_problems(headings: tuple[Heading, ...]) -> Iterator[Problem]:
    """Headings start at ##, go down one level at a time, and each has an anchor of its own."""
    level, anchors = 1, dict[str, int]()
    for heading in headings:
        if heading.level == 1:
            yield Problem(heading.number, "Headings start at ##; the lesson's title is its first-level heading.")
        elif heading.level > level + 1:
            wanted = "#" * (level + 1)
            yield Problem(heading.number, f"This heading jumps a level; write it with {wanted}.")
        level = heading.level
        if heading.id in anchors:
            first = anchors[heading.id]
            sentence = f"The heading of line {first} has the same anchor, {heading.id}; write another behind this one, as {{#another-name}}."
            yield Problem(heading.number, sentence)
        anchors.setdefault(heading.id, heading.number)


def placed_problems(outline: Outline) -> Iterator[Problem]:
    """Every block is known, stands where it may stand, and holds what it should."""
    for piece in outline.pieces:
        if isinstance(piece, Block):
            yield from block_problems(piece, IN_LESSON)


def block_problems(block: Block, allowed: tuple[str, ...]) -> Iterator[Problem]:
    """Return what is wrong with a block and with those inside it."""
    if block.name not in IN_LESSON:
        yield Problem(block.number, f"There is no block `{block.name}`; there are {', '.join(IN_LESSON)}.")
        return
    if block.name not in allowed:
        yield Problem(
            block.number, f"The block `{block.name}` cannot stand inside another; close the one around it first."
        )
    yield from RULES.get(block.name, callout_problems)(block)
    for inner in blocks_in(block.pieces):
        if inner in block.pieces:
            yield from block_problems(inner, INSIDE.get(block.name, ()))


def callout_problems(block: Block) -> Iterator[Problem]:
    """A callout holds text, and no heading of its own."""
    if not block.pieces or not any(getattr(piece, "text", "x").strip() for piece in block.pieces):
        yield Problem(block.number, f"The block `{block.name}` is empty; write its text or remove it.")
    for piece in block.pieces:
        if isinstance(piece, Heading):
            yield Problem(piece.number, f"A heading has no place inside `{block.name}`; use **bold** words instead.")


def contrast_problems(block: Block) -> Iterator[Problem]:
    """A contrast holds one table of three columns."""
    rows = [piece for piece in block.pieces if isinstance(piece, Line) and piece.text.strip()]
    if len(rows) < 3 or not all("|" in row.text for row in rows):
        yield Problem(
            block.number, "A contrast holds a table: its heads, a line of hyphens, and a row for each dimension."
        )
        return
    for row in rows:
        columns = len(row.text.strip().strip("|").replace("\\|", "").split("|"))
        if columns != 3:
            yield Problem(
                row.number, f"A contrast has three columns (dimension, project, service); this row has {columns}."
            )


def compare_problems(block: Block) -> Iterator[Problem]:
    """A comparison holds its four parts, in order, and may end with questions to sort."""
    titles = [piece for piece in block.pieces if isinstance(piece, Heading)]
    names = tuple(title.text.strip().lower() for title in titles)
    if names not in (CASES, (*CASES, "sort")):
        parts = ", ".join(f"#### {name}" for name in CASES)
        yield Problem(block.number, f"A comparison holds {parts}, in this order, and may end with #### sort.")
    for title in titles:
        if title.level != 4:
            yield Problem(title.number, f"The parts of a comparison are headed with four signs: #### {title.text}.")


def check_problems(block: Block) -> Iterator[Problem]:
    """A check holds one id."""
    if len(check_id(block).split()) != 1:
        yield Problem(block.number, "A check holds the id of one question, on a line of its own.")


def figure_problems(block: Block) -> Iterator[Problem]:
    """A figure names its picture and says in words what it teaches."""
    text = figure_text(block)
    if not text.media:
        yield Problem(block.number, "A figure names its picture: /// figure | media/name.svg")
    if len(text.alt.split()) < 3:
        yield Problem(block.number, "A figure holds its alternative text: say in a sentence or two what it teaches.")


def video_problems(block: Block) -> Iterator[Problem]:
    """A film has captions to read along and its words to read alone."""
    text = video_text(block)
    for name, value in (("captions", text.captions), ("transcript", text.transcript)):
        if not value:
            yield Problem(block.number, f"A video needs `{name}:`, for everybody who cannot hear or see it.")
    if not text.media:
        yield Problem(block.number, "A video names its film: /// video | media/name.mp4")


def lab_problems(block: Block) -> Iterator[Problem]:
    """A lab is one that we have, with figures that fit it."""
    try:
        written_lab(block.argument, *lab_text(block))
    except Faults as faults:
        yield from (Problem(fault.line, fault.sentence) for fault in faults.faults)


def steps_problems(block: Block) -> Iterator[Problem]:
    """A walk has two parts or more, each headed and each with a picture and words."""
    titles = [piece for piece in block.pieces if isinstance(piece, Heading)]
    if len(titles) < 2:
        yield Problem(block.number, "A walk in steps holds two parts or more, each headed #### title.")
    for title in titles:
        if title.level != 4:
            yield Problem(title.number, f"The parts of a walk are headed with four signs: #### {title.text}.")
        held = part_of(block, title)
        if not any(isinstance(piece, Block) and piece.name == "figure" for piece in held):
            yield Problem(title.number, f"The part “{title.text}” needs its figure.")
        if not any(isinstance(piece, Line) and piece.text.strip() for piece in held):
            yield Problem(title.number, f"The part “{title.text}” needs its narration.")


def part_of(block: Block, title: Heading) -> list[object]:
    """Return what stands below one title of a block."""
    after = block.pieces[block.pieces.index(title) + 1 :]
    end = next((i for i, piece in enumerate(after) if isinstance(piece, Heading)), len(after))
    return list(after[:end])


RULES: dict[str, Callable[[Block], Iterator[Problem]]] = {
    "contrast": contrast_problems,
    "compare": compare_problems,
    "check": check_problems,
    "figure": figure_problems,
    "video": video_problems,
    "lab": lab_problems,
    "steps": steps_problems,
}


def span_problems(outline: Outline) -> Iterator[Problem]:
    """Pictures need words, formulas need to be understood."""
    for span in spans_of(outline.pieces):
        if span.kind == "image" and len(span.text.split()) < 3:
            yield Problem(
                span.line, "This picture needs its alternative text between the brackets: say what it teaches."
            )
        if span.kind == "formula" and mathml(span.target) is None:
            yield Problem(
                span.line,
                f"The formula {span.target!r} is not understood; write it in LaTeX, or \\$ for the sign itself.",
            )


def tangled(outline: Outline) -> Iterator[Problem]:
    """A paragraph holds no more brackets than can be told apart."""
    count = 0
    for piece in outline.pieces:
        words = piece.text if isinstance(piece, Line) else ""
        count = count + words.count("[") if words.strip() else 0
        if count > MOST_BRACKETS:
            yield Problem(piece.number, "There are too many brackets in this paragraph to be read as links; divide it.")
            return


def twice_checked(outline: Outline) -> Iterator[Problem]:
    """A question is asked once in a lesson, as a check or to be sorted."""
    asked: set[str] = set()
    for span in references(outline):
        if span.kind in ("check", "sort"):
            if span.target in asked:
                yield Problem(span.line, f"The question {span.target} is asked twice in this lesson.")
            asked.add(span.target)


def references(outline: Outline) -> Iterator[Span]:
    """Return everything a text refers to: link, image, media, check and sort, each with its line."""
    for span in spans_of(outline.pieces):
        if span.kind != "formula":
            yield span
    for block in outline.blocks():
        yield from block_references(block)


def block_references(block: Block) -> Iterator[Span]:
    """Return what a block refers to by its own words."""
    if block.name == "check":
        yield Span("check", block.number, check_id(block))
    elif block.name == "figure":
        yield Span("media", block.number, block.argument)
    elif block.name == "video":
        yield Span("media", block.number, block.argument)
        yield Span("media", block.number, video_text(block).captions)
    elif block.name == "compare":
        for question in sort_list(block):
            yield Span("sort", block.number, question)
