"""Looks at what a page has become in a browser's eyes: does anything in it act, or reach elsewhere?"""

import html5lib

from tests.strangers.payloads import ELSEWHERE

LOADING = {
    "src",
    "srcset",
    "poster",
    "data",
    "background",
    "ping",
    "action",
    "formaction",
    "manifest",
    "icon",
    "codebase",
    "srcdoc",
}
ACTING = {
    "iframe",
    "object",
    "embed",
    "base",
    "frame",
    "frameset",
    "applet",
    "style",
    "foreignobject",
    "animate",
    "set",
    "plaintext",
    "marquee",
    "audio",
    "template",
    "noscript",
}
SAFE_LINKS = ("http://", "https://", "mailto:")


def faults(html, *, links_out=False):
    """Return what acts in a page or reaches elsewhere; links that somebody wrote may lead out where that is allowed."""
    return [
        fault
        for element in html5lib.parse(html, namespaceHTMLElements=False).iter()
        for fault in looked_at(element, links_out)
    ]


def looked_at(element, links_out):
    if not isinstance(element.tag, str):
        return
    tag = element.tag.rpartition("}")[2].lower()
    if tag in ACTING:
        yield f"<{tag}>"
    if tag == "script" and not (element.get("src") or "").startswith("/static/"):
        yield f"a script: {element.attrib}"
    if tag == "meta" and element.get("http-equiv"):
        yield "a refresh"
    for name, value in element.attrib.items():
        key = (name[1] if isinstance(name, tuple) else str(name)).rpartition("}")[2].rpartition(":")[2].lower()
        yield from attribute_faults(tag, key, value.strip(), links_out)


def attribute_faults(tag, key, value, links_out):
    if key.startswith("on") or key == "style":
        yield f"<{tag} {key}={value[:60]!r}>"
    if key == "href" and not (
        value.startswith(("/", "#", "?")) or (links_out and value.startswith(SAFE_LINKS)) or value == ""
    ):
        yield f"<{tag} href={value[:60]!r}>"
    if key == "href" and not links_out and ELSEWHERE in value.partition("?")[0]:
        yield f"<{tag} href={value[:60]!r}>"
    local = value.startswith(("/", "?", "#")) or value == "" or (tag == "img" and value.startswith("data:image/"))
    if key in LOADING and (not local or value.startswith(("//", "/\\"))):
        yield f"<{tag} {key}={value[:60]!r}>"
    if key == "href" and value.startswith(("//", "/\\")):
        yield f"<{tag} href={value[:60]!r}>"
