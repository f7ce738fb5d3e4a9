"""What this room brings to the house."""

from typing import cast

from flask import Flask

from catalogue.rendering.snippets import render_text
from core.offers import Offers, PageOffer
from simulations import commands
from simulations.views import bp, debriefs, playing, scenarios
from simulations.wording import figure_in_words

PAGES_OF_RUNS = (debriefs, playing, scenarios)  # imported for their addresses
SCENARIOS = PageOffer(
    "Scenarios",
    "simulations.scenarios",
    frozenset({"person"}),
    order=35,
    below=frozenset(f"simulations.{name}" for name in ("scenario", "worked", "run", "debrief")),
)


def prepare_simulations(app: Flask) -> None:
    """Open the room's addresses."""
    app.register_blueprint(bp)
    app.cli.add_command(commands.group)
    cast(Offers, app.extensions["offers"]).pages.append(SCENARIOS)
    app.add_template_filter(figure_in_words, "in_figures")
    app.add_template_filter(lambda text, scenario: render_text(text, scenario.links), "prose_of")
