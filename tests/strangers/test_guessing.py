"""Who has an account is nobody's business: the same answer, the same work and the same time for a known and an unknown address."""

import re
import statistics
import time

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher

from accounts import guessing
from accounts.models import Person
from core.database import db, writing
from core.models import OutboxMessage
from tests.conftest import PASSWORD
from tests.strangers.conftest import House, settings_for

KNOWN, UNKNOWN = "ana@example.org", "nobody-here@example.org"


@pytest.fixture
def fresh(sqlite_template, tmp_path):
    import shutil

    shutil.copy(sqlite_template, tmp_path / "handover.sqlite")
    house = House(settings_for(tmp_path))
    yield house
    house.close()


@pytest.fixture
def argon2(monkeypatch):
    """Count what costs time: every hash that is made or compared, with its costs."""
    done = []
    for name in ("hash", "verify"):
        kept = getattr(PasswordHasher, name)

        def counted(self, *given, kept=kept, name=name):
            done.append((name, self.memory_cost, self.time_cost))
            return kept(self, *given)

        monkeypatch.setattr(PasswordHasher, name, counted)
    return done


def plain(page, *addresses):
    """Return a page without what differs between any two: tokens, ids, and the address that was typed."""
    text = re.sub(r'(name="csrf_token"[^>]*value=")[^"]*', r"\1", page.text)
    for address in addresses:
        text = text.replace(address, "")
    return text


ASKED = {
    "sign-in": ("/sign-in", {"password": "not the password"}),
    "reset": ("/password-resets/new", {}),
    "sign-in, switched off": ("/sign-in", {"password": "not the password"}),
}


@pytest.mark.parametrize("way", ASKED)
def test_the_answer_and_the_work_are_the_same(fresh, argon2, way):
    path, fields = ASKED[way]
    if way.endswith("off"):
        fresh.post(fresh.visitor("ada"), f"/people/{fresh.ids['ana']}/switch", {"to": "off"})
    answers, work = [], []
    for address in (KNOWN, UNKNOWN):
        argon2.clear()
        answers.append(fresh.post(fresh.visitor(), path, {"email": address, **fields}))
        work.append(list(argon2))
    one, other = answers
    assert one.status_code == other.status_code
    assert one.headers.get("Location") == other.headers.get("Location")
    assert plain(one, KNOWN) == plain(other, UNKNOWN)
    assert work[0] == work[1]
    assert len(work[0]) == path.count("sign-in")
    assert {name for name, _ in one.headers} == {name for name, _ in other.headers}


def test_the_limits_are_the_same_too(fresh):
    """An address that is asked for too often is refused alike, whoever it belongs to."""
    told = {}
    for address in (KNOWN, UNKNOWN):
        client = fresh.visitor()
        told[address] = [
            fresh.post(client, "/sign-in", {"email": address, "password": "x" * 12}).status_code for _ in range(12)
        ]
        told[address] += [fresh.post(client, "/password-resets/new", {"email": address}).status_code for _ in range(5)]
    assert told[KNOWN] == told[UNKNOWN] == [422] * 10 + [429] * 2 + [303] * 5


def test_a_password_beyond_the_longest_costs_nothing_for_anybody(fresh, argon2):
    for address in (KNOWN, UNKNOWN):
        assert fresh.post(fresh.visitor(), "/sign-in", {"email": address, "password": "x" * 500_000}).status_code == 422
    assert argon2 == []


def test_an_invitation_for_somebody_known_hashes_nothing(fresh, argon2):
    fresh.post(fresh.visitor("ada"), "/people/invitations/new", {"email": KNOWN, "role": "mentor"})
    assert argon2 == []


def seconds(act):
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


