"""What an operator says about mail servers and proxies, and what becomes of a slip."""

import pytest

from core.config import WrongSetting, read_settings
from core.outside import mail_server_at


def settings_from(tmp_path, **given):
    return read_settings({"INSTANCE_DIR": str(tmp_path / "instance"), **given})


@pytest.mark.parametrize(
    ("url", "host", "port", "tls", "user", "password"),
    [
        ("smtp://mail.example.org", "mail.example.org", 587, False, None, None),
        ("smtps://mail.example.org", "mail.example.org", 465, True, None, None),
        ("smtp://ann:s%40crt@mail.example.org:25", "mail.example.org", 25, False, "ann", "s@crt"),
        ("smtp://[::1]:2525", "::1", 2525, False, None, None),
    ],
)
def test_a_mail_server_is_one_address(url, host, port, tls, user, password):
    server = mail_server_at(url)
    assert (server.host, server.port, server.tls, server.user, server.password) == (host, port, tls, user, password)


def test_a_mail_servers_password_is_never_shown():
    assert "hidden-word" not in repr(mail_server_at("smtp://ann:hidden-word@mail.example.org"))


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("SMTP_URL", "mail.example.org", "must begin with smtp://"),
        ("SMTP_URL", "smtp://", "names no mail server"),
        ("SMTP_URL", "smtp://ann:hidden-word@mail.example.org:99999", "port"),
        ("MAIL_FROM", "Study\nBcc: everybody@example.org", "one e-mail address"),
        ("TRUSTED_PROXIES", "10.0.0.0/8, the-proxy", "'the-proxy'"),
        ("TRUSTED_PROXIES", "*", "no network address"),
    ],
)
def test_a_slip_stops_the_start_with_a_sentence_that_tells_no_password(tmp_path, name, value, says):
    with pytest.raises(WrongSetting) as caught:
        settings_from(tmp_path, **{name: value})
    assert name in caught.value.message
    assert says in caught.value.message
    assert "hidden-word" not in caught.value.message


def test_mail_comes_from_the_host_that_people_know(tmp_path):
    assert settings_from(tmp_path, BASE_URL="https://study.example.org").mail_from == "handover@study.example.org"
    assert settings_from(tmp_path, MAIL_FROM="study@example.org").mail_from == "study@example.org"
