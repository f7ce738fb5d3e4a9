"""Opens the room: the commands that run the house."""

from flask import Flask

from operations.backup import backup
from operations.demo import demo
from operations.restore import restore
from operations.serving import serve
from operations.ticking import prepare_ticking


def prepare_operations(app: Flask) -> None:
    """Give the app this room."""
    app.cli.add_command(serve)
    prepare_ticking(app)
    app.cli.add_command(demo)
    app.cli.add_command(backup)
    app.cli.add_command(restore)