@pytest.mark.parametrize("way", ["sign-in", "reset"])
def test_the_time_is_the_same_as_far_as_a_stranger_can_measure(fresh, monkeypatch, way):
    """Loose by intention, for machines are busy; without the comparison for nobody it fails by a factor of ten."""
    monkeypatch.setattr(guessing, "TRIES_FOR_EMAIL", 10_000)
    monkeypatch.setattr(guessing, "WRONG_FROM_ADDRESS", 10_000)
    monkeypatch.setattr(guessing, "RESETS_FROM_ADDRESS", 10_000)
    monkeypatch.setattr(guessing, "RESETS_FOR_EMAIL", 10_000)
    keeper = fresh.app.extensions["passwords"]
    keeper.__init__(quick=False)
    with fresh.app.app_context(), writing():
        db.session.get(Person, fresh.ids["ana"]).password_hash = keeper.hash(PASSWORD)
    path, fields = ASKED[way]
    client, spent = fresh.visitor(), {KNOWN: [], UNKNOWN: []}
    for _ in range(15):
        for address in spent:
            spent[address].append(
                seconds(lambda address=address: fresh.post(client, path, {"email": address, **fields}))
            )
    known, unknown = (statistics.median(spent[address]) for address in (KNOWN, UNKNOWN))
    assert 0.5 < known / unknown < 2, (known, unknown)


# Floods


def outbox(house):
    with house.app.app_context():
        return db.session.scalar(sa.select(sa.func.count()).select_from(OutboxMessage))


def test_a_flood_of_resets_fills_nobodys_mailbox(fresh):
    client = fresh.visitor()
    answers = [
        fresh.post(client, "/password-resets/new", {"email": KNOWN.upper() if at % 2 else KNOWN}).status_code
        for at in range(35)
    ]
    assert answers == [303] * 30 + [429] * 5
    assert outbox(fresh) == guessing.RESETS_FOR_EMAIL


def test_a_flood_of_new_accounts_ends(fresh):
    client = fresh.visitor()
    answers = []
    for number in range(guessing.SIGN_UPS_FROM_ADDRESS + 3):
        new = {"name": f"Flood {number}", "email": f"flood{number}@example.org", "password": "four plain little words"}
        answers.append(fresh.post(client, "/sign-up", new).status_code)
    assert answers == [303] * guessing.SIGN_UPS_FROM_ADDRESS + [429] * 3


def test_asking_which_addresses_have_accounts_ends_as_a_flood_does(fresh, monkeypatch):
    """Where sign-up is open, its form has to say that an address is taken; nobody may ask that of a whole list."""
    monkeypatch.setattr(guessing, "SIGN_UPS_FROM_ADDRESS", 3)
    taken = {"name": "New", "email": KNOWN, "password": "four plain little words"}
    answers = [fresh.post(fresh.visitor(), "/sign-up", taken).status_code for _ in range(5)]
    assert answers == [422] * 3 + [429] * 2


def test_where_sign_up_is_by_invitation_its_page_tells_nothing(sqlite_template, tmp_path):
    import shutil

    shutil.copy(sqlite_template, tmp_path / "handover.sqlite")
    house = House(settings_for(tmp_path, sign_up="invitation"))
    pages = [
        house.post(house.visitor(), "/sign-up", {"name": "x", "email": at, "password": PASSWORD})
        for at in (KNOWN, UNKNOWN)
    ]
    house.close()
    assert plain(pages[0]) == plain(pages[1])


@pytest.mark.parametrize(
    "header", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "X-Client-IP", "CF-Connecting-IP", "True-Client-IP"]
)
def test_whoever_guesses_cannot_say_that_it_is_somebody_else(fresh, monkeypatch, header):
    monkeypatch.setattr(guessing, "WRONG_FROM_ADDRESS", 3)
    answers = []
    for number in range(5):
        headers = {header: f"198.51.100.{number}", "Sec-Fetch-Site": "same-origin"}
        fields = {"email": f"x{number}@example.org", "password": "a guess, no more"}
        answers.append(fresh.post(fresh.visitor(), "/sign-in", fields, headers).status_code)
    assert answers == [422] * 3 + [429] * 2


def test_tokens_of_links_are_long_and_never_kept(fresh):
    from accounts.tokens import new_token

    fresh.post(fresh.visitor(), "/password-resets/new", {"email": KNOWN})
    with fresh.app.app_context():
        body = db.session.scalar(sa.select(OutboxMessage.body))
        token = body.partition("/password-resets/")[2].split()[0]
        kept = " ".join(db.session.scalars(sa.text("SELECT token_digest FROM password_reset")))
    assert len(token) >= 43 and token not in kept
    assert len({new_token() for _ in range(1000)}) == 1000
