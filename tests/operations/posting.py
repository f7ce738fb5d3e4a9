"""Puts a message into another server's outbox."""

from app import create_app
from core.clock import now
from core.config import read_settings
from core.database import db, writing
from core.outbox import post


def put_into_outbox(environ, recipient):
    app = create_app(read_settings(environ))
    with app.app_context():
        with writing():
            post(recipient, "Hello", "Words", now=now())
        db.engine.dispose()
