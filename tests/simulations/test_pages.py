"""Playing in the browser's place: begin, decide, come back, predict, read the debrief, play again."""

import pytest
import sqlalchemy as sa
from markupsafe import Markup

from accounts.models import Person
from catalogue import live
from catalogue.catalogue import Catalogue
from catalogue.models import Document
from catalogue.publishing import publish
from core.clock import now
from core.database import db, writing
from core.errors import Refused
from progress.models import Record
from simulations.engine.playing import NotFinite
from simulations.models import RunDecision, ScenarioRun
from simulations.runs.reflecting import figure_sent
from simulations.wording import filled_html
from tests.quizzes.test_sitting_pages import post, text
from tests.simulations.conftest import HERE, begin, decide, play_on, predict, waiting
from tests.simulations.harbour import SOURCE, shape


def the_run(app, number=None):
    with app.app_context():
        rows = sa.select(ScenarioRun).order_by(ScenarioRun.id.desc())
        run = db.session.scalars(rows.where(ScenarioRun.id == number) if number else rows).first()
        db.session.expunge_all()
        return run


def test_what_can_be_played_is_listed_and_told(ana):
    assert "The harbour gate" in text(ana.get("/scenarios"))
    page = text(ana.get(HERE))
    assert "Mia Torres" in page and "A busy year" in page and "at most" in page and "Begin" in page


def test_figures_are_filled_into_a_rendered_text_as_text():
    shapes = {"left": shape().kpis["spent"].model_copy(update={"unit": "<b>"})}
    html = filled_html(Markup("<p>There are {left} of {nothing}.</p>"), {"left": -1200.0}, shapes)
    assert html == "<p>There are −1,200 &lt;b&gt; of –.</p>"


def test_a_run_is_played_to_its_debrief(app, ana):
    run = begin(ana)
    page = text(ana.get(run))
    assert "How much of the time goes into testing?" in page and "There are 40 pieces left" in page
    decide(ana, run, "testing", "much")
    assert "week 1 of 6" in text(ana.get(run)) and "The gate" in text(ana.get(run))
    play_on(ana, run)
    assert ana.get(run).headers["Location"] == f"{run}/debrief"
    asked = text(ana.get(f"{run}/debrief"))
    assert "Before you see the results" in asked and "Flaws left" not in asked
    predict(ana, run)
    page = text(ana.get(f"{run}/debrief"))
    for words in (
        "What you predicted",
        "What one other choice would have added",
        "Skill",
        "Luck",
        "both lenses",
        "Your reflection",
    ):
        assert words in page, words
    assert "Flaws left" in page and "replays did worse" in page


def test_hidden_variables_stay_on_the_server_until_the_debrief(app, ana):
    run = begin(ana)
    while waiting(ana, run):
        page = text(ana.get(run))
        assert "flaw" not in page.lower() and "latent" not in page
        decide(
            ana,
            run,
            waiting(ana, run),
            {"testing": "little"}.get(waiting(ana, run), "two" if "crew" in waiting(ana, run) else "silent"),
        )
    assert "flaws" not in str(the_run(app).story)


def test_a_decision_sent_twice_counts_once_and_another_one_is_refused(app, ana):
    run = begin(ana)
    assert decide(ana, run, "testing", "much").status_code == decide(ana, run, "testing", "much").status_code == 302
    refused = decide(ana, run, "testing", "little")
    assert refused.status_code == 409 and "a decision stands" in text(refused)
    with app.app_context():
        assert [one.choice for one in db.session.scalars(sa.select(RunDecision))] == ["much"]


@pytest.mark.parametrize(
    ("turn", "choice", "status"),
    [
        ("crew", "two", 409),
        ("testing", "nothing-like-it", 422),
        ("testing", "", 422),
        ("", "", 409),
        ("\x00", "much", 409),
    ],
)
def test_what_is_not_offered_is_refused_in_words(app, ana, turn, choice, status):
    run = begin(ana)
    refused = decide(ana, run, turn, choice)
    assert refused.status_code == status and waiting(ana, run) == "testing"
    assert "decid" in text(refused) or "Choose one of the ways" in text(refused)


