"""The pages of this room besides the checks: sittings, exams, practice, the daily review, reports."""

from typing import Any

from flask import Blueprint, abort

from accounts.queries import LARGEST_ID

bp = Blueprint("sittings", __name__)


@bp.url_value_preprocessor
def refuse_impossible_numbers(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Say that there is nothing at a number which no column can hold."""
    if any(isinstance(value, int) and value > LARGEST_ID for value in (values or {}).values()):
        abort(404)
