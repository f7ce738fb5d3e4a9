"""The test content's scenario as learners play it."""

import pytest

from tests.quizzes.test_sitting_pages import post, text


@pytest.fixture
def ana(sign_in):
    return sign_in("ana")


HERE = "/courses/rehearsal/scenarios/harbour"


def begin(client, **wish):
    """Begin a run and return its address."""
    return post(client, f"{HERE}/runs", **wish).headers["Location"]


def decide(client, run, turn, choice):
    return post(client, f"{run}/decisions", turn=turn, choice=choice)


def waiting(client, run):
    """Return the turn that waits."""
    page = text(client.get(run))
    return page.partition('name="turn" value="')[2].partition('"')[0] if 'name="turn"' in page else None


def play_on(client, run, **choices):
    """Decide everything that is left: as said, else two people and silence."""
    usual = {"testing": "much", "crew": "two", "apology": "silent"}
    while turn := waiting(client, run):
        stage = turn.rpartition("-")[0] or turn
        decide(client, run, turn, choices.get(turn.replace("-", "_"), usual.get(turn, usual.get(stage))))
    return run


def predict(client, run, turn="testing", trust="55"):
    return post(client, f"{run}/prediction", turn=turn, trust=trust)
