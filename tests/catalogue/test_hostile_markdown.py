"""No text, however hostile, crashes the scanner or the renderer, and nothing that acts leaves them."""

import time

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.building import build
from catalogue.faults import Faults
from catalogue.media import inspect
from catalogue.rendering.checking import lesson_problems, references
from catalogue.rendering.links import Links
from catalogue.rendering.outline import outline
from catalogue.rendering.page import render_lesson
from catalogue.rendering.snippets import render_inline
from tests.catalogue.conftest import SOURCES, media

PARTS = [
    "/// note",
    "/// figure | media/x.svg",
    "////",
    "///",
    "/// steps",
    "#### project",
    "/// compare",
    "/// mentor",
    "/// check",
    "/// contrast",
    "```",
    "~~~ x",
    "## ",
    "# ",
    "| a | b |",
    "|---|---|",
    "> ",
    "- ",
    "1. ",
    "    ",
    "[^1]",
    "[^1]: ",
    "[x](y)",
    "![a](media/x.svg)",
    "$x_1$",
    "$\\frac{$",
    "\\",
    "<script>alert(1)</script>",
    "<a href='javascript:1'>",
    "&#x6a;",
    "**",
    "_",
    "`",
    "term\n: ",
    "\u2028",
    "\x00",
    "\x02",
    "\x03",
    "\ue000o0\ue001",
    "\ue001",
    "�",
    "é",
    "\r",
    "\t",
    "\n",
    "\n\n",
    " ",
    "word",
    "caption: x",
    "{#id}",
    "wzxhzdk:0",
]
LINKS = Links("c", {"media/x.svg": "/media/ab/x.svg"})
ALLOWED_SCHEMES = ("http:", "https:", "mailto:", "#")
ACTING = {
    "script",
    "iframe",
    "object",
    "embed",
    "form",
    "input",
    "button",
    "style",
    "link",
    "meta",
    "base",
    "svg",
    "foreignobject",
}


def htmls(parts):
    for part in parts:
        for value in vars(part).values():
            if hasattr(value, "__html__"):
                yield str(value)


def refuse_acting(html):
    for element in html5lib.parseFragment(html, namespaceHTMLElements=False).iter():
        assert element.tag not in ACTING
        for name, value in element.attrib.items():
            assert not name.startswith("on") and name != "style"
            assert (
                name not in ("href", "src") or ":" not in value.partition("/")[0] or value.startswith(ALLOWED_SCHEMES)
            )


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PARTS), max_size=30).map("".join))
def test_no_text_crashes_the_page_and_nothing_acts_in_it(text):
    scanned = outline(text)
    list(lesson_problems(scanned)), list(references(scanned))
    parts = render_lesson(text, LINKS)
    for html in htmls(parts):
        refuse_acting(html)
        assert "\ue000" not in html and "\ue001" not in html
    refuse_acting(str(render_inline(text, LINKS)))


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(sorted(SOURCES)), st.text(max_size=200), st.integers(0, 2000))
def test_any_text_is_refused_with_faults_or_holds(path, text, at):
    source = SOURCES[path][: at % len(SOURCES[path])] + text + SOURCES[path][at % len(SOURCES[path]) :]
    try:
        build({**SOURCES, path: source}, media())
    except Faults as faults:
        assert all(fault.line >= 1 and fault.sentence for fault in faults.faults)


@given(st.binary(max_size=200), st.sampled_from(["a.svg", "a.png", "a.webp", "a.mp4", "a.vtt", "a.exe", "noend"]))
def test_any_bytes_are_looked_into(content, name):
    inspect(name, content)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 20_000, "![" * 20_000, "*" * 20_000, "_a" * 20_000, "> " * 20_000, "`" * 20_001, "$a" * 20_000, "- " * 20_000, "[^1]" * 5_000,
        "a\n: b\n" * 5_000, "|" * 20_000, "<" * 20_000, "/// note\n" * 5_000, "![a](" * 5_000, "**a " * 20_000, "(" * 50_000, "\\" * 50_000,
        "[a](b " * 5_000, "a](" * 10_000, "~~a" * 10_000,
    ],
    ids=lambda text: repr(text[:6]),
)  # fmt: skip
def test_a_lesson_full_of_one_thing_does_not_take_for_ever(text):
    began = time.process_time()
    scanned = outline(text)
    list(lesson_problems(scanned)), list(references(scanned))
    render_lesson(text, LINKS)
    assert time.process_time() - began < 10
