"""`python -m bench`: print one table; `servers` compares servers, `carry` says how far one machine carries."""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from bench import carrying, choosing, exams, publishing, scenarios, under_load, writers
from bench.effort import FULL, QUICK, Effort, say
from bench.figures import Figure
from bench.table import drawn, markdown, page, summary

GROUPS: dict[str, Callable[[Effort], list[Figure]]] = {
    "served": under_load.measure,
    "writers": writers.measure,
    "catalogue": publishing.measure,
    "exams": exams.measure,
    "scenarios": scenarios.measure,
}


def read_arguments(given: Sequence[str]) -> argparse.Namespace:
    """Read what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure the product on this machine.")
    parser.add_argument("what", nargs="?", choices=("table", "servers", "carry"), default="table")
    parser.add_argument("--only", action="append", choices=sorted(GROUPS), help="measure this group alone")
    parser.add_argument(
        "--quick", action="store_true", help="a few seconds, to see that it runs; the figures mean little"
    )
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the table there, too (docs/speed.md)")
    return parser.parse_args(given)


def figures_for(names: Sequence[str], effort: Effort) -> list[Figure]:
    """Measure these groups one after the other."""
    return [figure for name in names for figure in GROUPS[name](effort)]


def main(given: Sequence[str]) -> None:
    """Measure and print."""
    asked = read_arguments(given)
    effort = QUICK if asked.quick else FULL
    if asked.what == "carry":
        print(markdown(carrying.measure(effort)))  # noqa: T201
        return
    if asked.what == "servers":
        print(drawn(choosing.measure(effort)))  # noqa: T201
        return
    figures = figures_for(asked.only or list(GROUPS), effort)
    print(markdown(figures))  # noqa: T201
    say(summary(figures))
    if asked.write:
        asked.write.write_text(page(figures, " ".join(["python -m bench", *given])), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
