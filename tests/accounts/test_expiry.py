"""What has run out is forgotten, and nothing else."""

from datetime import timedelta

import sqlalchemy as sa

from accounts.expiry import forget_what_ran_out
from accounts.models import PasswordReset
from accounts.resets import request_reset
from core.database import db, writing
from core.limits import count_try
from core.models import LimitCounter
from tests.conftest import NOW

HOUR = timedelta(hours=1)
MONTH = timedelta(days=30)


def test_links_are_forgotten_a_month_after_they_ran_out_and_counters_sooner(app, cast):
    with app.app_context():
        with writing():
            request_reset("ana@example.org", base_url="https://study.example.org", now=NOW)
            count_try("door", HOUR, now=NOW)
        assert forget_what_ran_out(NOW + HOUR) is None
        said = forget_what_ran_out(NOW + MONTH)
        assert said is not None
        assert said.startswith("0 links and ")
        with writing():
            count_try("door", HOUR, now=NOW + MONTH)
        assert forget_what_ran_out(NOW + MONTH + 2 * HOUR) == "1 link and 0 counters forgotten"
        assert db.session.scalars(sa.select(PasswordReset)).all() == []
        assert len(db.session.scalars(sa.select(LimitCounter)).all()) == 1
