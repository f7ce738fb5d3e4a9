"""What a serving process does beside answering: each act from a thread of its own that ends with the process."""

import threading
from collections.abc import Callable
from typing import cast

import structlog
from flask import Flask

from core.config import Settings
from core.database import db
from core.offers import Offers


class Recurring(threading.Thread):
    """Does something again and again; what breaks is logged, and the next time it is tried again."""

    def __init__(self, app: Flask, name: str, seconds: float, act: Callable[[], object]) -> None:
        super().__init__(name=name, daemon=True)
        self.app, self.seconds, self.act = app, seconds, act
        self.ended = threading.Event()
        self.broken = ""  # by what it broke last; a database that is away is told once, not twice a second

    def run(self) -> None:
        """Wait, act, and begin anew until told to end."""
        while not self.ended.wait(self.seconds):
            with self.app.app_context():
                self.act_once()

    def act_once(self) -> None:
        """Act; tell of a fault when it is not the one told last."""
        try:
            self.act()
            self.broken = ""
        except Exception as error:
            db.session.rollback()
            if self.broken != (kind := type(error).__name__):
                structlog.get_logger().exception("background", act=self.name)
            self.broken = kind

    def end(self) -> None:
        """End after the act that is under way."""
        self.ended.set()


def prepare_background(app: Flask, settings: Settings) -> None:
    """Start what rooms offered, in a process that serves; called when the app is complete."""
    offered: Offers = app.extensions["offers"]
    running = [Recurring(app, job.name, job.seconds, job.act) for job in offered.background] if settings.serving else []
    app.extensions["background"] = running
    for thread in running:
        thread.start()


def end_background(app: Flask) -> None:
    """End all of it and wait for the acts that are under way."""
    running = cast(list[Recurring], app.extensions["background"])
    for thread in running:
        thread.end()
    for thread in running:
        thread.join(10)
