"""Figures in words: as many decimals as an author asks for, with their unit where people put it."""

import re
from collections.abc import Mapping

from markupsafe import Markup, escape

from catalogue.schema.scenario import FigureShape, ScenarioShape, WordShape

PLACE = re.compile(r"\{([a-z][a-z0-9_]*)\}")
MONEY = ("$", "€", "£")
NO_BREAK = "\N{NO-BREAK SPACE}"


def figure_in_words(value: float, shape: FigureShape | WordShape) -> str:
    """Return a figure with its unit: `98.6 %`, `$ 212k` as `$212k`, `3.2 days`."""
    text = f"{abs(value):,.{shape.decimals}f}"
    sign = "\N{MINUS SIGN}" if value < 0 and float(text.replace(",", "")) else ""
    unit = shape.unit or ""
    if unit.startswith(MONEY):
        return f"{sign}{unit[0]}{text}{unit[1:]}"
    return f"{sign}{text}{NO_BREAK}{unit}" if unit else f"{sign}{text}"


def figure_shapes(scenario: ScenarioShape) -> dict[str, FigureShape]:
    """Return every figure that a text may name: rows of ledgers, and KPIs."""
    rows = {row.name: row for ledger in scenario.ledgers for row in ledger.rows}
    return {**rows, **scenario.kpis}


def filled(text: str, values: Mapping[str, float], shapes: Mapping[str, FigureShape]) -> str:
    """Return a text with its braces filled; a figure that is not known there stays a dash."""
    return PLACE.sub(lambda found: worth(found[1], values, shapes), text)


def filled_html(html: Markup, values: Mapping[str, float], shapes: Mapping[str, FigureShape]) -> Markup:
    """Return a rendered text with its braces filled."""
    return Markup(PLACE.sub(lambda found: escape(worth(found[1], values, shapes)), html))  # noqa: S704 - escaped here  # nosec B704


def worth(name: str, values: Mapping[str, float], shapes: Mapping[str, FigureShape]) -> str:
    """Return a figure in words, or a dash."""
    return figure_in_words(values[name], shapes[name]) if name in values and name in shapes else "–"
