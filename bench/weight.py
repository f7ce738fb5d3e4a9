"""What a browser fetches for a first page and for a second one: requests, and bytes as they go over the wire."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

from bench.compared import Page, fetch
from bench.errands import ENCODINGS
from bench.figures import Aim, Figure, said
from bench.house import House

KB = 1024
FIRST, REQUESTS, SECOND, MODULES = Aim(200, "KB"), Aim(10), Aim(25, "KB"), Aim(3)
IMPORT = re.compile(r"""(?:import|from)\s*["'](\./[^"']+)["']""")
FACE = re.compile(r"@font-face\s*\{[^}]*\}")
Fetch = Callable[[str], Page]


class Links(HTMLParser):
    """Finds what a browser fetches by itself for a page, and apart from it what it fetches when one scrolls there.

    Lazy pictures come later, and so do modules: app.js brings them when their element comes into view. The first
    element that has one is the lesson itself, which is in view at once.
    """

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.later: list[str] = []
        self.controllers: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a style sheet, a script, a font, a picture, and which modules a page asks for."""
        given = {name: value or "" for name, value in attrs}
        if tag == "link" and given.get("rel") in ("stylesheet", "preload", "icon"):
            self.found.append(given["href"])
        if tag in ("script", "img") and given.get("src"):
            (self.later if given.get("loading") == "lazy" else self.found).append(given["src"])
        self.controllers += [name for name in given.get("data-controller", "").split() if name not in self.controllers]


@dataclass
class Visit:
    """One browser with its cache."""

    fetch: Fetch
    kept: dict[str, Page] = field(default_factory=dict)

    def open(self, path: str, *, to_the_end: bool = False) -> dict[str, Page]:
        """Open a page, and scroll to its end if told; return what was fetched for it, by address."""
        page = self.fetch(path)
        fetched = {path: page}
        for address in needed(path, unpacked(page), self.text, to_the_end=to_the_end):
            if address not in self.kept:
                self.kept[address] = fetched[address] = self.fetch(address)
        return fetched

    def text(self, address: str) -> str:
        """Return the words of a script that is fetched anyway."""
        return unpacked(self.fetch(address))


def needed(path: str, html: str, text: Callable[[str], str], *, to_the_end: bool) -> Iterator[str]:
    """Yield the addresses that a page needs, each once: what it links, and the modules that its scripts import."""
    links = Links()
    links.feed(html)
    seen: list[str] = []
    named = [*links.found, *(links.later if to_the_end else ())]
    controllers = links.controllers if to_the_end else links.controllers[:1]
    waiting = [urljoin(path, one) for one in named if not one.startswith("data:")]
    while waiting:
        address = waiting.pop(0)
        if address in seen:
            continue
        seen.append(address)
        yield address
        if address.endswith(".js"):
            waiting += [urljoin(address, name) for name in imported(text(address), controllers)]


def imported(script: str, controllers: list[str]) -> list[str]:
    """Return what a module imports; the one that starts the others brings those that the page asks for."""
    named = list(IMPORT.findall(script))
    return named + [f"./{name}.js" for name in controllers] if "import(`./${name}.js`)" in script else named


def unpacked(page: Page) -> str:
    """Return a page's text."""
    import gzip

    import brotli
    from backports import zstd

    ways: dict[str, Callable[[bytes], bytes]] = {
        "br": brotli.decompress,
        "zstd": zstd.decompress,
        "gzip": gzip.decompress,
    }
    body = ways[page.encoding](page.body) if page.encoding else page.body
    return body.decode("utf-8", "replace")


def weigh(port: int, house: House, other: str) -> list[Figure]:
    """Return the figures of a first and a second lesson page."""
    headers = {"Cookie": house.visitors[0].cookie, "Accept-Encoding": ENCODINGS}
    visit = Visit(lambda path: fetch(port, path, headers))
    first, rest, second = (
        visit.open(house.lesson_path),
        visit.open(house.lesson_path, to_the_end=True),
        visit.open(other),
    )
    whole = first | rest
    modules = sum(address.endswith(".js") for address in first)
    return [
        kilobytes("First lesson page, over the wire", first, FIRST, f"{said(weight(whole), 'KB')} read to its end"),
        counted("First lesson page, requests", len(first), REQUESTS, f"{len(whole)} read to its end"),
        counted("First lesson page, modules of script", modules, MODULES),
        kilobytes("Second lesson page, with what the browser keeps", second, SECOND),
        Figure("Second lesson page, requests", str(len(second))),
        kept_for_ever(whole, house.lesson_path),
    ]


def counted(what: str, count: int, aim: Aim, words: str = "") -> Figure:
    """Return a count."""
    return Figure(what, str(count), words, aim=aim, weighed=count)


def weight(fetched: dict[str, Page]) -> float:
    """Return the kilobytes of some answers, without their headers."""
    return sum(len(page.body) for page in fetched.values()) / KB


def kilobytes(what: str, fetched: dict[str, Page], aim: Aim, words: str = "") -> Figure:
    """Return a weight, with that of the page itself beside it."""
    page = next(iter(fetched.values()))
    itself = said(len(page.body) / KB, f"KB the page ({page.encoding})")
    total = weight(fetched)
    return Figure(what, said(total, "KB"), f"{itself}, {words}" if words else itself, aim=aim, weighed=total)


def kept_for_ever(fetched: dict[str, Page], path: str) -> Figure:
    """Say whether everything but the page has a name that changes with it and may be kept for ever."""
    others = {address: page for address, page in fetched.items() if address != path}
    good = [a for a, page in others.items() if "immutable" in page.headers.get("cache-control", "")]
    share = len(good) / len(others) if others else 0.0
    return Figure(
        "Static files hashed and immutable", f"{len(good)} of {len(others)}", aim=Aim(1, least=True), weighed=share
    )
