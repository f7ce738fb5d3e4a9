"""Templates hold no more than they use."""

import re

import pytest

from core.config import ROOT

TEMPLATES = ROOT / "templates"
IMPORT = re.compile(r'\{%-? from "[^"]+" import (.+?)(?: with context)? -?%\}')


def imported(text):
    """Return the names that a template brings in, as it calls them."""
    return [
        name.split(" as ")[-1].strip()
        for names in IMPORT.findall(text)
        for name in names.removesuffix(" with context").split(",")
    ]


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_what_a_template_imports_it_uses(path):
    text = path.read_text(encoding="utf-8")
    bare = IMPORT.sub("", text)
    assert [name for name in imported(text) if not re.search(rf"\b{name}\b", bare)] == []
