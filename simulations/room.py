"""What this room brings to the house."""

from typing import cast

import structlog
from flask import Flask
from flask.typing import ResponseReturnValue

from catalogue.rendering.snippets import render_text
from core.errors import error_page
from core.offers import Offers, PageOffer
from simulations import commands
from simulations.engine.playing import NotFinite
from simulations.views import bp, debriefs, playing, scenarios
from simulations.wording import figure_in_words

BROKEN = "This scenario came to a figure that cannot be. Nothing was changed; please tell your instructor."
PAGES_OF_RUNS = (debriefs, playing, scenarios)  # imported for their addresses
SCENARIOS = PageOffer(
    "Scenarios",
    "simulations.scenarios",
    frozenset({"person"}),
    order=35,
    below=frozenset(f"simulations.{name}" for name in ("scenario", "worked", "run", "debrief")),
)


def handle_breakdown(broken: NotFinite) -> ResponseReturnValue:
    """Say calmly that a scenario cannot go on; which variable it was is for its author's eyes."""
    structlog.get_logger().error("scenario", problem=str(broken))
    return error_page(409, BROKEN)


def prepare_simulations(app: Flask) -> None:
    """Open the room's addresses."""
    app.register_blueprint(bp)
    app.cli.add_command(commands.group)
    app.register_error_handler(NotFinite, handle_breakdown)
    cast(Offers, app.extensions["offers"]).pages.append(SCENARIOS)
    app.add_template_filter(figure_in_words, "in_figures")
    app.add_template_filter(lambda text, scenario: render_text(text, scenario.links), "prose_of")
