"""Opens the room: the desk, and its place in the navigation."""

from flask import Flask

from accounts.models import Role
from core.offers import Offers, PageOffer
from mentoring import views_runs, views_sittings
from mentoring.views import bp

BELOW = frozenset({"mentoring.sittings", "mentoring.runs"})
ADDRESSES = views_runs, views_sittings  # imported for them


def prepare_mentoring(app: Flask) -> None:
    """Give the app this room."""
    app.register_blueprint(bp)
    offers: Offers = app.extensions["offers"]
    offers.pages.append(PageOffer("Mentoring", "mentoring.desk", frozenset({str(Role.MENTOR)}), 80, BELOW))
