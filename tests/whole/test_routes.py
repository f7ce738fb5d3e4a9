"""Every route, with every role and with nobody: who gets in is declared, and holds."""

import pytest
from werkzeug.routing import IntegerConverter

from accounts.permissions import EVERYONE, OPEN_ENDPOINTS, SIGNED_IN
from tests.conftest import CAST

VISITORS = (None, "ana", "mara", "ivo", "ada")
DENIED = {401, 403}


def rules(app):
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint not in OPEN_ENDPOINTS]


def address(rule, cast):
    values = {name: EXAMPLES.get(name, "nothing-of-this-name") for name in rule.arguments}
    for name, converter in rule._converters.items():
        if isinstance(converter, IntegerConverter):
            values[name] = cast["otto"].id
    return rule.build(values)[1]


EXAMPLES = {"course": "try-out", "lesson": "first", "question": "one", "token": "no-token", "path": "nowhere"}


def may(key, audience):
    if audience == EVERYONE:
        return True
    if key is None:
        return False
    return audience == SIGNED_IN or CAST[key][1] in audience


def test_every_route_is_declared(app):
    undeclared = [rule.endpoint for rule in rules(app) if not hasattr(app.view_functions[rule.endpoint], "audience")]
    assert undeclared == []


@pytest.mark.parametrize("key", VISITORS)
def test_every_route_opens_for_those_it_is_for_and_for_nobody_else(app, cast, sign_in, client, key):
    wrong = {}
    for rule in rules(app):
        audience = app.view_functions[rule.endpoint].audience
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
            visitor = sign_in(key) if key else client  # anew, for some doors sign one out
            status, denied = knock(visitor, method, address(rule, cast))
            if denied != (not may(key, audience)):
                wrong[f"{method} {rule.rule}"] = (status, sorted(audience))
    assert wrong == {}


def knock(visitor, method, url):
    """Return the status and whether the door was shut (401, 403, or a way to the sign-in page)."""
    data = {"csrf_token": fresh_token(visitor)} if method == "POST" else None
    response = visitor.open(url, method=method, data=data)
    asked_in = response.status_code == 302 and "/sign-in" in response.headers["Location"]
    return response.status_code, response.status_code in DENIED or asked_in


def fresh_token(visitor):
    with visitor.application.test_request_context():
        from flask import session
        from flask_wtf.csrf import generate_csrf

        token = generate_csrf()
        raw = session["csrf_token"]
    with visitor.session_transaction() as session:
        session["csrf_token"] = raw
    return token
