"""Practice and the sorter: choosing what to practise, and beginning it."""

from collections.abc import Container, Mapping
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from accounts.permissions import SIGNED_IN, allow
from catalogue.catalogue import Catalogue
from catalogue.live import current
from core.clock import now
from core.database import writing
from core.errors import Refused
from quizzes.kinds import KINDS
from quizzes.practice.beginning import chosen_for, practise, sort_round
from quizzes.practice.choosing import SIZES, WHICH, Wish
from quizzes.practice.queries import known_of
from quizzes.views import bp

DIFFICULTIES = ("easy", "medium", "hard")
WHICH_WORDS = {
    "all": "All that fit",
    "unseen": "Only what I have not seen",
    "missed": "Only what I missed last time",
    "due": "Only what is due",
}
KIND_WORDS = {
    "single": "One answer",
    "multiple": "Several answers",
    "order": "Order",
    "match": "Match",
    "dropdown": "Fill the blanks",
    "hotspot": "Picture",
    "numeric": "Calculation",
}


@bp.get("/practice")
@allow(SIGNED_IN)
def practice() -> ResponseReturnValue:
    """Show what can be practised; an address such as ?objective=… comes with a choice made."""
    return choice_page(read_wish(request.args, current()))


def choice_page(wish: Wish, problem: str | None = None, status: int = 200) -> ResponseReturnValue:
    """Draw the choice, with what was chosen."""
    catalogue = current()
    context: Mapping[str, Any] = {
        "courses": [course for course in catalogue.courses.values() if course.questions],
        "wish": wish,
        "sizes": SIZES,
        "which": WHICH_WORDS,
        "difficulties": DIFFICULTIES,
        "kinds": {name: KIND_WORDS[name] for name in kinds_of(catalogue)},
        "sorters": sum(one.sorter for course in catalogue.courses.values() for one in course.questions.values()),
    }
    return render_template("quizzes/practice.html", problem=problem, **context), status


def kinds_of(catalogue: Catalogue) -> list[str]:
    """Return the kinds of which there are questions to practise."""
    held = {one.kind for course in catalogue.courses.values() for one in course.questions.values() if not one.sorter}
    return [name for name in KINDS if name in held]


@bp.post("/practice")
@allow(SIGNED_IN)
def begin_practice() -> ResponseReturnValue:
    """Begin a practice as it was chosen; a choice that nothing fits is shown again with what to change."""
    moment, catalogue, learner = now(), current(), current_user.id
    wish = read_wish(request.form, catalogue)
    chosen = chosen_for(wish, known_of(learner, moment), catalogue, learner_id=learner, now=moment)
    try:
        with writing(learner=learner):
            sitting = practise(learner, chosen, wish, catalogue, now=moment)
    except Refused as refusal:
        return choice_page(wish, refusal.sentence, refusal.status)
    return redirect(url_for("sittings.resume", attempt_id=sitting.id))


@bp.post("/practice/sorter")
@allow(SIGNED_IN)
def begin_sorter() -> ResponseReturnValue:
    """Begin a round of the sorter."""
    moment, learner = now(), current_user.id
    known = known_of(learner, moment)
    with writing(learner=learner):
        sitting = sort_round(learner, current(), known, now=moment)
    return redirect(url_for("sittings.resume", attempt_id=sitting.id))


def read_wish(sent: MultiDict[str, str], catalogue: Catalogue) -> Wish:
    """Return what was chosen; what no page of ours offers is left out."""
    objectives = {f"{name}/{one}" for name, course in catalogue.courses.items() for one in course.objectives}
    chosen = offered(sent, "objective", objectives)
    courses = offered(sent, "course", catalogue.courses)
    size = sent.get("size", "10")
    return Wish(
        courses=courses | {one.partition("/")[0] for one in chosen} or frozenset(catalogue.courses),
        objectives=chosen,
        size=int(size) if size.isdigit() and int(size) in SIZES else 10,
        difficulties=offered(sent, "difficulty", DIFFICULTIES),
        kinds=offered(sent, "kind", KINDS),
        which=sent.get("which", "all") if sent.get("which", "all") in WHICH else "all",
    )


def offered(sent: MultiDict[str, str], name: str, allowed: Container[str]) -> frozenset[str]:
    """Return what was chosen of what is offered."""
    return frozenset(one for one in sent.getlist(name) if one in allowed)
