"""The words of the trade and the roles in it."""

from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from catalogue.rendering.links import Links
from catalogue.rendering.snippets import render_inline, render_text
from catalogue.schema.vocabulary import RoleShape, TermShape


@dataclass(frozen=True, eq=False)
class Term:
    """A word of the trade."""

    shape: TermShape
    links: Links

    @property
    def id(self) -> str:
        """Return its id."""
        return self.shape.id

    @property
    def term(self) -> str:
        """Return the word itself."""
        return self.shape.term

    @property
    def also(self) -> tuple[str, ...]:
        """Return its other names."""
        return self.shape.also

    @property
    def side(self) -> str:
        """Return project, service or both."""
        return self.shape.side

    @cached_property
    def meaning_html(self) -> Markup:
        """Return what it means."""
        return render_inline(self.shape.meaning, self.links)

    @property
    def other_term(self) -> str | None:
        """Return what it is called across the fence."""
        return self.shape.other_side.term if self.shape.other_side else None

    @cached_property
    def differs_html(self) -> Markup | None:
        """Return how that differs."""
        return render_inline(self.shape.other_side.differs, self.links) if self.shape.other_side else None


@dataclass(frozen=True, eq=False)
class CareerRole:
    """A role somebody can have; its facts are those of its shape."""

    shape: RoleShape
    links: Links

    @property
    def id(self) -> str:
        """Return its id."""
        return self.shape.id

    @property
    def title(self) -> str:
        """Return its name."""
        return self.shape.title

    @property
    def side(self) -> str:
        """Return project or service."""
        return self.shape.side

    @cached_property
    def summary_html(self) -> Markup:
        """Return what it is about."""
        return render_text(self.shape.summary, self.links)
