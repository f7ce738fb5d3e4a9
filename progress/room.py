"""Opens the room: its pages, its place in the navigation, its command, and the guard over the records."""

from flask import Flask

from core.database import db
from core.offers import CardOffer, Offers, PageOffer
from progress import commands, views
from progress.append_only import guard
from progress.plans import plans_card

SIGNED_IN = frozenset({"person"})


def prepare_progress(app: Flask) -> None:
    """Give the app this room."""
    app.register_blueprint(views.bp)
    app.cli.add_command(commands.group)
    offers: Offers = app.extensions["offers"]
    offers.pages.append(PageOffer("Progress", "progress.own", SIGNED_IN, 40, frozenset({"progress.of_person"})))
    offers.account_cards.append(CardOffer("progress/plans_card.html", plans_card, 10))
    with app.app_context():
        guard(db.engine, "record")
