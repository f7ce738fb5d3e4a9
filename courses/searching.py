"""Finds words in what is taught: an index in memory, built by each process, the same on every database."""

import re
import sqlite3
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock

from markupsafe import Markup, escape

LONGEST_QUERY = 200
MOST_WORDS = 12
MOST_HITS = 40
BEGIN, END = "\x02", "\x03"  # around what was found; no text holds them
WORD = re.compile(r"[^\W_]+")

TABLE = "CREATE VIRTUAL TABLE entry USING fts5(title, body, tokenize = 'porter unicode61 remove_diacritics 2')"
FIND = """
    SELECT rowid, snippet(entry, 1, ?, ?, '…', 28) FROM entry
    WHERE entry MATCH ? ORDER BY bm25(entry, 4.0, 1.0), rowid LIMIT ?
"""


@dataclass(frozen=True)
class Entry:
    """Something that can be found, and where it stands."""

    kind: str  # lesson | term | role | objective | scenario
    title: str
    body: str
    where: str = ""
    course: str = ""
    lesson: str = ""
    anchor: str = ""


@dataclass(frozen=True)
class Hit:
    """Something that was found, with the words around."""

    entry: Entry
    excerpt: Markup


class Index:
    """All entries of one catalogue; safe to ask from several threads."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Fill the index."""
        self.entries = tuple(entries)
        self.lock = Lock()
        self.connection = sqlite3.connect(":memory:", check_same_thread=False)
        self.connection.execute(TABLE)
        rows = ((number, clean(entry.title), clean(entry.body)) for number, entry in enumerate(self.entries))
        self.connection.executemany("INSERT INTO entry (rowid, title, body) VALUES (?, ?, ?)", rows)

    def find(self, query: str) -> list[Hit]:
        """Return what fits all words best first; where nothing does, what fits some of them."""
        words = words_of(query)
        if not words:
            return []
        return self.matching(all_of(words)) or self.matching(some_of(words))

    def matching(self, expression: str) -> list[Hit]:
        """Return what fits an expression."""
        with self.lock:
            rows = self.connection.execute(FIND, (BEGIN, END, expression, MOST_HITS)).fetchall()
        return [Hit(self.entries[number], marked(excerpt)) for number, excerpt in rows]


def words_of(query: str) -> list[str]:
    """Return the words of what somebody typed; everything else in it means nothing."""
    return WORD.findall(unicodedata.normalize("NFKC", query[:LONGEST_QUERY]))[:MOST_WORDS]


def all_of(words: list[str]) -> str:
    """Ask for all words; the last one may be unfinished."""
    return " ".join(f'"{word}"' for word in words) + "*"


def some_of(words: list[str]) -> str:
    """Ask for any of the words."""
    return " OR ".join(f'"{word}"' for word in words)


def clean(text: str) -> str:
    """Take the marks of a hit out of a text, so that it can never close one."""
    return text.replace(BEGIN, " ").replace(END, " ")


def marked(excerpt: str) -> Markup:
    """Return an excerpt as HTML with what was found marked."""
    return escape(excerpt).replace(BEGIN, Markup("<mark>")).replace(END, Markup("</mark>"))
