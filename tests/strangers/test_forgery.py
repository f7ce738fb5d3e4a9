"""What others make somebody's browser send: forged forms, addresses that lead out of the house, hosts that are not ours."""

import re
from urllib.parse import unquote

import pytest
import sqlalchemy as sa

from accounts.local_addresses import is_local
from core.database import Model, db
from core.models import OutboxMessage
from tests.conftest import PASSWORD
from tests.strangers.test_objects import FILL
from tests.whole.test_routes import fresh_token

EVIL = "evil.example"
FIELDS = {
    "email": "forged@example.org",
    "name": "Forged",
    "password": "four forged little words",
    "current_password": PASSWORD,
    "roles": "administrator",
    "role": "administrator",
    "mentor": "mara@example.org",
    "to": "off",
    "text": "forged",
    "version": "0",
    "theme": "dark",
    "time_zone": "UTC",
    "extra_time": "0",
    "who": "learner",
    "option": "x",
    "confidence": "sure",
}


def posts(house):
    """Return the address of every route that takes a form."""
    for rule in house.app.url_map.iter_rules():
        if "POST" in rule.methods:
            yield rule.build({name: FILL.get(name, house.ids["ben"]) for name in rule.arguments})[1]


def everything_kept(house):
    with house.app.app_context():
        return {
            table.name: sorted(map(str, db.session.execute(sa.select(table))))
            for table in Model.metadata.sorted_tables
            if table.name not in ("person", "tick_job")
        } | {
            "people": sorted(
                map(
                    str,
                    db.session.execute(
                        sa.text("SELECT id, email, name, password_hash, session_stamp, switched_off_at FROM person")
                    ),
                )
            )
        }


@pytest.mark.parametrize("key", ["ana", "ada", None])
@pytest.mark.parametrize(
    "kind",
    ["without a token", "with another session's token", "with a token of nothing"],
)
@pytest.mark.parametrize("origin", ["cross-site", None])
def test_no_form_is_taken_without_the_token_of_its_own_session(house, key, kind, origin):
    token = {
        "without a token": None,
        "with another session's token": fresh_token(house.visitor("otto")),
        "with a token of nothing": "",
    }.get(kind, "session")
    headers = {"Sec-Fetch-Site": origin} if origin else {"Origin": f"https://{EVIL}", "Referer": f"https://{EVIL}/"}
    before = everything_kept(house)
    for path in posts(house):
        client = house.visitor(key)
        data = FIELDS | ({} if token is None else {"csrf_token": token})
        answer = client.post(path, data=data, headers=headers)
        assert answer.status_code == 400, (path, answer.status_code)
        with client.session_transaction() as session:
            assert bool(session.get("_user_id")) == bool(key), path
    assert everything_kept(house) == before


@pytest.mark.parametrize(
    "kind",
    [
        "application/json",
        "text/plain",
        "application/xml",
        "text/plain; charset=utf-7",
        "multipart/form-data",
        "",
        "a/b/c",
    ],
)
def test_no_form_of_another_kind_is_taken(house, kind):
    before = everything_kept(house)
    for path in posts(house):
        answer = house.visitor("ana").post(
            path,
            data=b'{"csrf_token": "x", "name": "forged"}',
            content_type=kind,
            headers={"Sec-Fetch-Site": "cross-site"},
        )
        assert answer.status_code in (400, 413, 415), (path, answer.status_code)
    assert everything_kept(house) == before


def test_a_token_in_the_address_or_a_cookie_counts_for_nothing(house):
    client = house.visitor("ana")
    token = fresh_token(client)
    client.set_cookie("csrf_token", token)
    assert (
        client.post(f"/account?csrf_token={token}", data=FIELDS, headers={"Sec-Fetch-Site": "cross-site"}).status_code
        == 400
    )


