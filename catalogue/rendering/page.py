"""Renders a lesson into its segments."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import count

from markupsafe import Markup

from catalogue import segments as s
from catalogue.faults import Faults
from catalogue.labs.written import written_lab
from catalogue.rendering.blocks import CALLOUTS, check_id, figure_text, lab_text, sorter_ids, video_text
from catalogue.rendering.contrast import contrast
from catalogue.rendering.converter import TooTangled, convert
from catalogue.rendering.links import Links
from catalogue.rendering.outline import Block, Heading, Line, outline
from catalogue.rendering.prepared import ANY_MARK, BLOCK_MARK, Prepared, prepare
from catalogue.rendering.sanitising import sanitised
from catalogue.rendering.snippets import figure_html, plain_paragraphs, render_inline, render_pieces, render_text


@dataclass
class Part:
    """What stands between two marks: a stretch of HTML, a block, or the title of a part."""

    html: str = ""
    block: Block | None = None
    title: Heading | None = None
    parts: list["Part"] = field(default_factory=list)


def render_lesson(body: str, links: Links) -> tuple[s.Segment, ...]:
    """Render a lesson's text; blocks that cannot be shown are left out, a text beyond reading is shown as it is."""
    prepared = prepare(outline(body).pieces)
    try:
        html = prepared.restored(convert(prepared.text, links, footnotes=True))
    except TooTangled:
        return (s.Html(plain_paragraphs(body)),)
    found = [segment(part, links) for part in parts_of(html, prepared)]
    return numbered([one for one in found if one is not None])


def numbered(found: list[s.Segment]) -> tuple[s.Segment, ...]:
    """Return the parts of a lesson with its labs numbered from 1, by which they are addressed."""
    numbers = count(1)
    return tuple(replace(one, number=next(numbers)) if isinstance(one, s.Lab) else one for one in found)


def parts_of(html: str, prepared: Prepared) -> list[Part]:
    """Divide HTML at its marks."""
    root = Part()
    stack = [root]
    pieces = BLOCK_MARK.split(html)
    stack[-1].parts.append(Part(html=pieces[0]))
    for letter, number, after in zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True):
        place(stack, letter, int(number), prepared)
        stack[-1].parts.append(Part(html=after))
    return root.parts


def place(stack: list[Part], letter: str, number: int, prepared: Prepared) -> None:
    """Place one mark: o opens a block, c closes it, b is a whole block, p begins a part of one."""
    if letter == "c":
        if len(stack) > 1:
            stack.pop()
        return
    part = Part(title=prepared.headings[number]) if letter == "p" else Part(block=prepared.blocks[number])
    stack[-1].parts.append(part)
    if letter == "o":
        stack.append(part)


def segment(part: Part, links: Links) -> s.Segment | None:
    """Return the segment of one part of a lesson, or None where there is nothing to show."""
    block = part.block
    if block is None:
        html = safe(part.html)
        return s.Html(html) if html.strip() else None
    return SEGMENTS[block.name](part, block, links) if block.name in SEGMENTS else None


def safe(html: str) -> Markup:
    """Sanitise a stretch of HTML and take away marks that stayed."""
    return sanitised(ANY_MARK.sub("", html))


def inner(parts: list[Part], links: Links) -> Markup:
    """Return what a block holds as one piece of HTML; figures in it are shown where they stand."""
    return Markup("").join(
        figure_html(part.block, links) if part.block and part.block.name == "figure" else safe(part.html)
        for part in parts
        if part.title is None
    )


def figure(block: Block, links: Links) -> s.Figure | None:
    """Return a picture, if there is one."""
    text = figure_text(block)
    url = links.media(text.media)
    if url is None:
        return None
    width, height = links.sizes.get(text.media, (None, None))
    return s.Figure(url, text.alt, render_inline(text.caption, links), width, height)


def video(block: Block, links: Links) -> s.Video | None:
    """Return a film, if it and its captions are there."""
    text = video_text(block)
    film, captions = links.media(text.media), links.media(text.captions)
    if film is None or captions is None:
        return None
    return s.Video(film, captions, render_text(text.transcript, links), text.title)


def lab(block: Block) -> s.Lab | None:
    """Return a lab, if its figures fit."""
    try:
        return s.Lab(written_lab(block.argument, *lab_text(block)))
    except Faults:
        return None


def divided(parts: list[Part]) -> list[tuple[Heading, list[Part]]]:
    """Return the titled parts of a block, each with what it holds."""
    found: list[tuple[Heading, list[Part]]] = []
    for part in parts:
        if part.title:
            found.append((part.title, []))
        elif found:
            found[-1][1].append(part)
    return found


def compare(part: Part, links: Links) -> s.Compare:
    """Return two cases side by side."""
    held = {title.text.strip().lower(): inner(parts, links) for title, parts in divided(part.parts)}
    empty = Markup("")
    project, service, similar, rule = (held.get(name, empty) for name in ("project", "service", "similar", "rule"))
    sorters = tuple(links.question(written) for written in sort_list(part.block)) if part.block else ()
    return s.Compare(project, service, similar, rule, sorters)


def sort_list(block: Block) -> list[str]:
    """Return the questions named below `#### sort`."""
    lines: list[str] = []
    within = False
    for piece in block.pieces:
        if isinstance(piece, Heading):
            within = piece.text.strip().lower() == "sort"
        elif within and isinstance(piece, Line):
            lines.append(piece.text)
    return sorter_ids(lines)


def steps(part: Part, links: Links) -> s.Steps:
    """Return an illustrated walk."""
    return s.Steps(tuple(step(title, parts, links) for title, parts in divided(part.parts)))


def step(title: Heading, parts: list[Part], links: Links) -> s.Step:
    """Return one part of a walk; its first picture is its own, further ones stay in the text."""
    picture = next((part for part in parts if part.block and part.block.name == "figure"), None)
    shown = figure(picture.block, links) if picture and picture.block else None
    return s.Step(title.text, shown, inner([part for part in parts if part is not picture], links))


SEGMENTS: dict[str, Callable[[Part, Block, Links], s.Segment | None]] = {
    "mentor": lambda part, block, links: s.MentorNote(render_pieces(tuple(block.pieces), links)),
    "contrast": lambda part, block, links: contrast(inner(part.parts, links)),
    "compare": lambda part, block, links: compare(part, links),
    "check": lambda part, block, links: s.Check(links.question(check_id(block))),
    "figure": lambda part, block, links: figure(block, links),
    "steps": lambda part, block, links: steps(part, links),
    "video": lambda part, block, links: video(block, links),
    "lab": lambda part, block, links: lab(block),
    **dict.fromkeys(CALLOUTS, lambda part, block, links: s.Callout(block.name, inner(part.parts, links))),
}
