"""What learners write for themselves."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Model


class Note(Model):
    """A learner's own words beside a lesson; nobody else sees them."""

    __tablename__ = "note"

    id: Mapped[int] = mapped_column(primary_key=True)
    learner_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    course: Mapped[str]
    lesson: Mapped[str]
    text: Mapped[str]
    saved_at: Mapped[datetime]

    __table_args__ = (sa.UniqueConstraint("learner_id", "course", "lesson"),)
