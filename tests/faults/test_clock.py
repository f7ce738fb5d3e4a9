"""A clock that jumps, hours back or days ahead: nothing breaks, nothing is lost, and the order of what happened stays."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from catalogue.live import current
from core import clock
from core.database import db
from progress.commands import rebuilt_differs
from progress.models import ObjectiveCount, Record
from tests.conftest import NOW, token

JUMPS = {"hours back": [0, -5, -4], "days ahead": [0, 24 * 9, 24 * 9 + 1], "ahead and back again": [0, 24 * 400, 1]}
PAGES = ("/", "/progress", "/courses", "/courses/try-out", "/courses/try-out/lessons/first", "/account")


@pytest.fixture
def set_clock(monkeypatch):
    """Set the clock of the house; every room that took the function by name gets the new one."""
    import sys

    names = [name for name, module in sys.modules.items() if getattr(module, "now", None) is clock.now]

    def to(moment):
        for name in names:
            monkeypatch.setattr(sys.modules[name], "now", lambda: moment)

    return to


@pytest.mark.parametrize("jump", JUMPS)
def test_answers_and_pages_outlive_a_clock_that_jumps(app, cast, sign_in, set_clock, jump):
    with app.app_context():
        refs = ["one", "two", "four"]
        checks = [current().question(f"try-out/{ref}") for ref in refs]
    ana, mara = sign_in("ana"), sign_in("mara")
    for hours, lesson, check in zip(JUMPS[jump], ("first", "second", "third"), checks, strict=True):
        set_clock(NOW + timedelta(hours=hours))
        page = ana.get("/courses/try-out/lessons/first")
        assert page.status_code == 200
        sent = {"csrf_token": token(page), "act": "finish", "try": 1, "sequence": 1, "confidence": "sure"}
        sent |= {"option": check.options[0].id, "shown_digest": check.digest}
        assert ana.post(f"/courses/try-out/checks/{lesson}/{check.id}", data=sent).status_code == 302
        assert {path: ana.get(path).status_code for path in PAGES} == dict.fromkeys(PAGES, 200)
        assert mara.get("/mentoring").status_code == 200
    with app.app_context():
        assert list(db.session.scalars(sa.select(Record.number).order_by(Record.id))) == [1, 2, 3]
        count = db.session.scalars(sa.select(ObjectiveCount).where(ObjectiveCount.answers == 2)).one()
        assert count.first_at <= count.last_at
        assert not rebuilt_differs(cast["ana"].id)
