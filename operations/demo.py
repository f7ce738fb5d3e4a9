"""`flask demo`: people and weeks of believable activity, made by playing the real verbs with a fixed seed."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

import click
import sqlalchemy as sa
from flask.cli import with_appcontext

from accounts.demo_people import DEMO_PASSWORD
from accounts.mentorships import begin_mentorship
from accounts.models import Person
from accounts.passwords import Hashed, new_password
from accounts.people import add_person, person_with_email
from catalogue.live import current
from core.clock import now
from core.database import db, writing
from operations.cast import LEARNERS, SIMULATIONS, STAFF, Learner, Simulation
from operations.playing import Player
from operations.simulating import simulate
from progress.models import Record

COURSE = "project-and-service"
DOORS_OPEN_DAYS = 70


@click.command("demo")
@with_appcontext
def demo() -> None:
    """Make the demo's people and play their weeks; a second run changes nothing."""
    fill_demo()


def demo_email(key: str) -> str:
    """Return the address of one of the demo's people."""
    return f"{key}@example.org"


def fill_demo() -> None:
    """Make whoever is missing and play whatever evening is missing; one commit a learner and evening."""
    today = opening_day()
    people = make_people(today)
    played = last_played()
    evenings = [
        (learner, evening, SIMULATIONS.get(learner.key, {}).get(number))
        for learner in LEARNERS
        for number, evening in enumerate(plan(learner, today), start=1)
        if evening > played.get(people[learner.key].id, evening - timedelta(days=1))
    ]
    if not evenings:
        return
    with click.progressbar(evenings, label="Playing the demo's weeks") as bar:
        for learner, evening, simulation in bar:
            play(learner, people[learner.key], evening, simulation)


def opening_day() -> datetime:
    """Return the day on which the demo was first made, so that a later run plans the same evenings."""
    first = person_with_email(demo_email(STAFF[0].key))
    return first.created_at + timedelta(days=DOORS_OPEN_DAYS) if first else now()


def make_people(today: datetime) -> dict[str, Person]:
    """Make the people who are missing, all in one commit."""
    found = {one.key: person_with_email(demo_email(one.key)) for one in (*STAFF, *LEARNERS)}
    if not all(found.values()):
        hashed = new_password(DEMO_PASSWORD, "", "")
        with writing():
            found |= dict(new_people({key for key, person in found.items() if person is None}, hashed, today))
            pair_up({key: person for key, person in found.items() if person}, today)
    return {key: person for key, person in found.items() if person}


def new_people(missing: set[str], hashed: Hashed, today: datetime) -> Iterator[tuple[str, Person]]:
    """Open the missing accounts, staff when the doors opened and learners when they began."""
    opened = today - timedelta(days=DOORS_OPEN_DAYS)
    for one in STAFF:
        if one.key in missing:
            yield (
                one.key,
                add_person(demo_email(one.key), one.name, hashed, [one.role], now=opened, time_zone=one.time_zone),
            )
    for learner in LEARNERS:
        if learner.key in missing:
            began = today - timedelta(weeks=learner.weeks, days=1)
            email = demo_email(learner.key)
            yield (
                learner.key,
                add_person(email, learner.name, hashed, ["learner"], now=began, time_zone=learner.time_zone),
            )


def pair_up(people: dict[str, Person], today: datetime) -> None:
    """Give each learner their mentor."""
    db.session.flush()
    for learner in LEARNERS:
        began = today - timedelta(weeks=learner.weeks, days=1)
        begin_mentorship(people[learner.mentor], people[learner.key], now=began)


def last_played() -> dict[int, datetime]:
    """Return when each learner was last active, by id."""
    latest = sa.select(Record.learner_id, sa.func.max(Record.occurred_at).label("latest")).group_by(Record.learner_id)
    return {row.learner_id: row.latest for row in db.session.execute(latest)}


def plan(learner: Learner, today: datetime) -> list[datetime]:
    """Return the evenings on which the learner studied; now and then one is missed."""
    random = Random(f"plan {learner.key}")  # noqa: S311  # believable, not secret
    return [evening_of(day, learner, random) for day in study_days(learner, today) if random.random() < 0.85]


def study_days(learner: Learner, today: datetime) -> Iterator[datetime]:
    """Yield the days on which the learner may study, up to yesterday."""
    for back in range(learner.weeks * 7, learner.last_days_missed, -1):
        day = today - timedelta(days=back)
        if day.weekday() in learner.evenings:
            yield day


def evening_of(day: datetime, learner: Learner, random: Random) -> datetime:
    """Return the moment on that day, in the learner's own time, when they sit down."""
    zone = ZoneInfo(learner.time_zone)
    local = datetime.combine(day.astimezone(zone).date(), time(18 + random.randrange(3), random.randrange(60)), zone)
    return local.astimezone(day.tzinfo)


def play(learner: Learner, person: Person, evening: datetime, simulation: Simulation | None) -> None:
    """Play one evening of one learner, in one commit."""
    random = Random(f"{learner.key} {evening:%Y-%m-%d}")  # noqa: S311  # believable, not secret
    with writing(learner=person.id):
        player = Player(person.id, learner.skill, random, evening)
        course = current().courses[COURSE]
        player.study(course, learner.lessons)
        if simulation:
            simulate(player, course.scenarios[simulation.scenario], simulation)
        person.last_seen_at = player.clock
