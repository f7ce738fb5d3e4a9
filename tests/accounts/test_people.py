"""People: who comes in, in which role, and how an account is shut."""

import threading

import pytest
import sqlalchemy as sa

from accounts.mentorships import begin_mentorship, end_mentorship
from accounts.models import AuditEntry, Mentorship, Person, Role
from accounts.people import add_person, grant_role, person_with_email, set_roles, switch_off, switch_on, withdraw_role
from accounts.queries import people_page
from core.database import db, writing
from core.errors import Refused
from tests.accounts.conftest import on_sqlite
from tests.conftest import NOW, PASSWORD

pytestmark = pytest.mark.usefixtures("within")


def add(email="new@example.org", name="New Person", roles=("learner",), password=PASSWORD):
    return add_person(email, name, password, roles, now=NOW)


@on_sqlite
@pytest.mark.parametrize("email", ["ana@example.org", "ANA@EXAMPLE.ORG", " Ana@Example.org\n", "ａｎａ@example.org"])
def test_one_address_is_one_account(cast, email):
    with pytest.raises(Refused, match="There is an account with this e-mail already"), writing():
        add(email)


@on_sqlite
@pytest.mark.parametrize(
    "email", ["", "ana", "@example.org", "ana@", "a b@example.org", "a@b@c", "a@b..c", "x" * 255 + "@b.c"]
)
def test_what_is_no_address_is_refused_in_a_sentence(email):
    with pytest.raises(Refused, match="e-mail address"), writing():
        add(email)


@on_sqlite
@pytest.mark.parametrize("name", ["Guðrún Þorvaldsdóttir", "李小龍", "محمد", "Nguyễn Thị Hải", "O’Brien-Łukasz", "X"])
def test_names_of_every_script_are_kept_as_written(name):
    with writing():
        assert add(name=name).name == name


@on_sqlite
def test_a_name_is_tidied_and_never_empty():
    with writing():
        assert add(name="  Ana\x00\n Ruiz ").name == "Ana Ruiz"
    with pytest.raises(Refused, match="Write the name"), writing():
        add("other@example.org", name=" \u200b\n".replace("\u200b", ""))


@on_sqlite
def test_a_role_that_nobody_knows_is_refused():
    with pytest.raises(Refused, match="A role is one of"), writing():
        add(roles=["king"])


def test_two_with_one_address_at_the_same_moment_become_one_account(make_app):
    """Two processes, one address: one gets the account, the other a sentence."""
    results, start = [], threading.Barrier(2)

    def come(app, name):
        with app.app_context():
            start.wait()
            try:
                with writing():
                    add("both@example.org", name)
                results.append("in")
            except Refused as refusal:
                results.append(refusal.sentence)

    threads = [threading.Thread(target=come, args=(make_app(), name)) for name in ("One", "Two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(results)[1] == "in"
    assert sorted(results)[0].startswith("There is an account")
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Person)) == 1


def test_the_last_administrator_stays(cast):
    with pytest.raises(Refused, match="last administrator"), writing() as session:
        switch_off(session.get(Person, cast["ada"].id), by=None, now=NOW)
    with pytest.raises(Refused, match="last administrator"), writing() as session:
        set_roles(session.get(Person, cast["ada"].id), ["learner"], by=None, now=NOW)


def test_nobody_switches_themself_off(cast):
    with writing():
        add("second@example.org", roles=["administrator"])
    with pytest.raises(Refused, match="your own account"), writing() as session:
        ada = session.get(Person, cast["ada"].id)
        switch_off(ada, by=ada, now=NOW)


