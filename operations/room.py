"""Opens the room: the commands that run the house, and its page of mail."""

from typing import cast

from flask import Flask

from accounts.models import Role
from core.offers import Offers, PageOffer
from operations.backup import backup
from operations.demo import demo
from operations.restore import restore
from operations.serving import serve
from operations.ticking import prepare_ticking
from operations.views import bp

OUTBOX = PageOffer(
    "Outbox",
    "operations.outbox",
    frozenset({Role.ADMINISTRATOR}),
    order=85,
    below=frozenset({"operations.read_message"}),
)


def prepare_operations(app: Flask) -> None:
    """Give the app this room."""
    app.register_blueprint(bp)
    cast(Offers, app.extensions["offers"]).pages.append(OUTBOX)
    app.cli.add_command(serve)
    prepare_ticking(app)
    app.cli.add_command(demo)
    app.cli.add_command(backup)
    app.cli.add_command(restore)
