"""Opens the room: its pictures, its commands, and its answer to whether anything can be taught."""

from flask import Flask

from catalogue import live
from catalogue.commands import content
from catalogue.views import bp
from core.offers import BackgroundOffer, Offers, ReadinessOffer


def prepare_catalogue(app: Flask) -> None:
    """Give the app this room."""
    app.register_blueprint(bp)
    app.cli.add_command(content)
    offers: Offers = app.extensions["offers"]
    offers.background.append(BackgroundOffer("catalogue", live.POLL_SECONDS, live.refresh))
    offers.readiness.append(ReadinessOffer("catalogue", live.fault))
