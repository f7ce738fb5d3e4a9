"""People, their roles, who mentors whom, invitations, and the trail of what administrators did."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from flask_login import UserMixin
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import Model


class Role(StrEnum):
    """What somebody is here for; a person may have several roles."""

    LEARNER = "learner"
    MENTOR = "mentor"
    INSTRUCTOR = "instructor"
    ADMINISTRATOR = "administrator"


class Person(UserMixin, Model):
    """Somebody with an account."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str]  # as typed, for display and mail
    email_key: Mapped[str] = mapped_column(unique=True)  # folded, so that one address is one account
    name: Mapped[str]
    password_hash: Mapped[str]
    password_set_at: Mapped[datetime]
    session_stamp: Mapped[str]  # a new stamp signs the person out everywhere
    time_zone: Mapped[str] = mapped_column(default="UTC")
    extra_time: Mapped[int] = mapped_column(default=0)  # percent
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime | None]
    switched_off_at: Mapped[datetime | None]

    grants: Mapped[list["RoleGrant"]] = relationship(
        back_populates="person", foreign_keys="RoleGrant.person_id", lazy="joined", cascade="all, delete-orphan"
    )

    @property
    def roles(self) -> frozenset[str]:
        """The names of the person's roles."""
        return frozenset(grant.role for grant in self.grants)

    @property
    def is_active(self) -> bool:
        """Say whether the account is switched on (asked by Flask-Login)."""
        return self.switched_off_at is None

    def get_id(self) -> str:
        """Return what the session keeps: the id, and the stamp that signing out everywhere changes."""
        return f"{self.id}.{self.session_stamp}"


class RoleGrant(Model):
    """One role of one person, with who gave it and when."""

    __tablename__ = "role_grant"

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)
    granted_at: Mapped[datetime]
    granted_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))

    person: Mapped[Person] = relationship(back_populates="grants", foreign_keys=[person_id])


class Mentorship(Model):
    """A mentor and a learner, from a day until another."""

    __tablename__ = "mentorship"

    id: Mapped[int] = mapped_column(primary_key=True)
    learner_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    mentor_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    __table_args__ = (
        sa.Index(
            "uq_mentorship_learner_id_mentor_id_running",
            "learner_id",
            "mentor_id",
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        ),
    )


class PasswordReset(Model):
    """A link that was mailed to set a new password; only a digest of its token is kept."""

    __tablename__ = "password_reset"

    token_digest: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Invitation(Model):
    """A link that lets somebody sign up where sign-up is by invitation; only a digest of its token is kept."""

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_digest: Mapped[str] = mapped_column(unique=True)
    email: Mapped[str | None]
    role: Mapped[str]
    invited_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    accepted_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    accepted_at: Mapped[datetime | None]


class AuditEntry(Model):
    """Who did what to whose account, and when."""

    __tablename__ = "audit_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    actor_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    act: Mapped[str]
    details: Mapped[dict[str, Any]]
    occurred_at: Mapped[datetime] = mapped_column(index=True)
