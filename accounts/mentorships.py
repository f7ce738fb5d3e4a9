"""Who mentors whom, from a day until another."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from accounts.audit import note_act
from accounts.models import Mentorship, Person, Role
from core.database import db
from core.errors import Refused


def begin_mentorship(mentor: Person, learner: Person, *, now: datetime, by: Person | None = None) -> Mentorship:
    """Let a mentor accompany a learner from now on."""
    check_pair(mentor, learner)
    mentorship = Mentorship(learner_id=learner.id, mentor_id=mentor.id, began_at=now)
    try:
        with db.session.begin_nested():
            db.session.add(mentorship)
    except IntegrityError:
        raise Refused(f"{mentor.name} mentors {learner.name} already.") from None
    note_act("mentorship begun", learner, by, now=now, mentor=mentor.name)
    return mentorship


def check_pair(mentor: Person, learner: Person) -> None:
    """Refuse a pair that cannot be."""
    if mentor.id == learner.id:
        raise Refused("Nobody can be their own mentor; choose somebody else.")
    if Role.MENTOR not in mentor.roles:
        raise Refused(f"{mentor.name} is not a mentor; give them that role first.")
    if Role.LEARNER not in learner.roles:
        raise Refused(f"{learner.name} is not a learner; give them that role first.")


def end_mentorship(mentorship: Mentorship, *, now: datetime, by: Person | None = None) -> None:
    """End a mentorship; what was written in it is kept."""
    if mentorship.ended_at:
        return
    mentorship.ended_at = now
    mentor = db.session.get_one(Person, mentorship.mentor_id)
    learner = db.session.get_one(Person, mentorship.learner_id)
    note_act("mentorship ended", learner, by, now=now, mentor=mentor.name)


def end_all_mentorships(person: Person, role: Role, *, now: datetime, by: Person | None = None) -> None:
    """End what somebody had in one role: a mentor's learners, or a learner's mentors."""
    column = {Role.MENTOR: Mentorship.mentor_id, Role.LEARNER: Mentorship.learner_id}.get(role)
    if column is None:
        return
    running = sa.select(Mentorship).where(column == person.id, Mentorship.ended_at.is_(None))
    for mentorship in db.session.scalars(running).all():
        end_mentorship(mentorship, now=now, by=by)
