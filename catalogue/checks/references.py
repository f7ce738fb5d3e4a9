"""Follows every reference of a document to where it leads, or says that it leads nowhere."""

import re
from collections.abc import Iterator
from difflib import get_close_matches

from catalogue import addresses
from catalogue.checks.known import Known
from catalogue.faults import Fault
from catalogue.parsing import Parsed
from catalogue.rendering.links import OUTSIDE, Links
from catalogue.rendering.spans import Span
from catalogue.schema.shape import KEBAB

LESSON = re.compile(rf"(?:({KEBAB})/)?({KEBAB})\.md(?:#({KEBAB}))?")


class Nowhere(Exception):
    """A reference that leads nowhere; the text is the sentence for the author."""


def links_of(document: Parsed, there: Known) -> Links:
    """Return the addresses of everything a document refers to."""
    urls: dict[str, str] = {}
    sizes: dict[str, tuple[int, int]] = {}
    for span in document.references:
        if span.kind in ("check", "sort"):
            continue
        try:
            urls[span.target] = followed(span, document, there)
        except Nowhere:
            continue
        media = there.media.get(f"{document.where.course}/{span.target}")
        if media and media.width and media.height:
            sizes[span.target] = (media.width, media.height)
    return Links(document.where.course, urls, sizes)


def reference_faults(document: Parsed, there: Known) -> Iterator[Fault]:
    """Return a fault for each reference that leads nowhere."""
    for span in document.references:
        try:
            followed(span, document, there)
        except Nowhere as nowhere:
            yield Fault(document.path, span.line, str(nowhere))


def followed(span: Span, document: Parsed, there: Known) -> str:
    """Return the address a reference leads to."""
    if span.kind in ("check", "sort"):
        return question(span, document, there)
    if span.kind in ("media", "image") or span.target.startswith("media/"):
        return media_file(span.target, document, there)
    if span.target.lower().startswith(OUTSIDE):
        return span.target
    scheme, colon, name = span.target.partition(":")
    if colon and scheme in ("term", "role"):
        return word(scheme, name, there)
    return lesson(span.target, document, there)


def near(name: str, names: "set[str] | dict[str, object]") -> str:
    """Hint at the name that was probably meant."""
    found = get_close_matches(name, sorted(names), 1, 0.6)
    return f" Did you mean {found[0]}?" if found else ""


def question(span: Span, document: Parsed, there: Known) -> str:
    """Return the whole id of a question."""
    course = document.where.course
    written = span.target if "/" in span.target else f"{course}/{span.target}"
    asked = there.questions.get(written)
    if asked is None and written.partition("/")[0] not in there.uncertain:
        own = {ref.partition("/")[2] for ref in there.questions if ref.startswith(f"{course}/")}
        raise Nowhere(f"There is no question {span.target}.{near(span.target, own)}")
    if span.kind == "sort" and asked is not None and not asked.shape.sorter:
        raise Nowhere(f"The question {span.target} is not for the sorter; mark it `sorter: true`.")
    return written


def media_file(target: str, document: Parsed, there: Known) -> str:
    """Return the address of a picture or film."""
    if not target.startswith("media/"):
        raise Nowhere(
            f"Pictures and films come from this course's media folder (media/name.svg), not from {target or 'nowhere'}."
        )
    found = there.media.get(f"{document.where.course}/{target}")
    if found is None:
        own = {path.partition("/")[2] for path in there.media if path.startswith(f"{document.where.course}/")}
        raise Nowhere(f"There is no file {target} in this course.{near(target, own)}")
    return found.url


def word(scheme: str, name: str, there: Known) -> str:
    """Return the address of a term or a role."""
    names, file = (there.terms, "glossary") if scheme == "term" else (there.roles, "careers")
    if name not in names and file not in there.uncertain:
        raise Nowhere(f"{file}.yaml has no {scheme} {name}.{near(name, names)}")
    return addresses.term(name) if scheme == "term" else addresses.role(name)


def lesson(target: str, document: Parsed, there: Known) -> str:
    """Return the address of a lesson, or of a heading in one."""
    where = document.where
    if target.startswith("#") and document.outline is not None:
        return own_heading(target, document)
    found = LESSON.fullmatch(target)
    if not found:
        raise Nowhere(
            f"The link to {target or 'nothing'} leads nowhere; link to a lesson (name.md#heading), "
            "term:name, role:name, media/name or a whole address (https://…)."
        )
    course, name, anchor = found[1] or where.course, found[2], found[3] or ""
    lesson_there(course, name, anchor, there)
    return addresses.lesson(course, name, anchor)


def own_heading(target: str, document: Parsed) -> str:
    """Return the address of a heading of the same lesson."""
    anchors = {heading.id for heading in document.outline.headings} if document.outline else set()
    if target[1:] not in anchors:
        raise Nowhere(f"This lesson has no heading {target}.{near(target[1:], anchors)}")
    return target


def lesson_there(course: str, name: str, anchor: str, there: Known) -> None:
    """Raise Nowhere unless there is such a lesson and such a heading in it."""
    if f"{course}/{name}" not in there.anchors:
        names = {ref.partition("/")[2] for ref in there.anchors if ref.startswith(f"{course}/")}
        raise Nowhere(
            f"There is no lesson {name} in {course or 'this document (write course/lesson.md)'}.{near(name, names)}"
        )
    anchors = there.anchors[f"{course}/{name}"]
    if anchor and anchors is not None and anchor not in anchors:
        raise Nowhere(f"The lesson {name} has no heading #{anchor}.{near(anchor, set(anchors))}")
