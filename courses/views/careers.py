"""The roles of both sides: a ladder, what stands beside it, three groups, and where people cross."""

from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue

from accounts.permissions import EVERYONE, allow
from catalogue.catalogue import Catalogue
from catalogue.live import current
from catalogue.vocabulary import CareerRole
from courses.blueprint import bp
from courses.views.words import titled

GROUPS = {
    "strategic": "Strategic: decides where services go",
    "developmental": "Developmental: builds and changes services",
    "operational": "Operational: keeps services running",
}


@dataclass(frozen=True)
class RoleCard:
    """A role with where it leads, and the lessons about it."""

    role: CareerRole
    needs: tuple[tuple[str, str], ...]  # what is asked for, and how much of it
    leads_to: tuple[CareerRole, ...]
    lessons: tuple[tuple[str, str], ...]

    @property
    def crosses(self) -> bool:
        """Say whether it leads to the other side, too."""
        return any(next_role.side != self.role.side for next_role in self.leads_to)


@dataclass(frozen=True)
class RoleList:
    """Roles that stand together: the steps of a ladder, or a group."""

    id: str
    title: str
    side: str
    cards: tuple[RoleCard, ...]

    @property
    def is_ladder(self) -> bool:
        """Say whether one role stands above the other."""
        return self.id == "ladder"


@bp.get("/careers")
@allow(EVERYONE)
def careers() -> ResponseReturnValue:
    """Show the ladder of the project side and the groups of the service side."""
    lists = role_lists(current())
    return render_template("courses/careers.html", lists=[one for one in lists if one.cards])


def role_lists(catalogue: Catalogue) -> tuple[RoleList, ...]:
    """Return the roles as they stand together; whoever has no rank stands beside the ladder, without a group last."""
    cards = sorted((role_card(role, catalogue) for role in catalogue.roles.values()), key=lambda card: card.role.title)
    project = [card for card in cards if card.role.side == "project"]
    service = [card for card in cards if card.role.side == "service"]
    steps = sorted((card for card in project if card.role.shape.rank), key=lambda card: card.role.shape.rank or 0)
    return (
        RoleList("ladder", "The project ladder", "project", tuple(steps)),
        RoleList("beside", "Beside the ladder", "project", tuple(card for card in project if not card.role.shape.rank)),
        *(RoleList(name, title, "service", grouped(service, name)) for name, title in GROUPS.items()),
        RoleList("service-roles", "More of the service side", "service", grouped(service, None)),
    )


def grouped(cards: list[RoleCard], group: str | None) -> tuple[RoleCard, ...]:
    """Return the cards of one group."""
    return tuple(card for card in cards if card.role.shape.group == group)


def role_card(role: CareerRole, catalogue: Catalogue) -> RoleCard:
    """Return a role with where it leads."""
    leads_to = tuple(catalogue.roles[name] for name in role.shape.leads_to if name in catalogue.roles)
    lessons = [lesson for ref in role.shape.lessons if (lesson := catalogue.lesson(ref))]
    return RoleCard(role, needs_of(role), leads_to, titled(lessons))


def needs_of(role: CareerRole) -> tuple[tuple[str, str], ...]:
    """Return what a role asks for, as far as it is known."""
    needs = role.shape.needs
    asked = (
        ("Education", needs.education),
        ("Experience", needs.experience),
        ("Skills", ", ".join(needs.skills)),
        ("Certificates", ", ".join(needs.certificates)),
    )
    return tuple((words, value) for words, value in asked if value)
