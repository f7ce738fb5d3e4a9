"""Object by object: who sees which thing of somebody's, by every address with an id in it; and no field changes whose it is."""

import pytest
import sqlalchemy as sa

from core.database import Model, db
from tests.conftest import CAST

HERE, GONE, SHUT, DOOR = 200, 404, 403, 302
VISITORS = (None, *CAST)


def only(who, opened=HERE, others=SHUT, nobody=DOOR):
    """Say who gets in; everybody else finds the door shut, or nothing there."""
    return {key: opened if key in who.split() else nobody if key is None else others for key in VISITORS}


ALL = dict.fromkeys(VISITORS, HERE)

# Every address with a part in it. The thing in question is Ben's (his id, his mentorship), or a secret of his.
PEOPLES = {
    "GET /people/<int:person>/progress": only("ben mara ada", others=GONE),
    "GET /people/<int:person_id>": only("ada"),
    "POST /people/<int:person_id>/roles": only("ada", 303),
    "POST /people/<int:person_id>/switch": only("ada", 400),
    "POST /people/<int:person_id>/mentors": only("ada", 422),
    "POST /people/<int:person_id>/mentorships/<int:mentorship_id>/end": only("ada", 404),
    "POST /outbox/<int:message_id>/again": only("ada", 404),
    "POST /outbox/<int:message_id>/reading": only("ada", 404),
    "POST /outbox/<int:message_id>/passed-on": only("ada", 404),
    "POST /outbox/<int:message_id>/put-back": only("ada", 404),
}
NOBODYS = {
    "attempt_id",
    "mentorship_id",
    "message_id",
    "report_id",
    "enrolment_id",
    "run_id",
}  # filled with what belongs to nobody
SITTINGS = {
    line: only("", others=GONE)
    for line in (
        "GET /attempts/<int:attempt_id>",
        "GET /attempts/<int:attempt_id>/clock",
        "GET /attempts/<int:attempt_id>/next",
        "GET /attempts/<int:attempt_id>/result",
        "GET /attempts/<int:attempt_id>/answers/<int:position>",
        "POST /attempts/<int:attempt_id>/answers/<int:position>",
        "POST /attempts/<int:attempt_id>/answers/<int:position>/knowledge",
        "POST /attempts/<int:attempt_id>/sections",
        "POST /attempts/<int:attempt_id>/resumption",
        "POST /attempts/<int:attempt_id>/submission",
        "POST /attempts/<int:attempt_id>/abandonment",
    )
}
RUNS = {
    line: only("", others=GONE)
    for line in (
        "GET /runs/<int:run_id>",
        "GET /runs/<int:run_id>/debrief",
        "POST /runs/<int:run_id>/decisions",
        "POST /runs/<int:run_id>/prediction",
        "POST /runs/<int:run_id>/reflection",
        "POST /runs/<int:run_id>/replays",
    )
}
REPORTS = {
    "GET /questions/<course>/<question>/reports": only("", others=GONE),
    "POST /questions/<course>/<question>/reports": only("", others=GONE),
    "POST /reports/<int:report_id>/reading": only("", others=GONE),
    "POST /studio/reports/<int:report_id>/answer": only("ivo ada", GONE),
    "POST /mentoring/sittings/<int:attempt_id>/time": only("mara", GONE),
    "POST /mentoring/enrolments/<int:enrolment_id>/results": only("mara", GONE),
    "GET /studio/reports/regrades/<course>/<question>": only("ivo ada", GONE),
    "POST /studio/reports/regrades/<course>/<question>": only("ivo ada", GONE),
}
# Whose they are is tested with real ones in tests/quizzes/test_sitting_pages.py and test_report_pages.py, and in tests/simulations/test_pages.py.
PEOPLES |= SITTINGS | RUNS | REPORTS
SECRETS = {  # whoever holds the token; here nobody does
    "GET /certificates/<serial>": dict.fromkeys(VISITORS, GONE),
    "GET /invitations/<token>": dict.fromkeys(VISITORS, GONE),
    "POST /invitations/<token>": dict.fromkeys(VISITORS, GONE),
    "GET /password-resets/<token>": dict.fromkeys(VISITORS, GONE),
    "POST /password-resets/<token>": dict.fromkeys(VISITORS, GONE),
}
MATERIAL = {  # of everybody; what is written to them is always the writer's own, see below
    "GET /media/<sha256>/<name>",
    "GET /courses/<course>",
    "GET /courses/<course>/lessons/<lesson>",
    "GET /courses/<course>/lessons/<lesson>/labs/<int:number>",
    "POST /courses/<course>/enrolment",
    "POST /courses/<course>/certificate",
    "POST /account/courses/<course>",
    "POST /courses/<course>/departure",
    "POST /courses/<course>/lessons/<lesson>/note",
    "POST /courses/<course>/lessons/<lesson>/reading",
    "POST /courses/<course>/checks/<lesson>/<question>",
    "GET /courses/<course>/exams/<exam>",
    "POST /courses/<course>/exams/<exam>",
    "GET /courses/<course>/scenarios/<scenario>",
    "GET /courses/<course>/scenarios/<scenario>/worked",
    "POST /courses/<course>/scenarios/<scenario>/runs",
}
TABLE = PEOPLES | SECRETS
FILL = {
    "course": "try-out",
    "lesson": "first",
    "question": "one",
    "token": "no-such-token",
    "serial": "no-such-serial-was-given",
    "sha256": "0" * 64,
    "name": "x.png",
    "exam": "mock",
    "scenario": "harbour",
    "position": 1,
    "number": 1,
}


