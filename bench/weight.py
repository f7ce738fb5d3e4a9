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
    """Finds what a browser fetches by itself for a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.controllers: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a style sheet, a script, a font, a picture, and which modules a page asks for."""
        given = {name: value or "" for name, value in attrs}
        if tag == "link" and given.get("rel") in ("stylesheet", "preload", "icon"):
            self.found.append(given["href"])
        if tag in ("script", "img") and given.get("src"):
            self.found.append(given["src"])
        self.controllers.update(given.get("data-controller", "").split())


@dataclass
class Visit:
    """One browser with its cache."""

    fetch: Fetch
    kept: dict[str, Page] = field(default_factory=dict)

    def open(self, path: str) -> dict[str, Page]:
        """Open a page; return what was fetched for it, by address."""
        page = self.fetch(path)
        fetched = {path: page}
        for address in needed(path, unpacked(page), self.text):
            if address not in self.kept:
                self.kept[address] = fetched[address] = self.fetch(address)
        return fetched

    def text(self, address: str) -> str:
        """Return the words of a script that is fetched anyway."""
        return unpacked(self.fetch(address))


def needed(path: str, html: str, text: Callable[[str], str]) -> Iterator[str]:
    """Yield the addresses that a page needs, each once: what it links, and the modules that its scripts import."""
    links = Links()
    links.feed(html)
    seen: list[str] = []
    waiting = [urljoin(path, one) for one in links.found if not one.startswith("data:")]
    while waiting:
        address = waiting.pop(0)
        if address in seen:
            continue
        seen.append(address)
        yield address
        if address.endswith(".js"):
            waiting += [urljoin(address, name) for name in imported(text(address), links.controllers)]


def imported(script: str, controllers: set[str]) -> list[str]:
    """Return what a module imports; the one that starts the others brings those that the page asks for."""
    named = list(IMPORT.findall(script))
    return named + [f"./{name}.js" for name in sorted(controllers)] if "import(`./${name}.js`)" in script else named


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


def weigh(port: int, house: House, others: str) -> list[Figure]:
    """Return the figures of a first and a second lesson page."""
    headers = {"Cookie": house.visitors[0].cookie, "Accept-Encoding": ENCODINGS}
    visit = Visit(lambda path: fetch(port, path, headers))
    first, second = visit.open(house.lesson_path), visit.open(others)
    modules = [address for address in first if address.endswith(".js")]
    return [
        kilobytes("First lesson page, over the wire", first, FIRST),
        Figure("First lesson page, requests", str(len(first)), aim=REQUESTS, weighed=len(first)),
        Figure("First lesson page, modules of script", str(len(modules)), aim=MODULES, weighed=len(modules)),
        kilobytes("Second lesson page, with what the browser keeps", second, SECOND),
        Figure("Second lesson page, requests", str(len(second))),
        kept_for_ever(first, house.lesson_path),
    ]


def kilobytes(what: str, fetched: dict[str, Page], aim: Aim) -> Figure:
    """Return a weight, with the page itself beside it."""
    total = sum(len(page.body) for page in fetched.values()) / KB
    page = next(iter(fetched.values()))
    return Figure(
        what, said(total, "KB"), said(len(page.body) / KB, f"KB page ({page.encoding})"), aim=aim, weighed=total
    )


def kept_for_ever(fetched: dict[str, Page], path: str) -> Figure:
    """Say whether everything but the page has a name that changes with it and may be kept for ever."""
    others = {address: page for address, page in fetched.items() if address != path}
    good = [a for a, page in others.items() if "immutable" in page.headers.get("cache-control", "")]
    share = len(good) / len(others) if others else 0.0
    return Figure(
        "Static files hashed and immutable", f"{len(good)} of {len(others)}", aim=Aim(1, least=True), weighed=share
    )
