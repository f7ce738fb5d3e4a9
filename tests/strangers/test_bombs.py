"""Content that would exhaust whoever reads it: refused before it is read, or read in a time that grows no faster than the text."""

import ast
import importlib
import pkgutil
import re
import struct
import time
import tracemalloc
import zlib
from contextlib import suppress
from pathlib import Path

import pytest

from catalogue.building import build
from catalogue.faults import Faults
from catalogue.media import LARGEST_PICTURE, inspect
from catalogue.rendering.checking import lesson_problems, references
from catalogue.rendering.formulas import mathml
from catalogue.rendering.links import Links
from catalogue.rendering.outline import outline
from catalogue.rendering.page import render_lesson
from catalogue.rendering.snippets import render_inline, render_text
from catalogue.schema.reading import read_yaml
from core.config import ROOT
from tests.catalogue.conftest import SOURCES, media

ROOMS = ("core", "accounts", "catalogue", "progress", "quizzes", "simulations", "courses", "mentoring", "operations")
LINKS = Links("c", {"media/x.svg": "/media/ab/x.svg"})


def spent(act):
    """Return the processor time that an act takes, the better of two."""
    times = []
    for _ in range(2):
        began = time.process_time()
        act()
        times.append(time.process_time() - began)
    return min(times)


def tame(act, sizes=(1_000, 4_000), most=2.0):
    """Say whether four times as much takes about four times as long; what is over at once may do as it likes."""
    small, large = (spent(lambda size=size: act(size)) for size in sizes)
    return large < most and (large < 0.05 or large < 12 * small + 0.05)


# YAML

LAUGHS = "a0: &a0 [lol, lol]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))
MERGED = "a: &a {x: 1}\n" + "".join(f"b{n}: {{<<: *a, y{n}: 1}}\n" for n in range(50))
YAML_BOMBS = {
    "a billion laughs": LAUGHS,
    "a loop": "a: &a [*a]\n",
    "merged keys": MERGED,
    "deep brackets": "a: " + "[" * 100_000,
    "deep braces": "a: " + "{a: " * 50_000,
    "deep dashes": "- " * 50_000,
    "deep indents": "".join(f"{' ' * n}a:\n" for n in range(1_000)),
    "deep keys": "? " * 20_000,
    "a python object": "a: !!python/object/apply:os.system [id]\n",
    "a python name": "a: !!python/name:os.system\n",
    "a binary": "a: !!binary AAAA\n",
    "a set": "a: !!set {x, y}\n",
    "two documents": "a: 1\n---\na: 2\n",
    "a directive": "%TAG ! tag:evil.example,2000:\n---\na: !x 1\n",
    "a NUL": "a: x\x00y\n",
    "unclosed quotes": "a: '" + "x" * 100_000,
    "a key twice": "a: 1\na: 2\n",
    "ten thousand keys twice": "".join(f"k{n % 5000}: 1\n" for n in range(10_000)),
}


@pytest.mark.parametrize("text", YAML_BOMBS.values(), ids=YAML_BOMBS)
def test_a_yaml_bomb_is_refused_at_once_in_words(text):
    tracemalloc.start()
    began = time.process_time()
    with pytest.raises(Faults) as refused:
        read_yaml("c/course.yaml", text)
    taken, (_, peak) = time.process_time() - began, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert all(fault.sentence and fault.line >= 1 for fault in refused.value.faults)
    assert taken < 5 and peak < 100_000_000


@pytest.mark.parametrize(
    "shape",
    [
        lambda n: "a: " + "x" * (n * 100),
        lambda n: "a: |\n" + "  word word\n" * (n * 10),
        lambda n: "".join(f"k{at}: 1\n" for at in range(n)),
        lambda n: "a: [" + "x, " * n + "x]",
        lambda n: "a: " + "9" * n * 10,
        lambda n: "a: 0x" + "f" * n * 10,
        lambda n: "a: " + "1:" * n,
        lambda n: "a: " + "1_" * n,
        lambda n: "a: 1." + "9" * n * 10 + "e999999999",
        lambda n: "a: " + "-" * n * 10,
        lambda n: "a: 2026-01-01T" + "0" * n * 10,
        lambda n: "#" * n * 50 + "\na: 1",
        lambda n: "a: '" + "''" * n * 10 + "'",
        lambda n: 'a: "' + "\\x41" * n * 10 + '"',
        lambda n: "a:" + " " * n * 10 + "x",
        lambda n: "\n" * n * 50 + "a: 1",
    ],
)
def test_a_long_yaml_text_takes_time_as_it_is_long(shape):
    def read(n):
        with suppress(Faults):
            read_yaml("x.yaml", shape(n))

    assert tame(read)


