"""`flask person …`: open accounts and bring mentors and learners together from a terminal."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask.cli import AppGroup

from accounts.mentorships import begin_mentorship
from accounts.models import Person, Role
from accounts.passwords import new_password
from accounts.people import add_person, person_with_email
from core.clock import now
from core.database import writing
from core.errors import Refused

ROLES = [role.value for role in Role]

person_commands = AppGroup("person", help="Open accounts, and bring mentors and learners together.")


@contextmanager
def plain_words() -> Iterator[None]:
    """Turn what can go wrong into one sentence."""
    try:
        yield
    except Refused as refusal:
        raise click.ClickException(refusal.sentence) from None


@person_commands.command("add")
@click.argument("email")
@click.option("--name", required=True, help="The name by which others know the person.")
@click.option(
    "--role", "roles", multiple=True, required=True, type=click.Choice(ROLES), help="May be given more than once."
)
@click.option("--password", help="Asked for when it is left out, which keeps it out of the shell's history.")
def add(email: str, name: str, roles: tuple[str, ...], password: str | None) -> None:
    """Open an account."""
    chosen = password or click.prompt("Password", hide_input=True, confirmation_prompt=True)
    with plain_words():
        hashed = new_password(chosen, email, name)
        with writing():
            added = add_person(email, name, hashed, [str(role) for role in roles], now=now())
    click.echo(f"{added.name} <{added.email}> has an account: {', '.join(sorted(added.roles))}.")


@person_commands.command("mentor")
@click.argument("mentor_email")
@click.argument("learner_email")
def mentor(mentor_email: str, learner_email: str) -> None:
    """Let a mentor accompany a learner."""
    with plain_words(), writing():
        pair = known_person(mentor_email), known_person(learner_email)
        begin_mentorship(*pair, now=now())
    click.echo(f"{pair[0].name} mentors {pair[1].name} from now on.")


def known_person(email: str) -> Person:
    """Return whoever has this address, or refuse."""
    found = person_with_email(email)
    if found is None:
        raise Refused(f"Nobody has the address {email}; open the account first with: flask person add")
    return found
