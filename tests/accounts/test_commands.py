"""`flask person …`."""

import pytest

from accounts.people import person_with_email
from tests.accounts.conftest import enter
from tests.conftest import PASSWORD

ADD = ["person", "add", "new@example.org", "--name", "Nia New", "--role", "learner", "--role", "mentor"]


@pytest.fixture
def run(app):
    runner = app.test_cli_runner()
    return lambda *words, **more: runner.invoke(args=list(words), **more)


def test_an_account_is_opened_from_a_terminal(run, app, client):
    result = run(*ADD, "--password", PASSWORD)
    assert result.output == "Nia New <new@example.org> has an account: learner, mentor.\n"
    assert enter(client, "new@example.org").status_code == 303


def test_a_password_that_is_left_out_is_asked_for_and_not_shown(run, client):
    result = run(*ADD, input=f"{PASSWORD}\n{PASSWORD}\n")
    assert PASSWORD not in result.output
    assert enter(client, "new@example.org").status_code == 303


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            ["person", "add", "ana@example.org", "--name", "A", "--role", "learner", "--password", PASSWORD],
            "an account with this",
        ),
        (["person", "add", "new", "--name", "A", "--role", "learner", "--password", PASSWORD], "not an e-mail address"),
        (
            ["person", "add", "n@x.org", "--name", "A", "--role", "learner", "--password", "short"],
            "at least 10 characters",
        ),
        (["person", "add", "n@x.org", "--name", "A", "--role", "king", "--password", PASSWORD], "'king' is not one of"),
        (["person", "mentor", "ivo@example.org", "ana@example.org"], "Ivo Novak is not a mentor"),
        (["person", "mentor", "mara@example.org", "ana@example.org"], "Mara Lind mentors Ana Ruiz already"),
        (["person", "mentor", "mara@example.org", "who@example.org"], "Nobody has the address who@example.org"),
    ],
)
def test_what_cannot_be_is_said_in_one_sentence(run, cast, words, sentence):
    result = run(*words)
    assert result.exit_code != 0
    assert sentence in result.output
    assert "Traceback" not in result.output


def test_mentor_and_learner_are_brought_together(run, cast, app):
    assert run("person", "mentor", "mara@example.org", "otto@example.org").exit_code == 0
    with app.app_context():
        assert person_with_email("otto@example.org")


def test_a_database_without_tables_is_named(tmp_path):
    from app import create_app
    from core.database import db
    from tests.conftest import settings_for

    app = create_app(settings_for(tmp_path))
    result = app.test_cli_runner().invoke(args=[*ADD, "--password", PASSWORD])
    assert "flask db upgrade" in result.output
    with app.app_context():
        db.engine.dispose()