@pytest.mark.parametrize("name", ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"])
def test_a_method_is_what_the_request_says_and_nothing_else(house, name):
    client = house.visitor("ana")
    assert client.get("/sign-out", headers={name: "POST"}).status_code == 405
    assert client.get("/account?_method=POST&name=Forged", headers={name: "POST"}).status_code == 200
    assert (
        client.post("/account/sign-outs?_method=GET", headers={name: "GET", "Sec-Fetch-Site": "cross-site"}).status_code
        == 400
    )


def test_what_changes_something_is_never_a_get(house):
    before = everything_kept(house)
    client = house.visitor("ana")
    for path in posts(house):
        client.get(path, query_string=FIELDS | {"csrf_token": fresh_token(client)})
    assert everything_kept(house) == before


# Ways out of the house

LEAD_OUT = [
    f"//{EVIL}", f"///{EVIL}", f"////{EVIL}", f"https://{EVIL}", f"http:{EVIL}", f"https:/{EVIL}", f"HTTPS://{EVIL}", f"ftp://{EVIL}",
    f"\\\\{EVIL}", f"/\\{EVIL}", f"\\/{EVIL}", f"/\\/{EVIL}", f"/\t/{EVIL}", f"/\n/{EVIL}", f"/\r/{EVIL}", f"\t//{EVIL}", f" //{EVIL}", f"\x00//{EVIL}",
    f"//{EVIL}\\@localhost", f"//localhost@{EVIL}", f"https://localhost@{EVIL}", f"https://localhost.{EVIL}", f"//{EVIL}:80", f"//{EVIL}/%2f..",
    f"javascript:alert(1)//{EVIL}", "JaVaScRiPt:alert(1)", "data:text/html,<script>1</script>", "vbscript:x", f"//{EVIL}#/", f"//{EVIL}?/", f"@{EVIL}", f".{EVIL}",
    f"{EVIL}", f"//[::1]{EVIL}", "//0x7f.1", "//2130706433", f"http://[{EVIL}", f"/{chr(127)}/{EVIL}", f"//{EVIL}%E3%80%82com", f"／／{EVIL}", "//%65vil.example",
    f"/..//{EVIL}"[3:], "mailto:x@evil.example", "file:///etc/passwd", "/" + "a" * 3000,
]  # fmt: skip
STAY_IN = [
    "/account",
    "/progress?a=b",
    "/courses/try-out#x",
    "/search?q=https://evil.example",
    f"/%5c{EVIL}",
    f"/x//{EVIL}",
    f"/%2f{EVIL}",
    f"/{EVIL}",
    "/@evil.example",
]


@pytest.mark.parametrize("address", LEAD_OUT)
def test_nobody_is_led_out_of_the_house(house, address):
    for path, fields in (
        ("/sign-in", {"email": "ana@example.org", "password": PASSWORD, "next": address}),
        ("/theme", {"theme": "dark", "next": address}),
    ):
        answer = house.post(house.visitor(), path, fields)
        assert (answer.status_code, answer.headers["Location"]) == (303, "/"), path
    answer = house.visitor("ana").get("/sign-in", query_string={"next": address})
    assert answer.headers["Location"] == "/"
    page = house.visitor().get("/sign-up", query_string={"next": address})
    assert page.status_code == 200


@pytest.mark.parametrize("address", STAY_IN)
def test_what_is_inside_is_reached(house, address):
    assert is_local(address)
    answer = house.post(house.visitor(), "/theme", {"theme": "dark", "next": address})
    assert answer.headers["Location"].replace("%5C", "%5c").startswith(address.partition("#")[0][:12])
    assert not answer.headers["Location"].startswith(("//", "/\\"))


def test_a_new_account_goes_on_inside_the_house(house):
    new = {"name": "New", "email": "new@example.org", "password": "four plain little words"}
    answer = house.post(house.visitor(), f"/sign-up?next=//{EVIL}", new)
    assert answer.headers["Location"] == "/"


@pytest.mark.parametrize(
    "path",
    [
        f"//{EVIL}",
        f"//{EVIL}/courses",
        f"/\\{EVIL}",
        "//courses",
        "/courses//try-out",
        "/%2f%2fevil.example",
        f"/courses/..//{EVIL}",
        "/./courses",
        "/courses/",
    ],
)
def test_no_address_of_ours_redirects_to_a_host(house, path):
    answer = house.visitor().get("/", headers={"Host": EVIL}, environ_overrides={"PATH_INFO": unquote(path)})
    assert EVIL not in answer.headers.get("Location", "")


# A forged host

FORGED = (
    {"Host": EVIL},
    {"Host": f"localhost@{EVIL}"},
    {"Host": f"{EVIL}:1"},
    {"Host": f'"><script src=//{EVIL}>'},
    {"X-Forwarded-Host": EVIL},
    {
        "X-Forwarded-Server": EVIL,
        "X-Host": EVIL,
        "X-HTTP-Host-Override": EVIL,
        "X-Forwarded-Prefix": f"//{EVIL}",
        "Forwarded": f"host={EVIL};proto=https",
    },
    {
        "X-Original-URL": f"//{EVIL}",
        "X-Rewrite-URL": f"//{EVIL}",
        "Referer": f"https://{EVIL}/",
        "Origin": f"https://{EVIL}",
    },
)


def mail(house):
    """Return every letter that waits."""
    with house.app.app_context():
        return list(db.session.scalars(sa.select(OutboxMessage).order_by(OutboxMessage.id)))


def bare(house):
    """Return a browser that sends the cookies it is told to send, wherever they go."""
    return house.app.test_client(use_cookies=False)


def cookie(client):
    """Return the session as a header of its own."""
    kept = client.get_cookie("session")
    return {"Cookie": f"session={kept.value}"} if kept else {}


@pytest.mark.parametrize("headers", FORGED, ids=str)
def test_a_forged_host_reaches_no_page_and_no_redirect(house, headers):
    for key in (None, "ana", "ada"):
        client = house.visitor(key)
        for rule in house.app.url_map.iter_rules():
            if "GET" in rule.methods:
                path = rule.build({name: FILL.get(name, house.ids["ben"]) for name in rule.arguments})[1]
                answer = bare(house).get(path, headers=headers | cookie(client))
                assert EVIL not in answer.text + str(answer.headers), path
        assert (bare(house).get("/account", headers=headers | cookie(client)).status_code == 200) == bool(key)


@pytest.mark.parametrize(
    ("headers", "whose"), list(zip(FORGED, ["ana", "ben", "mara", "ivo", "ada", "otto", "otto"], strict=True)), ids=str
)
def test_a_forged_host_reaches_no_mail(house, headers, whose):
    before, told = len(mail(house)), headers | {"Sec-Fetch-Site": "same-origin"}
    for who, path, fields in (
        (None, "/password-resets/new", {"email": f"{whose}@example.org"}),
        ("ada", "/people/invitations/new", {"email": f"guest{before}@example.org", "role": "learner"}),
    ):
        client = house.visitor(who)
        data = fields | {"csrf_token": fresh_token(client)}
        assert EVIL not in bare(house).post(path, data=data, headers=told | cookie(client)).text
    letters = mail(house)[before:]
    assert len(letters) == 2
    for letter in letters:
        links = re.findall(r"https?://\S+", letter.body)
        assert links and all(link.startswith("http://127.0.0.1:8000/") for link in links)


def test_what_somebody_is_called_adds_no_line_and_no_recipient_to_a_mail(house):
    ana = house.visitor("ana")
    before = len(mail(house))
    house.post(
        ana,
        "/account",
        {"name": "Ana\r\nBcc: all@example.org\r\n\r\nhttps://evil.example", "time_zone": "UTC", "extra_time": "0"},
    )
    house.post(house.visitor(), "/password-resets/new", {"email": "ana@example.org"})
    for letter in mail(house)[before:]:
        assert "\n" not in letter.recipient + letter.subject and "\r" not in letter.body
        assert "\nBcc" not in letter.body


@pytest.mark.parametrize(
    "address",
    [
        "a@b.example\r\nBcc: x@y.example",
        "a@b.example\nx",
        "a@b.example, c@d.example",
        "a@b.example c@d.example",
        "a\x00@b.example,",
        "<a@b.example>, <c@d.example>",
    ],
)
def test_one_address_is_one_recipient(house, address):
    before = len(mail(house))
    for path, who in (("/password-resets/new", None), ("/people/invitations/new", "ada")):
        assert house.post(house.visitor(who), path, {"email": address, "role": "learner"}).status_code == 422
    assert len(mail(house)) == before
