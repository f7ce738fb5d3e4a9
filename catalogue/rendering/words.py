"""The bare words of a text: for search, and for the time it takes to read."""

import re

from catalogue.rendering.blocks import figure_text
from catalogue.rendering.outline import Block, Heading, Line, Outline, Piece

LINKED = re.compile(r"!?\[([^\[\]]*)\](?:\([^)]*\)|\[[^\]]*\])")
TABLE_RULE = re.compile(r"[|:\s-]+$")
NOTE_MARK = re.compile(r"\[\^[^\]]+\]:?")
MARKS = re.compile(r"[*`|~]|^\s*(?:[-+>:]|\d+\.)\s+|\\(?=\W)")
HIDDEN = ("mentor", "check", "video", "lab")


def words(outline: Outline) -> str:
    """Return what learners can read in a text, without marks; mentors' notes are not among it."""
    return "\n".join(line for line in (bare(piece) for piece in outline.pieces) if line)


def bare(piece: Piece) -> str:
    """Return the words of one piece."""
    if isinstance(piece, Block):
        return block_words(piece)
    if isinstance(piece, Line) and TABLE_RULE.match(piece.text):
        return ""
    if isinstance(piece, Line | Heading):
        text = NOTE_MARK.sub("", LINKED.sub(r"\1", piece.text)) if "[" in piece.text else piece.text
        return MARKS.sub(" ", text).strip()
    return piece.text


def block_words(block: Block) -> str:
    """Return the words of a block that learners see."""
    if block.name in HIDDEN:
        return ""
    if block.name == "figure":
        text = figure_text(block)
        return f"{text.alt} {text.caption}".strip()
    if block.name == "compare":
        return "\n".join(bare(piece) for piece in case_pieces(block))
    return "\n".join(line for line in (bare(piece) for piece in block.pieces) if line)


def case_pieces(block: Block) -> list[Piece]:
    """Return what a comparison says, without its titles and the ids below `#### sort`."""
    said: list[Piece] = []
    title = ""
    for piece in block.pieces:
        if isinstance(piece, Heading):
            title = piece.text.strip().lower()
        elif title != "sort":
            said.append(piece)
    return said
