"""What a lesson says first below a heading, for the feedback after an answer."""

import pytest

from catalogue.building import build
from tests.progress.house import sources

BODY = """
## Held by whom

Short.

Somebody has to hold it, and that somebody is named before the first day, since nobody else will do it of their own accord. Two things help:

- a name on the door
- a number to call

Afterwards nobody reads on.

## Nothing here

## Other things

Not this.
"""


@pytest.fixture(scope="module")
def lesson():
    texts = sources()
    texts["c/lessons/first.md"] += BODY
    return build(texts, {}).courses["c"].lesson("first")


def test_some_lines_are_told_with_the_list_they_lead_to(lesson):
    said = lesson.passage("held-by-whom").striptags()
    assert said.startswith("Short.Somebody has to hold it") and said.endswith("a number to call")


@pytest.mark.parametrize("anchor", ["nothing-here", "no-such-heading"])
def test_where_nothing_is_said_nothing_is_told(lesson, anchor):
    assert lesson.passage(anchor) == ""
