"""Opens the room: its pictures, its commands, and its answer to whether anything can be taught."""

import yaml
from flask import Flask

from catalogue import live
from catalogue.commands import content
from catalogue.views import bp
from core.config import WrongSetting
from core.offers import BackgroundOffer, Offers, ReadinessOffer

NO_LIBYAML = (
    "PyYAML was built here without libyaml, and would read the courses ten times more slowly; "
    "install its wheel (pip install --force-reinstall --only-binary :all: pyyaml), or libyaml-dev before it is built."
)


def prepare_catalogue(app: Flask) -> None:
    """Give the app this room."""
    if not yaml.__with_libyaml__:
        raise WrongSetting(NO_LIBYAML)
    app.register_blueprint(bp)
    app.cli.add_command(content)
    offers: Offers = app.extensions["offers"]
    offers.background.append(BackgroundOffer("catalogue", live.POLL_SECONDS, live.refresh))
    offers.readiness.append(ReadinessOffer("catalogue", live.fault))
