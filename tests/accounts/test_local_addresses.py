"""Nobody is ever sent to another house."""

import pytest

from accounts.local_addresses import is_local
from tests.accounts.conftest import enter, on_sqlite

ELSEWHERE = [
    "",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https://evil.example",
    "https:evil.example",
    "javascript:alert(1)",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r\nSet-Cookie: a=b",
    "\t//evil.example",
    " //evil.example",
    "/\x00/evil.example",
    "evil.example",
    "data:text/html,x",
    "//[::1",
    "/" + "x" * 3000,
]
HERE = ["/", "/courses/a/lessons/b?x=1#check-one", "/search?q=//evil.example", "/%2f/evil.example", "/people?q=Þ"]


@pytest.mark.parametrize("address", ELSEWHERE)
def test_an_address_that_leads_elsewhere_is_not_ours(address):
    assert not is_local(address)


@pytest.mark.parametrize("address", HERE)
def test_a_path_of_this_house_is_ours(address):
    assert is_local(address)


@on_sqlite
@pytest.mark.parametrize("address", ["//evil.example", "https://evil.example/", "/\\evil.example"])
def test_signing_in_sends_nobody_elsewhere(client, cast, address):
    assert enter(client, "ana@example.org", next=address).headers["Location"] == "/"


def test_signing_in_leads_back_to_where_one_was(client, cast):
    asked = client.get("/account?from=mail")
    assert asked.status_code == 302
    page = client.get(asked.headers["Location"])
    assert 'value="/account?from=mail"' in page.text
    assert enter(client, "ana@example.org", next="/account?from=mail").headers["Location"] == "/account?from=mail"


def test_the_light_is_kept_for_a_year_and_leads_back_here(client):
    from tests.conftest import token

    fields = {"csrf_token": token(client.get("/sign-in")), "theme": "dark", "next": "//evil.example"}
    answer = client.post("/theme", data=fields)
    assert answer.headers["Location"] == "/"
    assert client.get_cookie("theme").value == "dark"
    client.post("/theme", data={**fields, "theme": "system", "next": "/sign-in"})
    assert client.get_cookie("theme") is None