def with_parts(app):
    return {
        f"{method} {rule.rule}": rule
        for rule in app.url_map.iter_rules()
        if rule.arguments
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"})
    }


def test_every_address_with_a_part_in_it_has_a_line_in_the_table(house):
    assert set(with_parts(house.app)) == set(TABLE) | MATERIAL


@pytest.mark.parametrize("line", TABLE)
def test_a_thing_opens_for_those_it_is_for(house, line):
    rule = with_parts(house.app)[line]
    seen = {key: knock(house, key, line, build(house, rule, house.ids["ben"])) for key in VISITORS}
    seen = {key: DOOR if status == 401 and line.startswith("POST") else status for key, status in seen.items()}
    assert seen == TABLE[line]


@pytest.mark.parametrize("line", PEOPLES)
@pytest.mark.parametrize("key", ["ana", "otto", "mara", "ivo", None])
def test_a_stranger_cannot_tell_somebody_from_nobody(house, line, key):
    """What is not theirs answers alike for Otto's things and for those of people who never were."""
    rule = with_parts(house.app)[line]
    target = house.ids["ben" if key == "otto" else "otto"]
    known, unknown = (house.visitor(key), house.visitor(key))
    answers = [
        send(house, client, line, build(house, rule, whose))
        for client, whose in ((known, target), (unknown, 2**31 - 2))
    ]
    assert answers[0].status_code == answers[1].status_code in (302, 401, 403, 404)


@pytest.mark.parametrize("number", [0, 2**31 - 1, 2**31, 2**63 - 1, 2**63, 10**40])
def test_a_number_that_belongs_to_nobody_is_not_there(house, number):
    ada, mara = house.visitor("ada"), house.visitor("mara")
    for line, rule in with_parts(house.app).items():
        if line in PEOPLES:
            who = mara if "/mentoring/" in line else ada  # whoever the address is for
            assert send(house, who, line, build(house, rule, number)).status_code in (400, 404, 422), (line, number)


