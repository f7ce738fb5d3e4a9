"""What this room brings to the house."""

from typing import cast

from flask import Flask

from accounts.models import Role
from core.database import db
from core.offers import CardOffer, Offers, PageOffer, TickOffer
from progress.append_only import guard
from quizzes import commands
from quizzes.checks import views
from quizzes.kinds.numeric import finding
from quizzes.views import attempts, bp, exams, practice, regrades, report_desk, reports, results, review
from quizzes.views.loading import hand_in_all_overdue

sittings = bp
# Imported for their addresses:
PAGES_OF_SITTINGS = (attempts, exams, practice, regrades, report_desk, reports, results, review)
EXAM_PAGES = {"attempts", "exam", "begin_exam"}  # a sitting may be of any kind, so it belongs to no entry
PRACTICE = PageOffer("Practice", "sittings.practice", frozenset({"person"}), order=20)
REVIEW = PageOffer(
    "Review", "sittings.review", frozenset({"person"}), order=25, below=frozenset({"sittings.review_forecast"})
)
EXAMS = PageOffer(
    "Exams",
    "sittings.exams",
    frozenset({"person"}),
    order=30,
    below=frozenset(f"sittings.{name}" for name in EXAM_PAGES),
)
REPORTS = PageOffer(
    "Reports",
    "sittings.all_reports",
    frozenset({str(Role.INSTRUCTOR), str(Role.ADMINISTRATOR)}),
    order=82,
    below=frozenset({"sittings.regrades"}),
)


def prepare_quizzes(app: Flask) -> None:
    """Open the room's addresses, and guard the steps that were taken."""
    app.register_blueprint(views.bp)
    app.register_blueprint(sittings)
    app.cli.add_command(commands.group)
    registry = cast(Offers, app.extensions["offers"])
    registry.pages += [PRACTICE, REVIEW, EXAMS, REPORTS]
    registry.cards.append(CardOffer("quizzes/due_card.html", review.due_card, order=10))
    registry.cards.append(CardOffer("quizzes/answers_card.html", reports.answers_card, order=5))
    registry.ticks.append(TickOffer("hand in what is overdue", hand_in_all_overdue))
    app.add_template_filter(finding, "finding")
    with app.app_context():
        guard(db.engine, "answer_step")
        guard(db.engine, "attempt_event")
