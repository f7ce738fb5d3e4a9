"""Opens the room: its pictures, its commands, and its answer to whether anything can be taught."""

from flask import Flask

from catalogue import live
from catalogue.commands import content
from catalogue.views import bp
from core.offers import Offers, ReadinessOffer


def prepare_catalogue(app: Flask) -> None:
    """Give the app this room."""
    app.register_blueprint(bp)
    app.cli.add_command(content)
    if app.extensions["settings"].serving:
        app.before_request(live.watch_from_now_on)
    offers: Offers = app.extensions["offers"]
    offers.readiness.append(ReadinessOffer("catalogue", live.fault))
