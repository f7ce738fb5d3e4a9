"""What each of our blocks holds, taken from its own text: pictures, checks, films, lists of questions."""

import re
from dataclasses import dataclass

from catalogue.rendering.outline import Block, Line

CALLOUTS = ("note", "tip", "warning", "example")
CAPTION = re.compile(r"^caption: *(.+)$", re.MULTILINE)
FIELD = re.compile(r"^(captions|transcript|title): *(.*)$")
QUESTION = re.compile(r"^[-*]?\s*([a-z0-9-]+(?:/[a-z0-9-]+)?)$")


@dataclass(frozen=True)
class FigureText:
    """What a figure block says."""

    media: str
    alt: str
    caption: str


@dataclass(frozen=True)
class VideoText:
    """What a video block says."""

    media: str
    title: str
    captions: str
    transcript: str


def figure_text(block: Block) -> FigureText:
    """Read a figure: its alternative text and, after `caption:`, what is printed below it."""
    caption = CAPTION.search(block.body)
    alt = CAPTION.sub("", block.body) if caption else block.body
    return FigureText(block.argument, " ".join(alt.split()), caption[1].strip() if caption else "")


def video_text(block: Block) -> VideoText:
    """Read a film: `title:`, `captions:` and, to the end, `transcript:`."""
    found: dict[str, list[str]] = {"title": [], "captions": [], "transcript": []}
    current = ""
    for line in block.body.split("\n"):
        field = FIELD.match(line) if current != "transcript" else None
        current = field[1] if field else current
        if current:
            found[current].append(field[2] if field else line)
    texts = {name: re.sub(r"^\|\n", "", "\n".join(lines)).strip() for name, lines in found.items()}
    transcript = "\n".join(line.strip() for line in texts["transcript"].split("\n"))
    return VideoText(block.argument, texts["title"], texts["captions"], transcript.strip())


def lab_text(block: Block) -> tuple[str, int]:
    """Return a lab's figures as they were written, and the number of lines above them."""
    lines = [piece for piece in block.pieces if isinstance(piece, Line)]
    return "\n".join(line.text for line in lines), lines[0].number - 1 if lines else block.number


def check_id(block: Block) -> str:
    """Return the id of the question that a check asks."""
    return block.body or block.argument


def sorter_ids(lines: list[str]) -> list[str]:
    """Return the ids listed below `#### sort`, one a line or with commas between them."""
    words = [word.strip() for line in lines for word in line.split(",")]
    return [found[1] if (found := QUESTION.match(word)) else word for word in words if word]
