"""What must be true of every page: it parses, has one heading that begins its title, unique ids, labelled fields, and no inline code."""

from itertools import pairwise

import html5lib

NAMESPACE = "{http://www.w3.org/1999/xhtml}"
UNLABELLED = {"hidden", "submit", "button", "image", "reset"}
SCROLLING = {"scroll-x", "table-frame", "calendar-frame"}  # what the style sheet lets scroll sideways


def check_page(response):
    """Check one answer, when it is a page."""
    if response.mimetype != "text/html" or response.status_code in (301, 302, 303, 304, 307, 308):
        return
    text = response.get_data(as_text=True)
    if "<html" not in text:
        return  # a fragment
    page = html5lib.HTMLParser(strict=False).parse(text)
    faults = [fault for check in CHECKS for fault in check(page)]
    assert not faults, f"{response.request.path}: {faults}"
    assert "script-src 'self'" in response.headers["Content-Security-Policy"]


def elements(page, name=None):
    return [e for e in page.iter() if isinstance(e.tag, str) and (name is None or e.tag == NAMESPACE + name)]


def words(element):
    return " ".join("".join(element.itertext()).split())


def heading(page):
    headings = [words(e) for e in elements(page, "h1")]
    title = words(elements(page, "title")[0])
    if len(headings) != 1:
        return [f"{len(headings)} first headings: {headings}"]
    return [] if title.startswith(headings[0].rstrip(".")) else [f"title {title!r} does not begin with {headings[0]!r}"]


def unique_ids(page):
    ids = [e.get("id") for e in elements(page) if e.get("id")]
    return [f"id {i} twice" for i in {i for i in ids if ids.count(i) > 1}]


def labelled(page):
    labels = {e.get("for") for e in elements(page, "label")}
    inside = {id(field) for label in elements(page, "label") for field in label.iter()}
    for name in ("input", "select", "textarea"):
        for field in elements(page, name):
            named = field.get("aria-label") or field.get("aria-labelledby") or field.get("id") in labels
            if field.get("type") not in UNLABELLED and not named and id(field) not in inside:
                yield f"field {field.get('name')!r} has no label"


def named_buttons(page):
    for button in elements(page, "button") + elements(page, "a"):
        pictures = [e.get("alt") or e.get("aria-label") for e in button.iter() if isinstance(e.tag, str)]
        if not words(button) and not button.get("aria-label") and not any(pictures):
            yield f"a {button.tag.removeprefix(NAMESPACE)} without words: {button.attrib}"


def no_inline_code(page):
    for element in elements(page):
        for attribute in element.attrib:
            if attribute == "style" or str(attribute).startswith("on"):
                yield f"{element.tag} has {attribute}"
        if element.tag == NAMESPACE + "style" or (element.tag == NAMESPACE + "script" and not element.get("src")):
            yield "inline style or script"


def forms_guarded(page):
    for form in elements(page, "form"):
        names = {e.get("name") for e in form.iter() if isinstance(e.tag, str)}
        if (form.get("method") or "get").lower() == "post" and "csrf_token" not in names:
            yield f"form to {form.get('action')} without its token"


def pictures_described(page):
    return [f"picture {e.get('src')} without alt" for e in elements(page, "img") if e.get("alt") is None]


def headings_in_order(page):
    levels = [
        int(e.tag[-1]) for e in elements(page) if e.tag.removeprefix(NAMESPACE) in {"h1", "h2", "h3", "h4", "h5", "h6"}
    ]
    start = levels.index(1) if 1 in levels else 0
    after = levels[start:]
    return [f"heading jumps from {a} to {b}" for a, b in pairwise(after) if b > a + 1]


def scrolled_by_keyboard(page):
    for element in elements(page):
        classes = set((element.get("class") or "").split())
        reached = element.get("tabindex") == "0" and element.get("role") == "region" and element.get("aria-label")
        if classes & SCROLLING and not reached:
            yield f"{' '.join(sorted(classes))} scrolls, but no keyboard reaches it, or it has no name"


CHECKS = [
    heading,
    unique_ids,
    labelled,
    named_buttons,
    no_inline_code,
    forms_guarded,
    pictures_described,
    headings_in_order,
    scrolled_by_keyboard,
]