@pytest.mark.parametrize("path", sorted(SOURCES))
@pytest.mark.parametrize("bomb", ["a billion laughs", "deep brackets", "a python object"])
def test_a_bomb_in_any_file_of_a_course_is_a_fault_of_that_file(path, bomb):
    text = f"---\n{YAML_BOMBS[bomb]}---\nWords.\n" if path.endswith(".md") else YAML_BOMBS[bomb]
    with pytest.raises(Faults) as refused:
        build({**SOURCES, path: text}, media())
    assert path in {fault.path for fault in refused.value.faults}


# Markdown and formulas

MARKDOWN = {
    "quotes": lambda n: "> " * (n // 2),
    "lists": lambda n: "- " * (n // 2),
    "growing lists": lambda n: "".join(f"{'  ' * (at % 60)}- x\n" for at in range(n // 4)),
    "brackets": lambda n: "[" * n,
    "closed brackets": lambda n: "[" * n + "]" * n,
    "links": lambda n: "[a](b" * n,
    "links in links": lambda n: "[" * (n // 4) + "a" + "](b)" * (n // 4),
    "emphasis": lambda n: "*a_ " * n,
    "emphasis in emphasis": lambda n: "*a **b " * n,
    "stars": lambda n: "*" * n + "a" + "*" * n,
    "underscores": lambda n: "_" * n,
    "ticks": lambda n: "".join("`" * (at % 30) + " " for at in range(n // 4)),
    "entities": lambda n: "&" * n + ";" * n,
    "long entities": lambda n: "&#" + "9" * n + ";",
    "html": lambda n: "<a " * n,
    "html attributes": lambda n: "<a" + " b='" * n,
    "html comments": lambda n: "<!--" * n,
    "html in html": lambda n: "<div>" * n,
    "declarations": lambda n: "<!" * n + "<?" * n + "<![CDATA[" * n,
    "footnotes": lambda n: "[^1]" * (n // 4) + "\n\n[^1]: x",
    "footnote texts": lambda n: "".join(f"[^{at}]\n\n[^{at}]: x\n\n" for at in range(n // 20)),
    "tables": lambda n: "|" * n + "\n" + "|-" * n + "|\n",
    "wide tables": lambda n: (
        "|" + "a|" * (n // 8) + "\n|" + "-|" * (n // 8) + "\n" + ("|" + "a|" * (n // 8) + "\n") * 3
    ),
    "references": lambda n: "".join(f"[a{at}]: b\n" for at in range(n // 4)),
    "definitions": lambda n: "a\n: b\n\n" * (n // 8),
    "rules": lambda n: "- " * n + "x",
    "headings": lambda n: "".join(f"## h{at}\n\n" for at in range(n // 8)),
    "fences": lambda n: "```\n" * (n // 2) + "~~~\n" * (n // 3),
    "blocks": lambda n: "/// note\n" * (n // 4),
    "blocks in blocks": lambda n: "".join(f"{'/' * (3 + at)} note\n" for at in range(min(n // 8, 300))),
    "spaces": lambda n: "a" + " " * n * 10 + "\n" + "\t" * n,
    "lines": lambda n: "\n" * n * 10,
    "backslashes": lambda n: "\\" * n * 4,
    "dollars": lambda n: "$" * n + "$a" * n,
    "strikes": lambda n: "~~a" * n,
    "escapes": lambda n: "\\*" * n,
    "addresses": lambda n: "<http://" + "a" * n + " " + "<a@" * n,
    "one word": lambda n: "a" * n * 20,
    "combining": lambda n: "a" + "\u0300" * n * 4,
    "our own signs": lambda n: "\ue000o0\ue001" * n + "\x02" * n + "wzxhzdk:1" * n,
}


@pytest.mark.parametrize("shape", MARKDOWN.values(), ids=MARKDOWN)
def test_a_markdown_bomb_takes_time_as_it_is_long(shape):
    def read(n):
        text = shape(n)
        scanned = outline(text)
        list(lesson_problems(scanned)), list(references(scanned))
        render_lesson(text, LINKS)
        render_inline(text, LINKS), render_text(text, LINKS)

    assert tame(read, sizes=(500, 2_000))


FORMULAS = {
    "braces": lambda n: "{" * n,
    "closed braces": lambda n: "{" * n + "}" * n,
    "fractions": lambda n: r"\frac{1}{" * n + "1" + "}" * n,
    "roots": lambda n: r"\sqrt{" * n + "1" + "}" * n,
    "powers": lambda n: "x^" * n + "1",
    "powers in braces": lambda n: "x^{" * n + "1" + "}" * n,
    "left": lambda n: r"\left(" * n,
    "environments": lambda n: r"\begin{matrix}" * n,
    "cells": lambda n: r"\begin{matrix}" + "a&" * n + r"\end{matrix}",
    "commands": lambda n: r"\alpha" * n,
    "unknown": lambda n: r"\x" * n,
    "a definition": lambda n: r"\def\a{\a\a}\a" * n,
    "a new command": lambda n: r"\newcommand{\a}{\a\a}\a" * n,
    "text": lambda n: r"\text{" * n,
    "digits": lambda n: "9" * n * 10,
    "primes": lambda n: "x" + "'" * n,
    "backslashes": lambda n: "\\" * n,
}


@pytest.mark.parametrize("shape", FORMULAS.values(), ids=FORMULAS)
def test_a_formula_bomb_is_refused_or_drawn_in_time(shape):
    def draw(n):
        mathml(shape(n))
        render_lesson(f"A formula: ${shape(n)}$", LINKS)

    assert tame(draw, sizes=(200, 800))


# Our own patterns

SEEDS = (
    "a", " ", "\t", "\n", "-", "_", "0", "9", ".", ":", "/", "\\", "[", "]", "(", ")", "{", "}", "<", ">", "*", "`", "$", "|", "#", "&", ";", "'", '"', "=",
    "a ", " a", "- ", ": ", "a:", "a-", "a.", "a,", "[a", "](", "a/", "//", "\\\\", "${", "{}", "<a", "a=", "''", '""', "0.", ".0", "1e", "a\n", "\n\n", "\n ",
    "media/", "caption: ", "///", "/// ", "    ", "url(", "data:image/png;base64,", "viewBox=\"0 ", "term:", "é", "\u0300", "\ue000",
)  # fmt: skip
ENDS = ("", "!", "\n")


def patterns():
    """Return every compiled pattern that a module of ours keeps."""
    found = {}
    for room in ROOMS:
        package = importlib.import_module(room)
        for module in pkgutil.walk_packages(package.__path__, f"{room}."):
            for name, value in vars(importlib.import_module(module.name)).items():
                if isinstance(value, re.Pattern):
                    found.setdefault((value.pattern, value.flags), f"{module.name}.{name}")
    return found


def written_in_place():
    """Return the patterns that are written where they are used, in calls of `re`."""
    for path in (path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))):
        for call in (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)):
            if ast.unparse(call.func).startswith("re.") and call.args and isinstance(call.args[0], ast.Constant):
                yield str(call.args[0].value), f"{path.relative_to(ROOT)}:{call.lineno}"


PATTERNS = {**{pattern: name for (pattern, _), name in patterns().items()}, **dict(written_in_place())}


def test_our_patterns_are_found():
    assert len(PATTERNS) > 30


def slow_over(pattern, flags=0):
    """Return the first long repetition that a pattern takes long over, tried from short to long."""
    compiled = re.compile(pattern, flags)
    for length in (16, 20, 22, 24, 26, 40, 120, 300):
        for seed in SEEDS:
            for end in ENDS:
                text = seed * (length // len(seed)) + end
                began = time.process_time()
                compiled.search(text), compiled.match(text), compiled.fullmatch(text)
                if time.process_time() - began > 0.5:
                    return seed, end
    return None


@pytest.mark.parametrize("pattern", PATTERNS, ids=PATTERNS.values())
def test_no_pattern_of_ours_takes_long_over_any_text(pattern):
    """Every way of beginning a match is tried on long repetitions, with an end that makes the match fail late."""
    for flags in {flag for (text, flag) in patterns() if text == pattern} or {0}:
        assert slow_over(pattern, flags) is None


@pytest.mark.parametrize("pattern", [r"(a+)+!", r"a*a*a*a*!"])
def test_a_pattern_that_takes_long_would_be_caught(pattern):
    assert slow_over(pattern.replace("!", "b"))


# Pictures, drawings, archives


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width, height, data=b""):
    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def webp(width, height):
    body = (
        b"VP8X"
        + struct.pack("<I", 10)
        + bytes(4)
        + (width - 1).to_bytes(3, "little")
        + (height - 1).to_bytes(3, "little")
    )
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.png", png(50_000, 50_000, zlib.compress(bytes(10_000_000)))),
        ("a.png", png(2**31 - 1, 2**31 - 1)),
        ("a.png", png(0, 10)),
        ("a.png", b"\x89PNG\r\n\x1a\n"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + b"x" * 40),
        ("a.webp", webp(16_000_000, 16_000_000)),
        ("a.webp", b"RIFF\x00\x00\x00\x00WEBPxxxx"),
        ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 99999999 99999999"/>'),
    ],
    ids=[
        "a bomb",
        "a giant",
        "nothing",
        "a head alone",
        "no head",
        "a webp giant",
        "a webp of nothing",
        "a giant drawing",
    ],
)
def test_a_picture_that_would_fill_a_browsers_memory_is_refused_unopened(name, content):
    problems = inspect(name, content).problems
    assert problems and problems[0].endswith(".")


@pytest.mark.parametrize("size", [1, 320, 4_000, 8_000])
def test_a_picture_of_any_decent_size_is_taken(size):
    assert inspect("a.png", png(size, size // 2 + 1)).problems == ()
    assert inspect("a.webp", webp(size, size // 2 + 1)).problems == ()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">%s</svg>'
ENTITIES = (
    b"<!DOCTYPE svg ["
    + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10 if n else b"lol") for n in range(12))
    + b"]><svg>&a11;</svg>"
)


@pytest.mark.parametrize(
    "content",
    [
        ENTITIES,
        b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>',
        b'<!DOCTYPE svg [<!ENTITY % x SYSTEM "http://evil.example/x"> %x;]><svg/>',
        b'<!DOCTYPE svg PUBLIC "x" "http://evil.example/x.dtd"><svg/>',
        SVG % b"<script>1</script>",
        SVG % b'<script href="data:,1"/>',
        SVG % b"<g onload='1'/>",
        SVG % b"<foreignObject><iframe/></foreignObject>",
        SVG % b"<image href='https://evil.example/x'/>",
        SVG % b"<image href='//evil.example/x'/>",
        SVG % b"<use href='data:image/svg+xml,x'/>",
        SVG % b"<a href='java&#x73;cript:1'><text>x</text></a>",
        SVG % b"<a xmlns:l='http://www.w3.org/1999/xlink' l:href='javascript:1'/>",
        SVG % b"<set attributeName='onload' to='1'/>",
        SVG % b"<animate attributeName='href' values='javascript:1'/>",
        SVG % b"<style>*{background:url(//evil.example)}</style>",
        SVG % b"<g style='fill:url(https://evil.example/x#a)'/>",
        SVG % b"<g filter='url(https://evil.example/x#a)'/>",
        SVG % b"<h:script xmlns:h='http://www.w3.org/1999/xhtml'>1</h:script>",
        SVG % b"<h:img xmlns:h='http://www.w3.org/1999/xhtml' src='x' onerror='1'/>",
        SVG % b"<h:iframe xmlns:h='http://www.w3.org/1999/xhtml' src='#'/>",
        SVG % b"<handler xmlns:ev='http://www.w3.org/2001/xml-events' ev:event='load'>1</handler>",
        SVG % (b"<g>" * 100_000 + b"</g>" * 100_000),
        b"<svg>" * 5_000,
        b"\x1f\x8b\x08" + bytes(50),
        SVG % b"\xff\xfe",
        b"+ADw-svg+AD4-",
    ],
)  # fmt: skip
def test_a_drawing_that_acts_or_explodes_is_refused(content):
    began = time.process_time()
    assert inspect("a.svg", content).problems
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    "name",
    [
        "a.zip",
        "a.svgz",
        "a.gz",
        "a.html",
        "a.js",
        "a.pdf",
        "a.docx",
        "a.svg.html",
        "a.png.exe",
        "a.SVG.js",
        "../a.png",
        "a/b.png",
        "a\\b.png",
        "a\x00.png",
        ".png",
        "con.p ng",
    ],
)
def test_archives_and_pages_are_no_media_at_all(name):
    assert inspect(name, b"PK\x03\x04" + bytes(30)).problems
    assert inspect(name, png(1, 1)).problems


def test_a_picture_beyond_the_limit_is_not_looked_into():
    assert "is the limit" in inspect("a.svg", b"<svg>" * LARGEST_PICTURE).problems[0]


def test_no_page_takes_a_file_yet():
    """When this fails, a page takes files: the tests above have to be walked through its form as well."""
    taken = [
        str(path)
        for path in (ROOT / "templates").rglob("*.html")
        if 'type="file"' in path.read_text() or "multipart/form-data" in path.read_text()
    ]
    read = [
        str(path)
        for room in ROOMS
        for path in Path(ROOT / room).rglob("*.py")
        if "request.files" in path.read_text() and path.name != "sending_again.py"
    ]
    assert (taken, read) == ([], [])
