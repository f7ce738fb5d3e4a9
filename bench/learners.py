"""Learners with a history: a few play their weeks with the product's own verbs, the others live the same lives."""

from datetime import datetime, timedelta
from functools import cache
from random import Random
from typing import Any

import sqlalchemy as sa

from accounts.models import Person
from accounts.passwords import Hashed
from accounts.people import add_person
from accounts.tokens import new_token
from catalogue.live import current
from catalogue.material import Scenario
from core.clock import now
from core.database import Model as Base
from core.database import db, writing
from operations.playing import Player
from quizzes.sittings.beginning import Asked, Occasion, begin
from quizzes.sittings.plans import one_section
from simulations.engine.model import BASE, Model
from simulations.engine.retelling import retold
from simulations.runs.beginning import Beginning
from simulations.runs.beginning import begin as begin_run

COURSE = "project-and-service"
PLAYERS = 10
EVENINGS = 12
REACHED = 8  # lessons that the best of them has come to; the last one stays new to everybody
TOLD = ("enrolment", "reading", "record", "objective_count", "note", "attempt", "attempt_item", "answer_step")
LONG = 180  # questions of an exam
SEED = 7
LEADS = {"attempt_item": ("attempt_id",), "answer_step": ("item_id",)}


def settle(count: int) -> list[tuple[int, str]]:
    """Open so many accounts with a history; return each one's id and what their session keeps."""
    moment = now()
    players = [invited(number, moment) for number in range(min(PLAYERS, max(2, count // 30)))]
    for number, person in enumerate(players):
        with writing(learner=person.id):
            play(person.id, number, moment)
    with writing():
        twins = copy_people(players[0], count - len(players))
        copy_histories([person.id for person in players], [number for number, _ in twins])
    return [(person.id, person.get_id()) for person in players] + twins


def invited(number: int, moment: datetime) -> Person:
    """Open one account; nobody ever signs in with its password."""
    with writing():
        return add_person(
            f"player-{number}@example.org",
            f"Player {number}",
            Hashed("x" * 97),
            ["learner"],
            now=moment - timedelta(days=EVENINGS * 2),
        )


def play(learner: int, number: int, moment: datetime) -> None:
    """Play one learner's evenings, and note that they were here just now, so that no page writes it."""
    random = Random(number)  # noqa: S311  # believable, not secret
    for evening in range(EVENINGS, 0, -1):
        player = Player(learner, 0.5 + number / 25, random, moment - timedelta(days=evening * 2))
        player.study(current().courses[COURSE], min(REACHED, 2 + number))
    db.session.execute(sa.update(Person).where(Person.id == learner).values(last_seen_at=moment))


def copy_people(player: Person, count: int) -> list[tuple[int, str]]:
    """Open many accounts at once."""
    table = Base.metadata.tables["person"]
    same = {
        c.name: getattr(player, c.name) for c in table.columns if c.name not in ("id", "email", "email_key", "name")
    }
    moment = now()
    twins = []
    for number in range(count):
        email, stamp = f"twin-{number}@example.org", new_token()
        own = {"email": email, "email_key": email, "name": f"Twin {number}", "session_stamp": stamp}
        seen = {"last_seen_at": moment}
        found = db.session.execute(sa.insert(table).values(same | own | seen).returning(table.c.id)).scalar_one()
        twins.append((int(found), f"{found}.{stamp}"))
    grants = Base.metadata.tables["role_grant"]
    rows = [{"person_id": found, "role": "learner", "granted_at": moment} for found, _ in twins]
    if rows:
        db.session.execute(sa.insert(grants), rows)
    return twins


def copy_histories(players: list[int], twins: list[int]) -> None:
    """Let each twin have done what a player did."""
    tables = [Base.metadata.tables[name] for name in TOLD]
    spans = {table.name: span(table) for table in tables}
    for copy, twin in enumerate(twins, 1):
        for table in tables:
            db.session.execute(told_again(table, players[copy % len(players)], twin, copy, spans))
    if db.engine.dialect.name == "postgresql":
        for table in tables:
            count_on(table)


def seated(learner: int, moment: datetime) -> int:
    """Let somebody begin a long exam; every visitor gets the same questions in the same order."""
    course = current().courses[COURSE]
    singles = [Asked(one) for one in course.questions.values() if one.kind == "single" and not one.sorter]
    asked = [singles[place % len(singles)] for place in range(LONG)]
    with writing(learner=learner):
        occasion = Occasion("exam", COURSE, "long", "end")
        plan = one_section("A long exam", LONG, minutes=24 * 60)
        return begin(learner, occasion, asked, plan, current(), seed=7, now=moment).id


def deciding(learner: int, moment: datetime, taken: int = 4) -> int:
    """Let somebody play the longest scenario as far as its fifth decision; everybody has the same luck."""
    scenario = max(current().courses[COURSE].scenarios.values(), key=lambda one: len(one.shape.stages))
    beginning, revision = begun_alike(scenario, taken), current().revisions[scenario.path]
    with writing(learner=learner):
        return begin_run(learner, scenario, revision, beginning, now=moment).id


@cache
def begun_alike(scenario: Scenario, taken: int) -> Beginning:
    """Return a beginning with so many decisions taken, each time the first option."""
    model, decisions = Model(scenario.shape), dict[str, str]()
    while (story := retold(model, SEED, BASE, decisions)).turn and len(decisions) < taken:
        decisions[story.turn] = model.stage(story.stage or "").options[0].id
    return Beginning(SEED, BASE, story, decisions)


def span(table: sa.Table) -> int:
    """Return by how much the ids of a copy are moved."""
    if "id" not in table.columns:
        return 0
    return int(db.session.scalar(sa.select(sa.func.max(table.c.id))) or 0)


def told_again(table: sa.Table, player: int, twin: int, copy: int, spans: dict[str, int]) -> sa.Insert:
    """Return the statement that copies one learner's rows of a table."""

    def value(column: sa.Column[Any]) -> sa.ColumnElement[Any]:
        if column.name == "learner_id":
            return sa.literal(twin)
        if column.name == "id":
            return column + copy * spans[table.name]
        if column.name in LEADS.get(table.name, ()):
            target = next(iter(column.foreign_keys)).column.table.name
            return column + copy * spans[target]
        return column

    columns = list(table.columns)
    rows = sa.select(*(value(column) for column in columns)).where(table.c.learner_id == player)
    return sa.insert(table).from_select([column.name for column in columns], rows)


def count_on(table: sa.Table) -> None:
    """Let PostgreSQL give ids after the copied ones."""
    if "id" in table.columns:
        last = sa.select(sa.func.coalesce(sa.func.max(table.c.id), 1)).scalar_subquery()
        db.session.execute(sa.select(sa.func.setval(sa.func.pg_get_serial_sequence(table.name, "id"), last)))
