"""Ways to an account: sign up, an invitation, a forgotten password."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from accounts.models import Invitation, PasswordReset, Person
from core.clock import now
from core.database import db, writing
from core.models import OutboxMessage
from tests.accounts.conftest import enter
from tests.conftest import Visitor, token

NEW = {"name": "Guðrún Þorvaldsdóttir", "email": "gudrun@example.org", "password": "four plain little words"}


def post(client, address, page=None, **fields):
    return client.post(address, data={"csrf_token": token(page or client.get(address)), **fields})


def outbox(app):
    with app.app_context():
        return list(db.session.scalars(sa.select(OutboxMessage).order_by(OutboxMessage.id)))


def mailed_link(message):
    return re.search(r"https?://[^/\s]+(/\S+)", message.body).group(1)


def roles_of(app, email):
    from accounts.people import person_with_email

    with app.app_context():
        return person_with_email(email).roles


def test_whoever_signs_up_is_a_learner_and_already_in(client, app):
    assert post(client, "/sign-up", **NEW).status_code == 303
    assert "Guðrún Þorvaldsdóttir" in client.get("/account").text
    assert roles_of(app, NEW["email"]) == {"learner"}


def test_a_form_that_is_not_right_names_field_and_mend_and_keeps_what_was_typed(client):
    page = post(client, "/sign-up", name=NEW["name"], email="gudrun", password="short")
    assert page.status_code == 422
    assert "This is not an e-mail address" in page.text
    assert "at least 10 characters" in page.text
    assert f'value="{NEW["name"]}"' in page.text
    assert 'value="short"' not in page.text


def test_an_address_that_has_an_account_is_said_in_the_form(client, cast):
    page = post(client, "/sign-up", **{**NEW, "email": "ANA@example.org"})
    assert page.status_code == 422
    assert "There is an account with this e-mail already" in page.text
    assert NEW["name"] in page.text


def test_accounts_are_not_opened_by_the_hundred(client, monkeypatch):
    monkeypatch.setattr("accounts.guessing.SIGN_UPS_FROM_ADDRESS", 0)
    page = post(client, "/sign-up", **NEW)
    assert page.status_code == 429
    assert "try again in an hour" in page.text


def test_where_accounts_are_by_invitation_nobody_signs_up_alone(make_app):
    app = make_app(sign_up="invitation")
    client = Visitor(app).client
    page = client.get("/sign-up")
    assert "Accounts are by invitation" in page.text
    assert post(client, "/sign-up", page, **NEW).status_code == 200
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Person)) == 0


def invite(sign_in, **fields):
    page = post(sign_in("ada"), "/people/invitations/new", **fields)
    return re.search(r'value="http://[^/]+(/invitations/[^"]+)"', page.text).group(1)


def test_an_invitation_opens_one_account_in_its_role(app, client, sign_in):
    link = invite(sign_in, email="gudrun@example.org", role="mentor")
    assert mailed_link(outbox(app)[0]) == link
    assert 'value="gudrun@example.org"' in client.get(link).text
    assert post(client, link, **NEW).status_code == 303
    assert roles_of(app, NEW["email"]) == {"mentor"}
    again = Visitor(app).client.get(link)
    assert again.status_code == 404
    assert "used already or has run out" in again.text


def test_an_invitation_for_one_address_opens_no_other(app, client, sign_in):
    link = invite(sign_in, email="gudrun@example.org", role="mentor")
    post(client, link, **{**NEW, "email": "other@example.org"})
    assert roles_of(app, "gudrun@example.org") == {"mentor"}


def test_an_invitation_without_an_address_serves_whoever_holds_it(app, client, sign_in):
    link = invite(sign_in, email="", role="learner")
    assert outbox(app) == []
    assert post(client, link, **NEW).status_code == 303


def test_an_invitation_runs_out(app, client, sign_in):
    link = invite(sign_in, email="", role="learner")
    with app.app_context(), writing() as session:
        session.execute(sa.update(Invitation).values(expires_at=now() - timedelta(seconds=1)))
    assert client.get(link).status_code == 404


def test_the_database_holds_no_token_that_opens_anything(app, client, sign_in):
    token_of_invitation = invite(sign_in, email="", role="learner").rpartition("/")[2]
    post(client, "/password-resets/new", email="ana@example.org")
    token_of_reset = mailed_link(outbox(app)[0]).rpartition("/")[2]
    with app.app_context():
        kept = [
            db.session.scalar(sa.select(Invitation.token_digest)),
            db.session.scalar(sa.select(PasswordReset.token_digest)),
        ]
    assert token_of_invitation not in kept
    assert token_of_reset not in kept


def test_a_request_for_a_reset_is_answered_alike_for_everybody(client, cast, app):
    known = post(client, "/password-resets/new", email="ana@example.org")
    said = client.get(known.headers["Location"]).text
    unknown = post(client, "/password-resets/new", email="nobody@example.org")
    assert (known.status_code, known.headers["Location"]) == (unknown.status_code, unknown.headers["Location"])
    strip = re.compile(r'value="[^"]*"')
    assert strip.sub("", said) == strip.sub("", client.get(unknown.headers["Location"]).text)
    assert [message.recipient for message in outbox(app)] == ["ana@example.org"]


def test_a_reset_goes_to_the_address_that_was_kept(client, cast, app):
    post(client, "/password-resets/new", email="ＡＮＡ@example.org")
    assert outbox(app)[0].recipient == "ana@example.org"


def test_nobodys_mailbox_is_flooded(client, cast, app):
    for _ in range(5):
        assert post(client, "/password-resets/new", email="ana@example.org").status_code == 303
    assert len(outbox(app)) == 3


def test_a_reset_works_once_and_ends_every_session(app, client, cast):
    elsewhere = Visitor(app).client
    enter(elsewhere, "ana@example.org", remember="y")
    for _ in range(2):
        post(client, "/password-resets/new", email="ana@example.org")
    first, second = (mailed_link(message) for message in outbox(app))
    assert post(client, first, password="four plain little words").status_code == 303
    assert elsewhere.get("/account").status_code == 302
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 404
    assert enter(client, "ana@example.org").status_code == 422
    assert enter(client, "ana@example.org", "four plain little words").status_code == 303


def test_a_weak_new_password_leaves_the_link_good(app, client, cast):
    post(client, "/password-resets/new", email="ana@example.org")
    link = mailed_link(outbox(app)[0])
    page = post(client, link, password="short")
    assert page.status_code == 422
    assert "at least 10 characters" in page.text
    assert client.get(link).status_code == 200


@pytest.mark.parametrize("change", [{"expires_at": now() - timedelta(seconds=1)}, {"used_at": now()}])
def test_a_link_that_ran_out_opens_nothing(app, client, cast, change):
    post(client, "/password-resets/new", email="ana@example.org")
    with app.app_context(), writing() as session:
        session.execute(sa.update(PasswordReset).values(**change))
    assert client.get(mailed_link(outbox(app)[0])).status_code == 404


def test_two_who_use_one_reset_at_the_same_time_set_one_password(make_app, client, cast, app):
    """The second process finds the link spent, though it had looked at the open form before."""
    import threading

    from accounts.passwords import new_password
    from accounts.resets import use_reset
    from core.errors import Refused

    post(client, "/password-resets/new", email="ana@example.org")
    secret = mailed_link(outbox(app)[0]).rpartition("/")[2]
    results, start = [], threading.Barrier(2)

    def use(app, password):
        with app.app_context():
            hashed = new_password(password, "", "")
            start.wait()
            try:
                with writing():
                    use_reset(secret, hashed, now=now())
                results.append("set")
            except Refused:
                results.append("refused")

    threads = [
        threading.Thread(target=use, args=(make_app(), word)) for word in ("the first of two", "the second of two")
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(results) == ["refused", "set"]
