"""Writes the figures as one table, in the terminal and in docs/speed.md."""

import os
import platform
import unicodedata
from collections.abc import Sequence

from bench.figures import Figure
from core.clock import now

HEAD = ("What", "Measured", "Reference", "Ceiling", "Aim", "")

PAGE = """# Speed

Made by `{command}` on {day}, with {cores} cores and Python {python}. Run it again to see the figures of your own machine.

{table}

**Reference**: a small view as anybody would write it, in `bench/references.py`, behind the same server with the same bytes and the same rows: a person
through the ORM, two selects and a template with the product's frame; for an answer a person, the token of the form, one select, one insert and one durable
commit. **Ceiling**: what the server and the disk can do at all, a bare view of the same bytes and a bare durable commit. Product and reference take turns
in one run, and the ratio is the median of the rounds. Times at half the capacity are taken by a client that sends at a steady pace, whether earlier
requests were answered or not, and count from the moment when a request was due. Everything runs on one machine, so client and server share its cores.
"""


def rows_of(figures: Sequence[Figure]) -> list[tuple[str, ...]]:
    """Return the table as rows of words."""
    lines = [(f.what, f.value, f.reference, f.ceiling, str(f.aim or ""), f.verdict) for f in figures]
    return [HEAD, *lines]


def markdown(figures: Sequence[Figure]) -> str:
    """Write the table in Markdown."""
    return drawn(rows_of(figures))


def drawn(rows: Sequence[tuple[str, ...]]) -> str:
    """Write rows, the first being the head, with columns aligned for whoever reads them as text."""
    widths = [max(wide(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = [" | ".join(filled(cell, width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    rule = "-|-".join("-" * width for width in widths)
    return (
        "\n".join(f"| {line} |" for line in lines[:1])
        + "\n"
        + f"|-{rule}-|\n"
        + "\n".join(f"| {line} |" for line in lines[1:])
    )


def wide(text: str) -> int:
    """Return how many columns a text takes in a terminal."""
    return sum(0 if unicodedata.combining(sign) else 1 for sign in text)


def filled(text: str, width: int) -> str:
    """Return a cell as wide as its column."""
    return text + " " * (width - wide(text))


def page(figures: Sequence[Figure], command: str) -> str:
    """Write the page with the table; of the machine it tells the cores and nothing else."""
    day, cores = f"{now():%-d %B %Y}", os.cpu_count() or 1
    return PAGE.format(command=command, day=day, cores=cores, python=platform.python_version(), table=markdown(figures))


def summary(figures: Sequence[Figure]) -> str:
    """Say how many aims are met."""
    verdicts = [figure.verdict for figure in figures if figure.verdict]
    missed = [figure.what for figure in figures if figure.verdict not in ("", "met")]
    words = f"{len(verdicts) - len(missed)} of {len(verdicts)} aims are met."
    return words + (f" Missed: {'; '.join(missed)}." if missed else "")
