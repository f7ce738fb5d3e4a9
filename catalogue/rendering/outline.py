"""Scans a text line by line: which blocks, headings and code it holds. Checks and pages both go by this one reading."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

DEEPEST = 4  # no block of ours stands more than one level inside another
FENCE = re.compile(r"( *)(`{3,}|~{3,})([^`]*)$")
OPENING = re.compile(r" {0,3}(/{3,}) *([A-Za-z][\w-]*) *(?:\| *(.*?))? *$")
CLOSING = re.compile(r" {0,3}(/{3,}) *$")
STRAY = re.compile(r" *///")
HEADING = re.compile(r"(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$")
EXPLICIT_ID = re.compile(r"\s*\{#([^}\s]*)\}$")
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ue000-\uf8ff\ufeff\ufffe\uffff\ud800-\udfff]")
KEBAB = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
INLINE_MARKS = re.compile(r"!?\[([^\[\]]*)\]\([^)]*\)|[*_`]")


@dataclass(frozen=True)
class Problem:
    """Something to mend, by the line within its text."""

    line: int
    sentence: str


@dataclass(frozen=True)
class Line:
    """A line of Markdown as it stands."""

    number: int
    text: str


@dataclass(frozen=True)
class Heading:
    """A heading and its anchor."""

    number: int
    level: int
    id: str
    text: str  # as Markdown


@dataclass(frozen=True)
class Code:
    """Fenced code, which nothing inside can end or open."""

    number: int
    indent: int
    language: str
    text: str


@dataclass
class Block:
    """One of our own blocks with what it holds."""

    number: int
    name: str
    argument: str
    length: int
    pieces: list["Piece"] = field(default_factory=list)

    @property
    def body(self) -> str:
        """Return what it holds as plain text, for blocks that hold no Markdown."""
        return "\n".join(piece.text for piece in self.pieces if isinstance(piece, Line)).strip()


Piece = Line | Heading | Code | Block


@dataclass(frozen=True)
class Outline:
    """A scanned text."""

    pieces: tuple[Piece, ...]
    problems: tuple[Problem, ...]

    def blocks(self) -> Iterator[Block]:
        """Return all blocks, outer ones first."""
        yield from blocks_in(self.pieces)

    @property
    def headings(self) -> tuple[Heading, ...]:
        """Return the headings of the text itself, not those inside blocks."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Heading))


def blocks_in(pieces: "tuple[Piece, ...] | list[Piece]") -> Iterator[Block]:
    """Return the blocks among pieces and inside them."""
    for piece in pieces:
        if isinstance(piece, Block):
            yield piece
            yield from blocks_in(piece.pieces)


def slug(text: str) -> str:
    """Make an anchor from a heading."""
    plain = unicodedata.normalize("NFKD", INLINE_MARKS.sub(r"\1", text)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or "part"


def outline(text: str) -> Outline:
    """Scan a text; always succeeds, and says what is to be mended."""
    return Scanner().scan(text)


class Scanner:
    """Reads one text from its first line to its last."""

    def __init__(self) -> None:
        self.root: list[Piece] = []
        self.open: list[Block] = []
        self.problems: list[Problem] = []
        self.fence: tuple[int, int, str, str] | None = None  # line, indent, marks, language
        self.code: list[str] = []

    def scan(self, text: str) -> Outline:
        """Scan all lines and say what was left open."""
        if unseen := UNSEEN.search(text.replace("\r\n", "\n")):
            line = text.count("\n", 0, unseen.start()) + 1
            self.problem(line, f"There is an invisible character here (U+{ord(unseen[0]):04X}); delete it.")
        for number, line_text in enumerate(clean(text).split("\n"), 1):
            self.take(number, line_text)
        self.close_all()
        return Outline(tuple(self.root), tuple(self.problems))

    def problem(self, line: int, sentence: str) -> None:
        """Note what is to be mended."""
        self.problems.append(Problem(line, sentence))

    def add(self, piece: Piece) -> None:
        """Put a piece where the text stands."""
        (self.open[-1].pieces if self.open else self.root).append(piece)

    def take(self, number: int, text: str) -> None:
        """Take one line."""
        if self.fence:
            self.take_code(text)
        elif fence := FENCE.match(text):
            self.fence = (number, len(fence[1]), fence[2], fence[3].strip().split(" ")[0])
        elif "/" in text and STRAY.match(text):
            self.take_slashes(number, text)
        elif text.startswith("#"):
            self.take_heading(number, text)
        else:
            self.add(Line(number, text))

    def take_code(self, text: str) -> None:
        """Take a line of code, or the end of it."""
        assert self.fence
        number, indent, marks, language = self.fence
        end = text.strip()
        if len(end) >= len(marks) and end == marks[0] * len(end):
            self.add(Code(number, indent, language, "\n".join(self.code)))
            self.fence, self.code = None, []
        else:
            self.code.append(text[min(indent, len(text) - len(text.lstrip(" "))) :])

    def take_slashes(self, number: int, text: str) -> None:
        """Take a line that opens or closes a block."""
        if closing := CLOSING.match(text):
            self.close(number, len(closing[1]))
        elif opening := OPENING.match(text):
            if len(self.open) == DEEPEST:
                self.problem(number, "Blocks are nested too deeply here; close the one above first.")
                return
            block = Block(number, opening[2].lower(), opening[3] or "", len(opening[1]))
            self.add(block)
            self.open.append(block)
        else:
            self.problem(number, "A block opens at the beginning of its line, as `/// name` or `/// name | argument`.")

    def close(self, number: int, length: int) -> None:
        """Close the block that stands open."""
        if not self.open:
            self.problem(number, "This closes a block, but none is open.")
        elif self.open[-1].length != length:
            sentence = f"The block `{self.open[-1].name}` of line {self.open[-1].number} opened with another number of slashes."
            self.problem(number, sentence)
            self.open.pop()
        else:
            self.open.pop()

    def take_heading(self, number: int, text: str) -> None:
        """Take a heading with its anchor."""
        heading = HEADING.match(text)
        if not heading or not heading[2]:
            self.problem(number, "A heading is written as `## Title`: number signs, a space, a title.")
            self.add(Line(number, "\\" + text))
            return
        title, anchor = heading[2], slug(heading[2])
        if explicit := EXPLICIT_ID.search(title):
            title, anchor = title[: explicit.start()], explicit[1]
            if not KEBAB.fullmatch(anchor):
                self.problem(
                    number, "An anchor is written in small letters, digits and hyphens, as in {#the-same-change}."
                )
                anchor = slug(anchor)
        self.add(Heading(number, len(heading[1]), anchor, title))

    def close_all(self) -> None:
        """Say what was never closed; what it holds still counts as its own."""
        if self.fence:
            number, indent, marks, language = self.fence
            self.problem(number, f"This code is never closed; end it with {marks} on a line of its own.")
            self.add(Code(number, indent, language, "\n".join(self.code)))
        for block in self.open:
            self.problem(
                block.number,
                f"The block `{block.name}` is never closed; end it with {'/' * block.length} on a line of its own.",
            )


def clean(text: str) -> str:
    """Return a text without what nobody can see and what would be taken for our own marks."""
    return UNSEEN.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
