"""Labs on their pages: figures typed in, what is wrong with them, and rounds in which steps are left out."""

import re

import pytest

from catalogue.labs.kinds import LABS
from catalogue.labs.written import written_lab
from courses.labs.rounds import round_of
from courses.labs.typed import read_typed
from tests.catalogue.test_labs import EXAMPLES
from tests.courses.conftest import FIRST, SECOND

LAB = f"{FIRST}/labs/1"
SCRIPT = {"X-Requested-With": "fetch"}


def text(response):
    return response.get_data(as_text=True).replace("\u00a0", " ")


def test_a_lesson_shows_its_lab_worked_out_with_the_authors_figures(client):
    page = text(client.get(FIRST))
    assert 'id="lab-1"' in page and "90 min of 216 min are spent on day 10 of 30" in page
    assert 'value="99.5"' in page and "budget − bad = 216 − 90" in page


def test_what_is_typed_is_worked_out_on_a_page_of_its_own(client):
    page = text(client.get(f"{LAB}?bad=216"))
    assert "<h1>Error budget: The launch</h1>" in page
    assert "The budget is gone" in page and 'value="216"' in page


def test_a_script_is_given_the_lab_alone(client):
    part = text(client.get(f"{LAB}?bad=50", headers=SCRIPT))
    assert "<h1" not in part and 'id="lab-1"' in part and "50 min of 216 min" in part


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"bad": "many"}, "“many” cannot be read as a number"),
        ({"bad": "1,234"}, "can be read in two ways"),
        ({"bad": "-1"}, "Bad minutes so far must be 0 or more."),
        ({"objective": "100"}, "Objective must be"),
        ({"day": "31"}, "31 days have gone by of a period of 30"),
        ({"bad": "9" * 60}, "Bad minutes so far must be 527040 or less."),
        ({"bad": ""}, "Type a number, please"),
    ],
)
def test_figures_that_do_not_fit_are_kept_with_a_sentence_beside_them(client, typed, sentence):
    page = text(client.get(LAB, query_string=typed))
    (value,) = typed.values()
    assert sentence in page and f'value="{value}"' in page
    assert "The results come back as soon as every figure fits." in page


def test_the_figures_of_every_lab_come_back_from_its_form_as_they_were():
    for kind, written in EXAMPLES.items():
        figures = written_lab(kind, written).figures
        form = {entry.name: entry.typed for group in read_typed(figures, {}).groups for entry in group.entries}
        assert read_typed(figures, form).figures == figures


def test_a_row_that_is_left_empty_falls_away_and_a_spare_one_may_be_filled():
    figures = written_lab("service-levels", EXAMPLES["service-levels"]).figures
    typed = {"failures-0-at": "", "failures-0-hours": "", "failures-3-at": "650", "failures-3-hours": "1.5"}
    found = read_typed(figures, typed).figures
    assert [one.hours for one in found.failures] == [3, 1, 1.5]


def test_a_fault_in_a_row_stands_beside_its_field_even_where_a_row_above_is_empty():
    figures = written_lab("service-levels", EXAMPLES["service-levels"]).figures
    read = read_typed(figures, {"failures-0-at": "", "failures-0-hours": "", "failures-1-hours": "0"})
    assert [entry.name for group in read.groups for entry in group.entries if entry.problem] == ["failures-1-hours"]
    assert read.figures is None


def test_a_lab_without_any_row_asks_for_one():
    figures = written_lab("service-levels", EXAMPLES["service-levels"]).figures
    empty = {f"failures-{place}-{name}": "" for place in range(3) for name in ("at", "hours")}
    assert "Fill in one row" in read_typed(figures, empty).problem


def test_a_round_draws_figures_of_its_own_and_keeps_what_is_left_out_to_itself(client):
    begun = client.get(f"{LAB}?round=1")
    assert begun.status_code == 302
    page = text(client.get(begun.headers["Location"]))
    seed = int(re.search(r'name="seed" value="(\d+)"', page)[1])
    left = blanks(1, seed)
    assert 'name="step-budget_left"' in page and not any(said_value(step) in page for step in left)
    assert "Burn rate" not in page  # what comes after could give it away


def blanks(number, seed):
    lab = written_lab("error-budget", "objective: 99.5\ndays: 30\nday: 10\nbad: 90\nfade: [budget_left, burn_rate]")
    return [blank.step for blank in round_of(lab, number, seed, {}, show=False).blanks.values()]


def said_value(step):
    return f">{step.value:g}"


def answered(client, number, seed, **typed):
    return text(client.get(LAB, query_string={"round": number, "seed": seed, **typed}))


def test_a_right_answer_is_told_and_the_next_round_offered(client):
    (step,) = blanks(1, 7)
    page = answered(client, 1, 7, **{"step-budget_left": str(round(step.value, 1))})
    assert "Found by you" in page and "Next round: one step more" in page and f"{LAB}?round=2" in page


def test_a_wrong_answer_is_told_what_it_may_come_from(client):
    (step,) = blanks(1, 7)
    page = answered(client, 1, 7, **{"step-budget_left": str(step.slips[0].value)})
    assert "That is what is spent; asked is what is left." in page and "Found by you" not in page
    assert "0 of 1 right so far." in page


def test_any_other_wrong_answer_is_told_the_formula_and_nonsense_how_to_write(client):
    page = answered(client, 2, 7, **{"step-budget_left": "-99999", "step-burn_rate": "soon"})
    assert "Not yet. It is budget − bad." in page and "“soon” cannot be read as a number" in page


def test_what_was_not_found_can_be_shown(client):
    page = answered(client, 1, 7, show="1", **{"step-budget_left": "3"})
    assert "You had 3." in page and "budget − bad" in page and "Once more, with other figures" in page
    assert "Look at how it is done" in page


def test_the_last_round_done_alone_is_said_so(client):
    right = {f"step-{step.id}": f"{step.value:.6f}" for step in blanks(2, 7)}
    assert "You did the whole of it by yourself." in answered(client, 2, 7, **right)


@pytest.mark.parametrize("kind", EXAMPLES)
def test_every_step_of_every_lab_can_be_left_out_and_found(kind):
    bare_lab = written_lab(kind, EXAMPLES[kind])
    for name in [step.id for step in LABS[kind].work(bare_lab.figures).steps if step.value is not None]:
        lab = written_lab(kind, f"{EXAMPLES[kind]}\nfade: [{name}]")
        (blank,) = round_of(lab, 1, 3, {}, show=False).blanks.values()
        assert round_of(lab, 1, 3, {blank.name: f"{blank.step.value:.4f}"}, show=False).alone


@pytest.mark.parametrize("query", ["round=0", "round=3", "round=-1"])
def test_a_round_that_is_not_there_leads_to_the_lab(client, query):
    assert client.get(f"{LAB}?{query}").headers["Location"] == LAB


def test_a_lab_that_is_not_there_is_not_found(client):
    assert client.get(f"{FIRST}/labs/2").status_code == 404


def test_a_lab_opens_for_whoever_may_read_its_lesson_and_for_nobody_else(client):
    assert client.get(f"{SECOND}/labs/1").headers["Location"] == SECOND
