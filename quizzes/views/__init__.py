"""The pages of this room besides the checks: sittings, exams, practice, the daily review, reports."""

from flask import Blueprint

bp = Blueprint("sittings", __name__)
