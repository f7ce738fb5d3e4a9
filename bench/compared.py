"""Makes the bytes and the database of the references out of the product's own, and checks that they are alike."""

import os
import re
import sqlite3
import urllib.request
from dataclasses import dataclass, replace
from pathlib import Path

import sqlalchemy as sa

from bench import references
from bench.client import HOST
from bench.errands import Errand, Visitor, form
from bench.house import House

MAIN = re.compile(r'<main id="main" tabindex="-1">\n(.*?)\n</main>', re.DOTALL)
NEAR = 0.02  # how far the bytes of the two pages may lie apart


@dataclass(frozen=True)
class Page:
    """A page as it came over the wire."""

    status: int
    encoding: str
    headers: dict[str, str]
    body: bytes


def fetch(port: int, path: str, headers: dict[str, str]) -> Page:
    """Fetch a page from one of our servers, as it is packed."""
    request = urllib.request.Request(f"http://{HOST}:{port}{path}", headers=headers)  # our own address
    with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310
        given = {name.lower(): value for name, value in answer.headers.items()}
        return Page(answer.status, given.get("content-encoding", ""), given, answer.read())


def lesson_errand(house: House) -> Errand:
    """Return the fetching of the lesson page by everybody in turn."""
    return Errand("GET", house.lesson_path, house.visitors)


def save_errand(house: House) -> Errand:
    """Return the saving of a choice by everybody in turn; the choice changes every time."""
    asked = house.asked[0]
    shown = {"act": "save", "sequence": "@n", "try": "1", "shown_digest": asked.digest}
    first, second = (form(shown | {"option": option}) for option in asked.options[:2])
    return Errand("POST", asked.path, house.visitors, (first, second))


def finish_errand(house: House) -> Errand:
    """Return answering for good, and beginning anew in every second round; it holds for one run, from the first round."""
    asked = house.asked[1]
    shown = {"sequence": "1", "try": "@k", "shown_digest": asked.digest}
    again, given = form(shown | {"act": "again"}), shown | {"act": "finish", "confidence": "sure"}
    return Errand("POST", asked.path, house.visitors, (again, form(given | {"option": asked.options[0]})))


def finish_errands(house: House, rounds: int) -> list[Errand]:
    """Share the visitors out among the rounds, since the tries at a check cannot skip a number."""
    whole = finish_errand(house)
    return [replace(whole, visitors=whole.visitors[number::rounds]) for number in range(rounds)]


def question_errand(house: House) -> Errand:
    """Return the fetching of a question in the middle of a long exam, by everybody in turn."""
    assert house.examined
    return Errand("GET", house.examined.path, house.visitors)


def exam_errand(house: House) -> Errand:
    """Return the saving of an answer in the middle of a long exam; the choice changes every time."""
    assert house.examined
    asked = {"act": "save", "sequence": "@n", "was": ""}
    first, second = (form(asked | {"option": option}) for option in house.examined.options[:2])
    return Errand("POST", house.examined.path, house.visitors, (first, second))


def decision_errand(house: House) -> Errand:
    """Return the fetching of a scenario's fifth decision, by everybody in turn."""
    return Errand("GET", "/runs/@run", house.visitors)


def plain_decision_errand(house: House) -> Errand:
    """Return the reference's decision page."""
    return Errand("GET", "/decision/@run", house.visitors)


def plain_question_errand(house: House) -> Errand:
    """Return the reference's question page."""
    return Errand("GET", "/question/@exam", house.visitors)


def plain_errand(house: House) -> Errand:
    """Return the reference's saving."""
    body = form({"sequence": "@n", "option": house.asked[0].options[0]})
    return Errand("POST", "/answer", house.visitors, (body, body))


def prepare_reference(house: House, port: int) -> dict[str, str]:
    """Lay down what the references need; return what their processes must be told."""
    folder = house.folder / "reference"
    folder.mkdir(exist_ok=True)
    database = folder / "reference.sqlite"
    copy_database(Path(house.settings.database_url.removeprefix("sqlite:///")), database)
    one = Errand("GET", "", house.visitors).headers(house.visitors[0])
    packed = fetch(port, house.lesson_path, one)
    (folder / "page.packed").write_bytes(packed.body)
    (folder / "page.encoding").write_text(packed.encoding)
    told = house.environment() | {"BENCH_DATABASE": f"sqlite:///{database}", "BENCH_BYTES": str(folder)}
    for name in ("question.html", "decision.html"):
        (folder / name).write_text("", encoding="utf-8")
    lay_down_body(house, port, told, "body.html", house.lesson_path, "/lesson")
    if house.examined:
        exam = house.visitors[0].exam
        page = house.examined.path.replace("@exam", exam)
        lay_down_body(house, port, told, "question.html", page, f"/question/{exam}")
        run = house.visitors[0].run
        lay_down_body(house, port, told, "decision.html", f"/runs/{run}", f"/decision/{run}")
    return told


def lay_down_body(house: House, port: int, told: dict[str, str], file: str, path: str, plain: str) -> None:
    """Write the body of a reference's page, so that the page is as long as the product's."""
    body = Path(told["BENCH_BYTES"]) / file
    one = Errand("GET", "", house.visitors).headers(house.visitors[0])
    whole = fetch(port, path, one | {"Accept-Encoding": "identity"}).body.decode()
    main = MAIN.search(whole)
    assert main
    body.write_text(main[1], encoding="utf-8")
    surplus = plain_length(told, house.visitors[0], plain) - len(whole.encode())
    body.write_text(cut(main[1], surplus), encoding="utf-8")


def cut(body: str, surplus: int) -> str:
    """Return a body that makes the reference's page as long as the product's."""
    return body[: len(body) - surplus] if surplus > 0 else body + " " * -surplus


def copy_database(source: Path, target: Path) -> None:
    """Copy the house's database, and add the table that the reference writes."""
    with sqlite3.connect(source) as given, sqlite3.connect(target) as taken:
        given.backup(taken)
    given.close()
    taken.close()
    engine = sa.create_engine(f"sqlite:///{target}")
    references.steps.metadata.create_all(engine)
    engine.dispose()


def plain_length(told: dict[str, str], visitor: Visitor, path: str) -> int:
    """Return how many bytes the reference's page has."""
    before = dict(os.environ)
    os.environ.update(told)
    try:
        app = references.create_app()
    finally:
        os.environ.clear()
        os.environ.update(before)
    answer = app.test_client(use_cookies=False).get(path, headers={"Cookie": visitor.cookie})
    assert answer.status_code == 200, answer.status_code
    with app.app_context():
        references.db.engine.dispose()
    return len(answer.data)
