import os

import pytest

from core.config import WrongSetting, read_settings


def settings_from(tmp_path, **given):
    return read_settings({"INSTANCE_DIR": str(tmp_path / "instance"), **given})


def test_without_any_setting_the_data_lives_in_a_file_beside_the_product(tmp_path):
    assert settings_from(tmp_path).database_url == f"sqlite:///{tmp_path}/instance/handover.sqlite"


def test_folders_may_be_named_from_where_one_stands(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert read_settings({"INSTANCE_DIR": "data"}).instance_dir == tmp_path / "data"


def test_a_postgresql_address_gets_the_driver_that_we_ship(tmp_path):
    settings = settings_from(tmp_path, DATABASE_URL="postgresql://me@db/handover")
    assert settings.database_url == "postgresql+psycopg://me@db/handover"
    assert not settings.on_sqlite


@pytest.mark.parametrize(
    ("name", "value", "names"),
    [
        ("DATABASE_URL", "mysql://nobody", "postgresql://"),
        ("SIGN_UP", "sometimes", "open or invitation"),
        ("HANDOVER_DEMO", "perhaps", "write 1"),
        ("BASE_URL", "study.example.org", "https://study.example.org"),
        ("CONTENT_DIR", "/no/such/folder", "CONTENT_DIR"),
        ("SECRET_KEY", "short", "too short"),
    ],
)
def test_a_wrong_value_stops_the_start_with_a_sentence(tmp_path, name, value, names):
    with pytest.raises(WrongSetting) as caught:
        settings_from(tmp_path, **{name: value})
    assert names in caught.value.message


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(WrongSetting, match="cannot be written to"):
        read_settings({"INSTANCE_DIR": str(tmp_path / "file" / "instance")})


def test_the_demo_keeps_its_own_secret_for_its_user_alone(tmp_path):
    first = settings_from(tmp_path, HANDOVER_DEMO="1")
    assert first.secret_key == settings_from(tmp_path, HANDOVER_DEMO="1").secret_key
    assert os.stat(tmp_path / "instance" / "secret-key").st_mode & 0o077 == 0


def test_outside_the_demo_no_secret_is_invented(tmp_path):
    assert settings_from(tmp_path).secret_key is None


def test_cookies_travel_only_encrypted_where_the_address_is_https(tmp_path):
    assert settings_from(tmp_path, BASE_URL="https://study.example.org").secure_cookies
    assert not settings_from(tmp_path).secure_cookies