def test_the_story_is_kept_and_gone_on_with_elsewhere(app, ana, sign_in):
    run = begin(ana)
    decide(ana, run, "testing", "much")
    elsewhere = sign_in("ana")
    assert begin(elsewhere) == run and waiting(elsewhere, run) == "crew"
    assert "Go on" in text(elsewhere.get("/scenarios"))


def test_a_run_can_be_left_and_begun_anew(app, ana):
    first = begin(ana)
    second = begin(ana, afresh="1")
    assert first != second and the_run(app, int(first.rpartition("/")[2])).abandoned_at
    assert "left unfinished" in text(ana.get(first))
    assert decide(ana, first, "testing", "much").status_code == 409


def test_unknown_conditions_are_refused(ana):
    assert post(ana, f"{HERE}/runs", context="on the moon").status_code == 422


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"trust": "lots"}, "cannot be read as a number"),
        ({"trust": "101"}, "between 0 and 100"),
        ({"turn": "storm"}, "which decision mattered most"),
    ],
)
def test_a_prediction_that_cannot_be_is_asked_back_with_what_was_typed(ana, sent, words):
    run = play_on(ana, begin(ana))
    answer = post(ana, f"{run}/prediction", **({"turn": "testing", "trust": "50"} | sent))
    assert answer.status_code == 422 and words in text(answer)
    assert f'value="{sent.get("trust", "50")}"' in text(answer)


def test_the_first_prediction_stands(app, ana):
    run = play_on(ana, begin(ana))
    predict(ana, run, trust="10")
    predict(ana, run, trust="90")
    assert the_run(app).predictions["figures"] == {"trust": 10.0}


@pytest.mark.parametrize(
    ("decimals", "unit", "typed", "value"),
    [
        (0, "people", "3,400", 3400),
        (0, "people", "3,400 people", 3400),
        (0, "€k", "€1,500k", 1500),
        (0, "€k", "−€1,500k", -1500),
        (1, "days", "2,5", 2.5),
        (1, "days", "2.5 days", 2.5),
        (0, "%", "80 %", 80),
        (0, None, "−12", -12),
    ],
)
def test_a_prediction_may_be_typed_as_pages_write_figures(decimals, unit, typed, value):
    kpi = shape().kpis["trust"].model_copy(update={"decimals": decimals, "unit": unit})
    asked = shape().predict[0].model_copy(update={"low": -9999.0, "high": 9999.0})
    assert figure_sent(asked, kpi, typed) == value


def test_where_there_are_decimals_a_comma_that_may_be_either_is_asked_back():
    kpi = shape().kpis["trust"].model_copy(update={"decimals": 1})
    with pytest.raises(Refused, match="can be read in two ways"):
        figure_sent(shape().predict[0], kpi, "1,234")


def test_a_story_that_comes_to_nothing_that_can_be_is_told_calmly(app, ana, monkeypatch):
    run = begin(ana)

    def broken(*rest):
        raise NotFinite("flaws", 1)

    monkeypatch.setattr("simulations.runs.deciding.retold", broken)
    answer = decide(ana, run, "testing", "much")
    assert answer.status_code == 409
    assert "Nothing was changed" in text(answer) and "flaws" not in text(answer)
    monkeypatch.undo()
    assert decide(ana, run, "testing", "much").status_code == 302


def test_nothing_can_be_predicted_or_replayed_before_the_end(ana):
    run = begin(ana)
    assert predict(ana, run).status_code == post(ana, f"{run}/prediction").status_code == 409
    assert post(ana, f"{run}/replays").status_code == 409
    assert post(ana, f"{run}/reflection", **{"answer-1": "x"}).status_code == 409


def test_the_debrief_is_worked_out_once_and_then_shown_at_once(app, ana, monkeypatch):
    run = play_on(ana, begin(ana))
    predict(ana, run)
    first = text(ana.get(f"{run}/debrief"))
    monkeypatch.setattr("simulations.views.debriefs.debrief_of", None)
    assert text(ana.get(f"{run}/debrief")).count("points") == first.count("points")


