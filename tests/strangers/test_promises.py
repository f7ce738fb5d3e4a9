"""What docs/security.md promises can be looked up: every link leads somewhere, every chapter is there, every test file is named."""

import re

import pytest

from core.config import ROOT

PAGE = ROOT / "docs" / "security.md"
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
CHAPTERS = (
    "Encoding and sanitization", "Validation and business logic", "Web frontend security", "API and web service", "File handling", "Authentication",
    "Session management", "Authorization", "Self-contained tokens", "OAuth and OIDC", "Cryptography", "Secure communication", "Configuration",
    "Data protection", "Secure coding and architecture", "Security logging and error handling", "WebRTC",
)  # fmt: skip


def local_links(page):
    return [target for target in LINK.findall(page.read_text()) if "://" not in target]


@pytest.mark.parametrize("page", [PAGE, ROOT / "SECURITY.md"], ids=lambda page: page.name)
def test_every_link_leads_to_a_file(page):
    links = local_links(page)
    assert links
    assert [target for target in links if not (page.parent / target).is_file()] == []


def test_every_chapter_of_the_standard_has_its_own():
    headings = re.findall(r"^## (V\d+ .+)$", PAGE.read_text(), re.MULTILINE)
    assert headings == [f"V{number} {title}" for number, title in enumerate(CHAPTERS, 1)]


def test_no_chapter_is_left_without_a_word():
    for chapter in re.split(r"^## ", PAGE.read_text(), flags=re.MULTILINE)[2:]:
        assert "](../tests/" in chapter or "**Not here" in chapter, chapter[:40]


def test_every_file_of_strangers_tests_shows_a_promise():
    named = {target.rpartition("/")[2] for target in local_links(PAGE)}
    written = {path.name for path in (ROOT / "tests" / "strangers").glob("test_*.py")} - {"test_promises.py"}
    assert written - named == set()


def test_reporters_are_given_no_address_that_nobody_reads():
    assert "@" not in (ROOT / "SECURITY.md").read_text()


def test_no_script_of_ours_keeps_anything_in_the_browser():
    storing = re.compile(r"localStorage|sessionStorage|indexedDB|document\.cookie|caches\.")
    assert [path.name for path in (ROOT / "static" / "js").rglob("*.js") if storing.search(path.read_text())] == []


def test_no_script_of_ours_makes_code_of_text():
    making = re.compile(r"\beval\(|new Function|document\.write|\.outerHTML\s*=|insertAdjacentHTML|setTimeout\([\"'`]")
    assert [path.name for path in (ROOT / "static" / "js").rglob("*.js") if making.search(path.read_text())] == []