def test_two_administrators_cannot_shut_each_other_out_at_the_same_moment(make_app, cast):
    with writing():
        second = add("second@example.org", roles=["administrator"])
    results, start = [], threading.Barrier(2)

    def shut(app, one):
        with app.app_context():
            start.wait()
            try:
                with writing() as session:
                    switch_off(session.get(Person, one), by=None, now=NOW)
                results.append("shut")
            except Refused:
                results.append("refused")

    threads = [threading.Thread(target=shut, args=(make_app(), one)) for one in (cast["ada"].id, second.id)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(results) == ["refused", "shut"]


def test_switching_off_ends_sessions_for_good(cast):
    with writing() as session:
        otto = session.get(Person, cast["otto"].id)
        before = otto.session_stamp
        switch_off(otto, by=None, now=NOW)
        switch_on(otto, by=None, now=NOW)
    assert otto.session_stamp != before
    assert otto.is_active


def test_every_change_leaves_its_line_in_the_trail(cast):
    with writing() as session:
        ada, otto = session.get(Person, cast["ada"].id), session.get(Person, cast["otto"].id)
        grant_role(otto, Role.MENTOR, by=ada, now=NOW)
        grant_role(otto, Role.MENTOR, by=ada, now=NOW)
        withdraw_role(otto, Role.MENTOR, by=ada, now=NOW)
        switch_off(otto, by=ada, now=NOW)
    lines = db.session.scalars(
        sa.select(AuditEntry).where(AuditEntry.actor_id == cast["ada"].id).order_by(AuditEntry.id)
    )
    assert [line.act for line in lines] == ["role given", "role withdrawn", "switched off"]


def test_nobody_mentors_themself(cast):
    with writing() as session:
        mara = session.get(Person, cast["mara"].id)
        grant_role(mara, Role.LEARNER, by=None, now=NOW)
        with pytest.raises(Refused, match="their own mentor"):
            begin_mentorship(mara, mara, now=NOW)


def test_a_mentorship_needs_a_mentor_and_a_learner(cast):
    for mentor, learner, sentence in (("ivo", "ana", "not a mentor"), ("mara", "ivo", "not a learner")):
        with pytest.raises(Refused, match=sentence), writing() as session:
            begin_mentorship(session.get(Person, cast[mentor].id), session.get(Person, cast[learner].id), now=NOW)


def test_a_mentorship_begins_once_and_may_begin_again_after_its_end(cast):
    with writing() as session:
        pair = session.get(Person, cast["mara"].id), session.get(Person, cast["ana"].id)
        with pytest.raises(Refused, match="already"):
            begin_mentorship(*pair, now=NOW)
        end_mentorship(session.scalars(sa.select(Mentorship).where(Mentorship.learner_id == pair[1].id)).one(), now=NOW)
        session.flush()
        begin_mentorship(*pair, now=NOW)


def test_a_mentor_who_is_one_no_longer_keeps_no_learners(cast):
    with writing() as session:
        withdraw_role(session.get(Person, cast["mara"].id), Role.MENTOR, by=None, now=NOW)
    running = sa.select(sa.func.count()).select_from(Mentorship).where(Mentorship.ended_at.is_(None))
    assert db.session.scalar(running) == 0


@pytest.mark.parametrize("search", ["ruiz", "RUIZ", "ana@", "Ana R", "ANA@EXAMPLE"])
def test_people_are_found_by_parts_of_name_and_address(cast, search):
    assert [person.name for person in people_page(search, 1).rows] == ["Ana Ruiz"]


@pytest.mark.parametrize("search", ["özil", "ÖZIL", "Özil", "mesut ö"])
def test_accents_are_found_in_small_and_large_letters(search):
    with writing():
        add(name="Mesut Özil")
    assert len(people_page(search, 1).rows) == 1


@pytest.mark.parametrize("search", ["%", "_", "\x00%", "'", "\\"])
def test_signs_that_mean_something_to_databases_mean_nothing_here(cast, search):
    assert people_page(search, 1).rows == []


def test_a_folded_address_finds_its_account(cast):
    assert person_with_email("ANA@example.org").name == "Ana Ruiz"
    assert person_with_email("nobody@example.org") is None
