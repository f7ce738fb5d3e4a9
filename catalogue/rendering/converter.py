"""Our Markdown: the common one, less raw HTML and styles, plus formulas and our own links."""

import re
import threading
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import InlineProcessor, SimpleTagInlineProcessor
from markdown.treeprocessors import Treeprocessor

from catalogue.rendering.formulas import mathml
from catalogue.rendering.links import NOWHERE, Links
from catalogue.rendering.spans import FORMULA

PERCENT = re.compile(r"(\d) %")
MINUS = re.compile(r"−(?=[€$£\d])")
MOST_BRACKETS = 400  # in one paragraph; its link pattern looks from each to the end
instances = threading.local()


class FormulaProcessor(InlineProcessor):
    """Turns $…$ into MathML; what is no formula stays as it was written."""

    def handleMatch(self, m: Any, data: str) -> Any:  # type: ignore[override]  # noqa: N802  # Markdown's own name
        """Return the stashed formula, or nothing."""
        formula = mathml(m[1])
        return (self.md.htmlStash.store(formula), m.start(0), m.end(0)) if formula else (None, None, None)


class LinkResolver(Treeprocessor):
    """Leads links and pictures to their addresses; what leads nowhere becomes plain text."""

    links: Links = NOWHERE

    def run(self, root: Element) -> None:
        """Resolve everything under the root."""
        for element in root.iter():
            if element.tag == "a" and not element.get("class", "").startswith("footnote"):
                self.resolve_link(element)
            elif element.tag == "th" and not len(element) and not (element.text or "").strip():
                element.tag = "td"  # the empty corner of a table heads nothing
            elif element.tag == "img":
                self.resolve_image(element)

    def resolve_link(self, link: Element) -> None:
        """Give a link its address and, for words and roles of the trade, its class."""
        target = link.get("href", "")
        url = self.links.url(target)
        link.attrib.clear()
        if url is None:
            link.tag = "span"
            return
        link.set("href", url)
        kind = target.partition(":")[0]
        if kind in ("term", "role"):
            link.set("class", kind)

    def resolve_image(self, image: Element) -> None:
        """Give a picture its address; without one its words take its place."""
        url, alt, target = self.links.media(image.get("src", "")), image.get("alt", ""), image.get("src", "")
        image.attrib.clear()
        if url is None or not url.startswith("/media/"):
            image.tag, image.text = "span", alt
            return
        image.attrib.update({"src": url, "alt": alt, "loading": "lazy"})
        if size := self.links.sizes.get(target):
            image.attrib.update({"width": str(size[0]), "height": str(size[1])})


def markdown(footnotes: bool) -> Markdown:
    """Build a converter of our language."""
    extensions: list[Any] = [TableExtension(use_align_attribute=True), "def_list", "sane_lists"]
    md = Markdown(extensions=[*extensions, "footnotes"] if footnotes else extensions, output_format="html")
    md.preprocessors.deregister("html_block")
    md.inlinePatterns.deregister("html")
    for name in ("hashheader", "setextheader"):
        md.parser.blockprocessors.deregister(name)
    md.inlinePatterns.register(FormulaProcessor(FORMULA.pattern, md), "formula", 185)
    md.inlinePatterns.register(SimpleTagInlineProcessor(r"(~~)(.+?)~~", "del"), "del", 60)
    md.treeprocessors.register(LinkResolver(md), "links", 5)
    return md


def convert(text: str, links: Links, footnotes: bool = False) -> str:
    """Return a text's HTML, not yet sanitised; a thread keeps its converters."""
    if any(paragraph.count("[") > MOST_BRACKETS for paragraph in text.split("\n\n")):
        raise TooTangled
    kept = vars(instances)
    md: Markdown = kept.get(str(footnotes)) or kept.setdefault(str(footnotes), markdown(footnotes))
    resolver: Any = md.treeprocessors["links"]
    resolver.links = links
    try:
        return bound(md.reset().convert(text))
    except (RecursionError, IndexError, AttributeError):  # what its parser meets in hostile texts
        kept.pop(str(footnotes))
        raise TooTangled from None


def bound(html: str) -> str:
    """Return HTML in which no line ends between a figure and its sign of percent, or between a minus and its figure."""
    return MINUS.sub("−\u2060", PERCENT.sub("\\1\u00a0%", html))


class TooTangled(ValueError):
    """A text that is nested beyond what the converter can follow."""
