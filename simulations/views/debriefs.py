"""The end of a run: what one expects, what it came to, what one makes of it, and playing it again."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from accounts.permissions import SIGNED_IN, allow
from core.clock import now
from core.database import writing
from core.errors import Refused
from simulations.debriefs.whole import Debrief, Played, debrief_of
from simulations.queries import own_run
from simulations.runs.beginning import again, begin
from simulations.runs.deciding import note_run
from simulations.runs.reflecting import END_FIRST, predict, read_predictions, reflect
from simulations.views import bp
from simulations.views.debriefing import debrief_page
from simulations.views.loading import Page, own_or_404, run_or_404
from simulations.views.predictions import turn_choices
from simulations.views.showing import decision_page


@bp.get("/runs/<int:run_id>/debrief")
@allow(SIGNED_IN)
def debrief(run_id: int) -> ResponseReturnValue:
    """Show a debrief; whoever played says first what they expect."""
    page = run_or_404(run_id)
    if page.run.ended_at is None:
        return redirect(url_for("simulations.run", run_id=run_id))
    if page.run.predicted_at is None:
        return (
            prediction_page(page)
            if page.mine
            else render_template("simulations/so_far.html", page=page, shown=decision_page(page))
        )
    return debriefed(page)


def prediction_page(page: Page, problem: str | None = None, status: int = 200) -> ResponseReturnValue:
    """Ask what one expects, before anything is shown."""
    return render_template(
        "simulations/prediction.html",
        page=page,
        turns=turn_choices(page),
        shown=decision_page(page),
        problem=problem,
        sent=request.form,
    ), status


@bp.post("/runs/<int:run_id>/prediction")
@allow(SIGNED_IN)
def predict_run(run_id: int) -> ResponseReturnValue:
    """Keep what was predicted."""
    page, moment = own_or_404(run_id), now()
    if page.run.ended_at is None:
        raise Refused(END_FIRST)
    turns = [name for name, _ in turn_choices(page)]
    try:
        predictions = read_predictions(page.scenario.shape, turns, request.form)
    except Refused as refusal:
        return prediction_page(page, refusal.sentence, refusal.status)
    with writing(learner=current_user.id):
        run = own_run(current_user.id, run_id)
        if run:
            predict(run, predictions, now=moment)
    return redirect(url_for("simulations.debrief", run_id=run_id))


def debriefed(page: Page, problem: str | None = None, status: int = 200) -> ResponseReturnValue:
    """Draw the debrief; the first look works it out and keeps it."""
    found = Debrief.kept(page.run.debrief) if page.run.debrief else keep(page)
    context = debrief_page(page, found)
    return render_template("simulations/debrief.html", page=page, found=found, problem=problem, **context), status


def keep(page: Page) -> Debrief:
    """Work a debrief out, outside of anybody's turn, and keep it with the run."""
    run = page.run
    found = debrief_of(page.model, page.scenario.verdict, Played(run.seed, run.context, page.taken.chosen))
    with writing(learner=run.learner_id):
        held = own_run(run.learner_id, run.id)
        if held is not None and held.debrief is None:
            held.debrief = found.as_kept()
    return found


@bp.post("/runs/<int:run_id>/reflection")
@allow(SIGNED_IN)
def reflect_on(run_id: int) -> ResponseReturnValue:
    """Keep what was written about the run, and send it where that is wished."""
    page, moment = own_or_404(run_id), now()
    texts = [request.form.get(f"answer-{place}", "").strip() for place in (1, 2, 3)]
    try:
        with writing(learner=current_user.id):
            run = own_run(current_user.id, run_id)
            if run:
                reflect(run, texts, send=bool(request.form.get("send")), now=moment)
    except Refused as refusal:
        if page.run.debrief is None:
            raise
        page.run.reflections = texts
        return debriefed(page, refusal.sentence, refusal.status)
    return redirect(url_for("simulations.debrief", run_id=run_id) + "#reflection")


@bp.post("/runs/<int:run_id>/replays")
@allow(SIGNED_IN)
def replay(run_id: int) -> ResponseReturnValue:
    """Play a run again with the same luck: one other choice, or other conditions."""
    page, moment = own_or_404(run_id), now()
    if page.run.ended_at is None:
        raise Refused("Play to the end first; then it can be played again.")
    beginning = again(
        page.model,
        page.run,
        page.taken.chosen,
        turn=request.form.get("turn") or None,
        option=request.form.get("choice") or None,
        context=request.form.get("context") or page.run.context,
    )
    with writing(learner=current_user.id):
        run = begin(current_user.id, page.scenario, page.run.revision, beginning, now=moment)
        if run.ended_at:
            note_run(run, page.scenario, now=moment)
    return redirect(url_for("simulations.run", run_id=run.id))
