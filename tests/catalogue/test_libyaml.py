"""Courses are read with the C library; without it nothing starts, and a sentence says what to do."""

import pytest
import yaml

from app import create_app
from core.config import WrongSetting
from tests.conftest import settings_for


def test_without_libyaml_the_start_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setattr(yaml, "__with_libyaml__", False)
    with pytest.raises(WrongSetting, match=r"without libyaml.*pip install"):
        create_app(settings_for(tmp_path))


def test_texts_are_read_with_libyaml():
    from catalogue.schema.reading import QuickLoader

    assert issubclass(QuickLoader, yaml.CSafeLoader)
