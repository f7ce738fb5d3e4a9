"""Finds links, pictures and formulas in running Markdown, without rendering it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from catalogue.rendering.outline import Block, Heading, Line, Piece

CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
LINK = re.compile(r"\]\(\s*<?([^\s)>]*)")
IMAGE = re.compile(r"!\[([^\[\]]*)\]\(\s*<?([^\s)>]*)")
DEFINITION = re.compile(r"^ {0,3}\[(?!\^)[^\]]+\]:\s*<?([^\s>]+)", re.MULTILINE)
AUTOLINK = re.compile(r"<((?:https?|ftp|mailto):[^<>\s]*)>", re.IGNORECASE)
FORMULA = re.compile(r"(?<![\\$\w])\$(?![\s$])([^$\n]+?)(?<![\s\\])\$(?![\w$])")
TELLING = re.compile(r"[\[$<]")


@dataclass(frozen=True)
class Span:
    """A link, picture or formula, with the line it stands in."""

    kind: str  # link | image | formula
    line: int
    target: str
    text: str = ""


def spans(text: str, first_line: int = 1) -> Iterator[Span]:
    """Return what a run of Markdown refers to."""
    if not TELLING.search(text):
        return
    plain = CODE_SPAN.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    for kind, position, target, words in found_in(plain):
        yield Span(kind, first_line + plain.count("\n", 0, position), target, words)


def found_in(text: str) -> Iterator[tuple[str, int, str, str]]:
    """Return kind, position, target and words of everything that refers."""
    images = set()
    for found in IMAGE.finditer(text):
        images.add(found.end())
        yield "image", found.start(), found[2], found[1]
    for found in LINK.finditer(text):
        if found.end() not in images:
            yield "link", found.start(), found[1], ""
    for pattern in (DEFINITION, AUTOLINK):
        for found in pattern.finditer(text):
            yield "link", found.start(), found[1], ""
    for found in FORMULA.finditer(text):
        yield "formula", found.start(), found[1], ""


def spans_of(pieces: "tuple[Piece, ...] | list[Piece]") -> Iterator[Span]:
    """Return the spans of all pieces; code holds none."""
    run: list[Line | Heading] = []
    for piece in pieces:
        if isinstance(piece, Line | Heading):
            run.append(piece)
            continue
        yield from spans_of_run(run)
        run = []
        if isinstance(piece, Block) and piece.name not in ("check", "video", "lab"):
            yield from spans_of(piece.pieces)
    yield from spans_of_run(run)


def spans_of_run(run: list[Line | Heading]) -> Iterator[Span]:
    """Return the spans of lines that follow one another."""
    if run:
        yield from spans("\n".join(piece.text for piece in run), run[0].number)
