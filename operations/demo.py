"""`flask demo`: people and weeks of believable activity, made by playing the real verbs with a fixed seed."""

from collections.abc import Iterator
from dataclasses import dataclass
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
from catalogue.material import Course, Lesson
from core.clock import now
from core.database import db, writing
from operations.cast import LEARNERS, STAFF, Learner
from operations.playing import Player
from progress.models import Record

COURSE = "project-and-service"
DOORS_OPEN_DAYS = 70


@dataclass(frozen=True)
class Evening:
    """One evening of study: when it begins, and the lessons that are taken up."""

    begins: datetime
    lessons: tuple[Lesson, ...]


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
    course = current().courses[COURSE]
    evenings = [
        (learner, evening)
        for learner in LEARNERS
        for evening in plan(learner, course, today)
        if evening.begins > played.get(people[learner.key].id, evening.begins - timedelta(days=1))
    ]
    if not evenings:
        return
    with click.progressbar(evenings, label="Playing the demo's weeks") as bar:
        for learner, evening in bar:
            play(learner, people[learner.key], course, evening)


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
    latest = sa.select(Record.learner_id, sa.func.max(Record.occurred_at)).group_by(Record.learner_id)
    return {learner: moment for learner, moment in db.session.execute(latest)}


def plan(learner: Learner, course: Course, today: datetime) -> list[Evening]:
    """Spread the learner's lessons over the evenings on which they study."""
    random = Random(f"plan {learner.key}")  # noqa: S311  # believable, not secret
    begins = [evening_of(day, learner, random) for day in study_days(learner, today) if random.random() < 0.85]
    reached = course.lessons[: learner.lessons]
    if not begins or not reached:
        return []
    steps = [min(len(reached) - 1, i * len(reached) // len(begins)) for i in range(len(begins))]
    return [Evening(moment, (reached[step],)) for moment, step in zip(begins, steps, strict=True)]


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


def play(learner: Learner, person: Person, course: Course, evening: Evening) -> None:
    """Play one evening of one learner, in one commit."""
    random = Random(f"{learner.key} {evening.begins:%Y-%m-%d}")  # noqa: S311  # believable, not secret
    with writing(learner=person.id):
        player = Player(person.id, learner.skill, random, evening.begins)
        for lesson in evening.lessons:
            player.study(course, lesson)
