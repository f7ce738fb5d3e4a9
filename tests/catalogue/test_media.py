"""Media are what their names say, and drawings neither act nor reach outside."""

import struct

import pytest

from catalogue.media import LARGEST_PICTURE, inspect

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" + struct.pack(">II", 32, 16) + b"\x08\x06\x00\x00\x00"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 64 36">{}</svg>'
HARMFUL = {
    "a script": "<script>1</script>",
    "a foreign object": "<foreignObject/>",
    "an event": '<g onclick="x"/>',
    "an outside image": '<image href="https://evil.example/x.png"/>',
    "an outside use": '<use xlink:href="other.svg#a"/>',
    "a script link": '<a href="javascript:1"/>',
    "an svg inside": '<image href="data:image/svg+xml;base64,AAAA"/>',
    "an import": "<style>@import 'x';</style>",
    "an outside style": "<style>a{fill:url(https://evil.example)}</style>",
    "an escaped style": "<style>@\\69mport 'x';</style>",
    "an outside fill": '<g fill="url(https://evil.example)"/>',
    "an outside style attribute": '<g style="background:url(//evil.example)"/>',
    "an animation of a link": '<animate attributeName="href" to="x"/>',
}
HARMLESS = {
    "a gradient": '<g fill="url(#a)"/>',
    "its own part": '<use href="#a"/>',
    "dark colours": "<style>@media (prefers-color-scheme: dark) { a { fill: #fff } }</style>",
    "a picture inside": '<image href="data:image/png;base64,AAAA"/>',
}


@pytest.mark.parametrize("inner", HARMFUL.values(), ids=HARMFUL)
def test_a_drawing_that_acts_or_reaches_outside_is_refused(inner):
    assert inspect("a.svg", SVG.format(inner).encode()).problems


@pytest.mark.parametrize("inner", HARMLESS.values(), ids=HARMLESS)
def test_a_drawing_may_be_drawn_with_everything_else(inner):
    assert inspect("a.svg", SVG.format(inner).encode()).problems == ()


@pytest.mark.parametrize(
    "content",
    [
        b"<svg",
        b"<html/>",
        b'<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>',
        b'<?xml-stylesheet href="x"?><svg/>',
        b"\xff\xfe<svg/>",
    ],
)
def test_what_is_no_plain_drawing_is_refused(content):
    assert inspect("a.svg", content).problems


@pytest.mark.parametrize("name", ["a.png", "a.webp", "a.mp4", "a.webm", "a.vtt"])
def test_a_file_that_lies_about_its_kind_is_refused(name):
    assert "is something else" in inspect(name, b"<html><script>1</script></html>").problems[0]


@pytest.mark.parametrize("name", ["a.html", "a.gif", "a", "a b.png", ".png"])
def test_other_kinds_and_odd_names_are_refused(name):
    assert inspect(name, PNG).problems


def test_sizes_are_read_and_limited():
    assert (inspect("a.png", PNG).width, inspect("a.png", PNG).height) == (32, 16)
    assert (inspect("a.svg", SVG.format("").encode()).width, inspect("a.svg", SVG.format("").encode()).height) == (
        64,
        36,
    )
    assert "is the limit" in inspect("a.png", PNG + b"x" * LARGEST_PICTURE).problems[0]
    assert inspect("a.png", b"").problems == ("The file is empty.",)
