"""The pages of scenarios: what there is to play, the play itself, and its debrief."""

from flask import Blueprint

bp = Blueprint("simulations", __name__)