def test_a_reflection_is_kept_and_sent_to_the_mentor(app, ana, sign_in):
    run = play_on(ana, begin(ana))
    predict(ana, run)
    ana.get(f"{run}/debrief")
    assert "Write something first" in text(post(ana, f"{run}/reflection", send="1"))
    post(ana, f"{run}/reflection", **{"answer-1": "The storm <b>surprised</b> me."})
    mara = sign_in("mara")
    assert "surprised" not in text(mara.get(f"{run}/debrief"))
    post(ana, f"{run}/reflection", **{"answer-1": "The storm <b>surprised</b> me.", "send": "1"})
    page = text(mara.get(f"{run}/debrief"))
    assert (
        "&lt;b&gt;surprised" in page
        and "Every decision, and what was known" in page
        and "A quarter of the time" in page
    )
    assert mara.get(run).status_code == 302


def test_a_run_is_played_again_with_one_change_and_the_same_luck(app, ana):
    run = play_on(ana, begin(ana))
    predict(ana, run)
    ana.get(f"{run}/debrief")
    again = post(ana, f"{run}/replays", turn="testing", choice="little").headers["Location"]
    one, other = the_run(app, int(run.rpartition("/")[2])), the_run(app, int(again.rpartition("/")[2]))
    assert other.replays_id == one.id and other.seed == one.seed
    play_on(ana, again)
    predict(ana, again)
    assert ana.get(f"{again}/debrief").status_code == 200
    busy = post(ana, f"{run}/replays", context="busy").headers["Location"]
    assert the_run(app, int(busy.rpartition("/")[2])).context == "busy"
    assert post(ana, f"{run}/replays", turn="testing", choice="nonsense").status_code == 422


def test_a_finished_run_writes_records_of_its_objectives_and_they_are_no_answers(app, ana):
    play_on(ana, begin(ana))
    with app.app_context():
        records = db.session.scalars(sa.select(Record)).all()
    assert [(one.kind, one.course, one.objective, one.mark) for one in records] == [
        ("run", "rehearsal", "plans.order", None)
    ]


def test_a_run_to_watch_gives_the_reason_of_each_decision(ana):
    page = text(ana.get(f"{HERE}/worked"))
    assert "A run to watch" in page and "What it came to" in page and "of 100" in page


def test_somebody_elses_run_is_not_there(app, ana, sign_in):
    run = play_on(ana, begin(ana))
    predict(ana, run)
    for name, status in (("otto", 404), ("ben", 404), ("mara", 200), ("ada", 200), ("ivo", 404)):
        visitor = sign_in(name)
        assert visitor.get(f"{run}/debrief").status_code == status, name
        for address, sent in (
            ("decisions", {"turn": "crew", "choice": "two"}),
            ("prediction", {}),
            ("reflection", {}),
            ("replays", {}),
        ):
            assert post(visitor, f"{run}/{address}", **sent).status_code == 404, (name, address)


def test_what_has_not_passed_its_checks_is_for_instructors_only(app, ana, sign_in, monkeypatch):
    monkeypatch.setattr("catalogue.material.Scenario.offered", property(lambda scenario: False))
    assert ana.get(HERE).status_code == 404 and "harbour" not in text(ana.get("/scenarios"))
    assert post(ana, f"{HERE}/runs").status_code == 404
    assert sign_in("ivo").get(HERE).status_code == 200


def test_a_scenario_edited_meanwhile_leaves_the_run_as_it_began(app, cast, ana):
    run = begin(ana)
    with app.app_context():
        with writing():
            document = db.session.scalars(
                sa.select(Document).where(Document.path == "rehearsal/scenarios/harbour.yaml")
            ).one()
            ivo = db.session.get(Person, cast["ivo"].id)
            publish(document, SOURCE.replace("How much of the time goes", "How little"), ivo, now())
        live.refresh()
    try:
        assert "How much of the time goes into testing?" in text(ana.get(run))
        decide(ana, run, "testing", "much")
        assert waiting(ana, run) == "crew"
        predict(ana, play_on(ana, run))
        assert ana.get(f"{run}/debrief").status_code == 200
    finally:
        live.memory.catalogue = Catalogue()
