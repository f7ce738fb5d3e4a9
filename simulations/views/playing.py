"""The play: one decision after another, and no way back."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from accounts.permissions import SIGNED_IN, allow
from core.clock import now
from core.database import writing
from core.errors import Refused
from simulations.queries import decisions_of, own_run
from simulations.runs.deciding import decide, is_repeated, note_run, told_on
from simulations.views import bp
from simulations.views.loading import Page, own_or_404, run_or_404
from simulations.views.showing import decision_page


@bp.get("/runs/<int:run_id>")
@allow(SIGNED_IN)
def run(run_id: int) -> ResponseReturnValue:
    """Show where a run stands: the decision that waits, or the way to its debrief."""
    page = run_or_404(run_id)
    if page.run.ended_at:
        return redirect(url_for("simulations.debrief", run_id=run_id))
    if not page.mine or page.run.abandoned_at:
        return render_template("simulations/so_far.html", page=page, shown=decision_page(page))
    return shown(page)


def shown(page: Page, problem: str | None = None, status: int = 200) -> ResponseReturnValue:
    """Draw the decision that waits."""
    context: dict[str, Any] = {"page": page, "shown": decision_page(page), "problem": problem}
    return render_template("simulations/decision.html", **context), status


@bp.post("/runs/<int:run_id>/decisions")
@allow(SIGNED_IN)
def decide_turn(run_id: int) -> ResponseReturnValue:
    """Take a decision; what is sent twice counts once."""
    page, turn, choice = own_or_404(run_id), request.form.get("turn", ""), request.form.get("choice", "")
    here = redirect(url_for("simulations.run", run_id=run_id))
    if is_repeated(page.taken.chosen, turn, choice):
        return here
    try:
        story = told_on(page.model, page.run, page.taken.chosen, turn, choice)
    except Refused as refusal:
        if refusal.status == 422:
            return shown(page, refusal.sentence, 422)
        raise
    take(page, turn, choice, story)
    return here


def take(page: Page, turn: str, choice: str, story: Any) -> None:
    """Take a decision in its turn to write, unless another window was quicker."""
    moment = now()
    with writing(learner=current_user.id):
        run = own_run(current_user.id, page.run.id)
        taken = decisions_of(page.run.id)
        if run is None or is_repeated({one.turn: one.choice for one in taken}, turn, choice):
            return
        if run.turn != turn or not run.is_open:
            raise Refused("Another window went on with this run meanwhile; look at where it stands now.")
        decide(run, len(taken) + 1, turn, choice, story, now=moment)
        if story.over:
            note_run(run, page.scenario, now=moment)
