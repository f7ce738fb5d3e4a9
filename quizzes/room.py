"""What this room brings to the house."""

from flask import Flask

from core.database import db
from progress.append_only import guard
from quizzes.checks import views
from quizzes.kinds.numeric import finding


def prepare_quizzes(app: Flask) -> None:
    """Open the room's addresses, and guard the steps that were taken."""
    app.register_blueprint(views.bp)
    app.add_template_filter(finding, "finding")
    with app.app_context():
        guard(db.engine, "answer_step")
        guard(db.engine, "attempt_event")