@pytest.mark.parametrize(
    "path", ["/media/%00/x.svg", "/media/a%00b/x.svg", "/media/%ff/x.png", "/courses/%00", "/invitations/%00"]
)
def test_an_address_that_no_database_takes_is_not_there(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/people/2147483648/progress", "/people/99999999999999999999999/progress"])
def test_a_number_beyond_every_column_is_not_there_on_either_database(sign_in, path):
    assert sign_in("ana").get(path).status_code == 404


def build(house, rule, person):
    values = {name: FILL.get(name, person) for name in rule.arguments}
    for name in NOBODYS & values.keys():
        values[name] = max(person, 10**6)  # of nobody
    return rule.build(values)[1]


def send(house, client, line, path):
    return house.post(client, path, {"roles": "learner"}) if line.startswith("POST") else client.get(path)


def knock(house, key, line, path):
    return send(house, house.visitor(key), line, path).status_code


# Whose it is, is said by the session alone.

NAMES_OF_OWNERS = (
    "learner", "learner_id", "person", "person_id", "user", "user_id", "_user_id", "owner", "owner_id", "id", "as", "for",
    "note_id", "attempt", "attempt_id", "item", "item_id", "enrolment_id", "reading_id", "record_id", "actor_id", "by",
)  # fmt: skip
HEADERS_OF_OWNERS = (
    "X-User-Id",
    "X-Original-User",
    "X-Forwarded-User",
    "Remote-User",
    "X-Remote-User",
    "X-Original-URL",
    "X-Rewrite-URL",
    "X-HTTP-Method-Override",
)
LESSON = "/courses/try-out/lessons/first"
CHECK = "/courses/try-out/checks/first/one"


def rows_of(house, person):
    """Return everything that the database holds of one person."""
    with house.app.app_context():
        found = {}
        for table in Model.metadata.sorted_tables:
            for column in set(table.columns.keys()) & {"learner_id", "person_id"}:
                mine = sa.select(table).where(table.c[column] == person)
                found[table.name] = sorted(map(str, db.session.execute(mine)))
        found["person"] = str(
            db.session.execute(sa.select(Model.metadata.tables["person"]).where(sa.text(f"id = {person}"))).one()[:8]
        )
        return found


def first_check(client, form):
    """Return the fields of the check as its page shows it."""
    page = client.get(LESSON).text
    fields = {
        name: page.partition(f'name="{name}" value="')[2].partition('"')[0]
        for name in ("sequence", "try", "shown_digest")
    }
    return [("option", page.partition('name="option" value="')[2].partition('"')[0]), *fields.items(), *form]


@pytest.fixture(scope="module")
def bens(house):
    """Ben takes the course, writes a note, reads and answers."""
    ben = house.visitor("ben")
    assert house.post(ben, "/courses/try-out/enrolment").status_code == 302
    assert house.post(ben, f"{LESSON}/note", {"text": "the secret words of Ben", "version": "0"}).status_code == 302
    assert house.post(ben, f"{LESSON}/reading").status_code == 302
    assert house.post(ben, CHECK, first_check(ben, [("confidence", "guess"), ("act", "finish")])).status_code == 302
    kept = rows_of(house, house.ids["ben"])
    assert all(
        kept[table] for table in ("note", "attempt", "attempt_item", "answer_step", "record", "reading", "enrolment")
    )
    return kept


def claims(house):
    """Return fields by which somebody could claim to be Ben, or his things to be theirs."""
    return [(name, str(house.ids["ben"])) for name in NAMES_OF_OWNERS]


@pytest.mark.parametrize("who", ["ana", "otto", "mara", "ivo", "ada"])
def test_no_field_and_no_header_makes_somebody_write_in_bens_name(house, bens, who):
    client, query = house.visitor(who), "&".join(f"{name}={value}" for name, value in claims(house))
    headers = dict.fromkeys(HEADERS_OF_OWNERS, str(house.ids["ben"]))
    posts = [
        (f"{LESSON}/note", [("text", f"overwritten by {who}"), ("version", "0")]),
        (f"{LESSON}/reading", []),
        (f"{LESSON}/reading", [("anchor", "the-same-change-seen-twice")]),
        ("/courses/try-out/enrolment", []),
        ("/courses/try-out/departure", []),
        (
            "/account",
            [
                ("name", f"Renamed by {who}"),
                ("time_zone", "UTC"),
                ("extra_time", "100"),
                ("email", "x@example.org"),
                ("roles", "administrator"),
            ],
        ),
        ("/account/password", [("current_password", "wrong"), ("password", "four new plain words")]),
        ("/account/sign-outs", []),
    ]
    for act in ("save", "finish", "again"):
        house.post(
            client,
            f"{CHECK}?{query}",
            first_check(client, [("confidence", "sure"), ("act", act), *claims(house)]),
            headers,
        )
        client = house.visitor(who)
    for path, fields in posts:
        answer = house.post(house.visitor(who), f"{path}?{query}", [*fields, *claims(house)], headers)
        assert answer.status_code < 500
    assert rows_of(house, house.ids["ben"]) == bens


@pytest.mark.parametrize("who", [None, "ana", "otto", "mara", "ivo", "ada"])
def test_bens_words_are_on_no_page_but_his_own(house, bens, who):
    client, query = house.visitor(who), "?" + "&".join(f"{name}={value}" for name, value in claims(house))
    paths = [rule.rule for rule in house.app.url_map.iter_rules() if not rule.arguments and "GET" in rule.methods]
    paths += [
        LESSON,
        "/courses/try-out",
        f"/people/{house.ids['ben']}/progress",
        f"/people/{house.ids['ben']}",
        "/search?q=secret",
    ]
    for path in paths:
        page = client.get(
            path + ("" if "?" in path else query), headers=dict.fromkeys(HEADERS_OF_OWNERS, str(house.ids["ben"]))
        )
        assert "secret words" not in page.text, path
    assert "the secret words of Ben" in house.visitor("ben").get(LESSON).text


def test_an_end_of_a_mentorship_through_another_persons_page_is_not_there(house):
    with house.app.app_context():
        mentorship = db.session.scalar(sa.select(Model.metadata.tables["mentorship"].c.id).limit(1))
    ada = house.visitor("ada")
    assert house.post(ada, f"/people/{house.ids['otto']}/mentorships/{mentorship}/end").status_code == 404


def test_a_mentor_sees_no_more_once_the_mentorship_is_over(sign_in, app, cast):
    from accounts.mentorships import end_all_mentorships
    from accounts.models import Person
    from core.database import writing
    from tests.conftest import NOW

    mara = sign_in("mara")
    assert mara.get(f"/people/{cast['ben'].id}/progress").status_code == 200
    with app.app_context(), writing():
        end_all_mentorships(db.session.get(Person, cast["mara"].id), "mentor", by=None, now=NOW)
    assert mara.get(f"/people/{cast['ben'].id}/progress").status_code == 404
