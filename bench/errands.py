"""What many people do again and again: fetch a page, or send a form, each with their own cookie and token."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

ENCODINGS = "gzip, deflate, br, zstd"  # what today's browsers send


@dataclass(frozen=True)
class Visitor:
    """Somebody who is signed in."""

    number: int
    cookie: str
    token: str
    exam: str = "0"  # the sitting that they are in
    run: str = "0"  # the scenario that they play


@dataclass
class Errand:
    """One address, many visitors; a form's two versions alternate, and `@n` in them is the number of the round.

    `@exam` in the address is the visitor's own sitting, `@run` their run of a scenario.
    """

    method: str
    path: str
    visitors: tuple[Visitor, ...]
    forms: tuple[str, str] = ("", "")
    rounds: int = 1  # the round that comes next
    fragment: bool = False
    sent: int = 0

    def headers(self, visitor: Visitor) -> dict[str, str]:
        """Return what a browser would send along."""
        form = {"Content-Type": "application/x-www-form-urlencoded"} if self.method == "POST" else {}
        script = {"X-Requested-With": "fetch"} if self.fragment else {}
        return {"Cookie": visitor.cookie, "Accept-Encoding": ENCODINGS} | form | script

    def visit(self, number: int) -> tuple[str, dict[str, str], str]:
        """Return address, headers and body of the request with this number, counted from the next round's first."""
        lap, place = divmod(number, len(self.visitors))
        visitor, lap = self.visitors[place], lap + self.rounds
        return (
            self.path.replace("@exam", visitor.exam).replace("@run", visitor.run),
            self.headers(visitor),
            self.form(visitor, lap),
        )

    def form(self, visitor: Visitor, lap: int) -> str:
        """Return what is sent in one round."""
        return (
            self.forms[lap % 2]
            .replace("@token", visitor.token)
            .replace("@n", str(lap))
            .replace("@k", str((lap + 1) // 2))
        )

    def done(self, requests: int) -> None:
        """Go on behind so many requests, and behind those that were still under way."""
        self.sent += requests
        self.rounds += requests // len(self.visitors) + 2
        self.rounds += 1 - self.rounds % 2  # a pair of forms begins with its first one

    def written(self, folder: Path) -> Path:
        """Write the visitors down for a client that is not ours."""
        file = folder / "visitors.txt"
        lines = (f"{one.cookie}\t{one.token}\t{one.exam}\t{one.run}\n" for one in self.visitors)
        file.write_text("".join(lines), encoding="ascii")
        return file


def form(fields: Mapping[str, str]) -> str:
    """Return a form as browsers send it, with the places where token and numbers go."""
    return urlencode({"csrf_token": "@token", **fields}, safe="@")
