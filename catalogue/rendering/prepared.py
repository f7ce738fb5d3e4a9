"""Prepares a scanned text for the converter: our blocks, headings and code become marks that survive it untouched."""

import re
from dataclasses import dataclass, field
from html import escape

from catalogue.rendering.outline import Block, Code, Heading, Line, Piece

START, END = "\ue000", "\ue001"
BLOCK_MARK = re.compile(f"<p>\\s*{START}([ocbp])(\\d+){END}\\s*</p>")
HEADING_MARK = re.compile(f"<p>{START}h(\\d+){END}(.*?)</p>", re.DOTALL)
CODE_MARK = re.compile(f"<p>\\s*{START}f(\\d+){END}\\s*</p>|{START}f(\\d+){END}")
ANY_MARK = re.compile(f"{START}[a-z]?\\d*{END}?|{END}")
ITEM = re.compile(r"([-*+]|1\.) +\S")
NO_MARKDOWN = ("check", "figure", "video", "lab", "mentor")  # a mentor note is rendered apart: nothing of it leaks
PARTED = {"compare": 4, "steps": 4}  # blocks whose headings of that level divide them


@dataclass
class Prepared:
    """The text for the converter, and what its marks stand for."""

    lines: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    codes: list[Code] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return the whole text."""
        return "\n".join(self.lines)

    def mark(self, letter: str, number: int, rest: str = "", indent: int = 0) -> None:
        """Put a mark into a paragraph of its own."""
        self.lines += ["", " " * indent + f"{START}{letter}{number}{END}{rest}", ""]

    def restored(self, html: str) -> str:
        """Put headings and code in place of their marks."""
        return CODE_MARK.sub(self.code_html, HEADING_MARK.sub(self.heading_html, html))

    def heading_html(self, found: re.Match[str]) -> str:
        """Return a heading with its anchor."""
        heading = self.headings[int(found[1])]
        return f'<h{heading.level} id="{escape(heading.id)}">{found[2].strip()}</h{heading.level}>'

    def code_html(self, found: re.Match[str]) -> str:
        """Return code as it was written."""
        return f'<pre class="code"><code>{escape(self.codes[int(found[1] or found[2])].text)}\n</code></pre>'


def prepare(pieces: "tuple[Piece, ...] | list[Piece]") -> Prepared:
    """Prepare a scanned text."""
    prepared = Prepared()
    put_all(prepared, pieces, parting=None)
    return prepared


def put_all(prepared: Prepared, pieces: "tuple[Piece, ...] | list[Piece]", parting: int | None) -> None:
    """Put pieces one after the other; `parting` is the level of headings that divide their block."""
    listed = False
    for piece in pieces:
        if isinstance(piece, Line):
            listed = put_line(prepared, piece.text, listed)
        elif isinstance(piece, Heading):
            put_heading(prepared, piece, parting)
        elif isinstance(piece, Code):
            put_code(prepared, piece)
        else:
            put_block(prepared, piece)


def put_line(prepared: Prepared, text: str, listed: bool) -> bool:
    """Put a line; a list may follow a paragraph without an empty line, as authors expect. Return whether we are in a list."""
    is_item = ITEM.match(text) is not None
    before = prepared.lines[-1] if prepared.lines else ""
    if is_item and not listed and before.strip() and not before.startswith((" ", "|", ">", ":")):
        prepared.lines.append("")
    prepared.lines.append(text)
    return bool(text.strip()) and (is_item or listed)


def put_heading(prepared: Prepared, heading: Heading, parting: int | None) -> None:
    """Put a heading, or the mark that divides a block."""
    prepared.headings.append(heading)
    number = len(prepared.headings) - 1
    if heading.level == parting:
        prepared.mark("p", number)
    else:
        prepared.mark("h", number, " " + heading.text)


def put_code(prepared: Prepared, code: Code) -> None:
    """Put the mark of code, indented so that it stays in its list."""
    prepared.codes.append(code)
    prepared.mark("f", len(prepared.codes) - 1, indent=-(-code.indent // 4) * 4 if code.indent > 1 else 0)


def put_block(prepared: Prepared, block: Block) -> None:
    """Put a block: one mark where it holds no Markdown, else one at its beginning and one at its end."""
    prepared.blocks.append(block)
    number = len(prepared.blocks) - 1
    if block.name in NO_MARKDOWN:
        prepared.mark("b", number)
        return
    prepared.mark("o", number)
    put_all(prepared, block.pieces, PARTED.get(block.name))
    prepared.mark("c", number)
