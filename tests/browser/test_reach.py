"""For everybody: axe finds nothing, on any page, in light and dark, on phone and desktop; nothing scrolls sideways."""

import re
from urllib.parse import urldefrag, urljoin

import pytest
from axe_playwright_python.base import AXE_FILE_PATH

from core.config import ROOT

pytestmark = pytest.mark.browser

AXE = AXE_FILE_PATH.read_text(encoding="utf-8")
COURSE = "/courses/project-and-service"
PAGES = {
    None: [
        "/",
        "/courses",
        COURSE,
        "/sign-in",
        "/sign-up",
        "/glossary",
        "/careers",
        "/accessibility",
        "/privacy",
        "/nothing-here",
    ],
    "learner": [
        "/",
        "/courses",
        COURSE,
        "/progress",
        "/search?q=handover",
        "/search?q=zzzz",
        "/account",
        "/glossary",
        "/practice",
        "/exams",
        "/attempts",
        "/review",
        "/review/forecast",
        "/courses/itil-foundation-5",
        "/courses/itil-foundation-5/exams/mock",
        "/scenarios",
        f"{COURSE}/scenarios/pickup-launch",
        f"{COURSE}/scenarios/incident-storm/worked",
    ],
    "mentor": ["/", "/mentoring", "/mentoring/sittings", "/mentoring/runs", "/progress"],
    "instructor": [
        "/",
        f"{COURSE}/lessons/what-a-service-is",
        "/studio/reports",
        "/studio/reports/regrades/project-and-service/what-makes-a-project-1?digest=0",
    ],
    "admin": ["/", "/people", "/audit", "/outbox", "/styleguide"],
}
LESSONS = sorted(path.stem for path in (ROOT / "content" / "project-and-service" / "lessons").glob("*.md"))
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}


def faults(page, path):
    page.goto(path)
    page.evaluate(AXE)
    found = page.evaluate("rules => axe.run(document, rules)", RULES)["violations"]
    return [f"{path}: {fault['id']}: {node['html'][:160]}" for fault in found for node in fault["nodes"][:3]]


def sideways(page, path):
    width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"{path} scrolls sideways by {width} px"] if width > 0 else []


def walk(open_page, demo, who, paths, **options):
    page = open_page(demo, who=who, **options)
    found = []
    for path in paths:
        found += faults(page, path) + sideways(page, path)
    assert found == []


WIDE = {"viewport": {"width": 1400, "height": 900}, "color_scheme": "light"}
NARROW_DARK = {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"}
NARROW = {"viewport": {"width": 390, "height": 844}, "color_scheme": "light"}
WIDE_DARK = {"viewport": {"width": 1400, "height": 900}, "color_scheme": "dark"}
TINY = {"viewport": {"width": 320, "height": 640}, "color_scheme": "light"}


@pytest.mark.proof
@pytest.mark.parametrize(
    "options",
    [WIDE, NARROW_DARK, NARROW, WIDE_DARK, TINY],
    ids=["wide and light", "narrow and dark", "narrow and light", "wide and dark", "tiny"],
)
@pytest.mark.parametrize("who", PAGES, ids=str)
def test_axe_finds_nothing(open_page, demo, who, options):
    walk(open_page, demo, who, PAGES[who], **options)


@pytest.mark.proof
@pytest.mark.parametrize(
    "options", [WIDE, NARROW, WIDE_DARK, NARROW_DARK], ids=["wide", "narrow", "wide dark", "narrow dark"]
)
def test_axe_finds_nothing_in_any_lesson(open_page, demo, options):
    walk(open_page, demo, "learner", [f"{COURSE}/lessons/{lesson}" for lesson in LESSONS], **options)


@pytest.mark.parametrize("options", [WIDE, NARROW_DARK], ids=["wide and light", "narrow and dark"])
def test_axe_finds_nothing_in_the_pictured_lesson(open_page, demo, options):
    walk(open_page, demo, "learner", [f"{COURSE}/lessons/temporary-and-ongoing"], **options)


@pytest.mark.proof
def test_every_link_and_picture_of_every_lesson_leads_somewhere(open_page, demo):
    page = open_page(demo, who="learner")
    seen, broken = {}, []
    for lesson in LESSONS:
        page.goto(f"{COURSE}/lessons/{lesson}")
        for target in page.eval_on_selector_all("main a[href], main img[src]", "all => all.map(e => e.href || e.src)"):
            broken += [f"{lesson}: {target}: {fault}" for fault in link_faults(page, seen, urljoin(page.url, target))]
    assert len(seen) > 2 * len(LESSONS)
    assert broken == []


def link_faults(page, seen, target):
    """Follow a link of ours once; say what is wrong with its page, or with the place on it."""
    url, anchor = urldefrag(target)
    if not url.startswith(urljoin(page.url, "/")):
        return []
    if url not in seen:
        answer = page.context.request.get(url)
        ids = set(re.findall(r' id="([^"]+)"', answer.text())) if "html" in answer.headers["content-type"] else set()
        seen[url] = (answer.status, ids)
    status, ids = seen[url]
    if status >= 400:
        return [str(status)]
    return [f"no place #{anchor}"] if anchor and anchor not in ids else []
