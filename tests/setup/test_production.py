"""Production starts with all its secrets or not at all, and Django's own check finds nothing to say."""

import importlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests.architecture.source import ROOT

MODULE = "investreview.settings.production"


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    for folder in ("media", "uploads", "static"):
        (tmp_path / folder).mkdir()
    return {
        "SECRET_KEY": "k9" * 20 + "0123456789abcdefghij",
        "VERIFICATION_KEY": "v7" * 20,
        "DRAW_KEY": "d3" * 25,
        "SECOND_FACTOR_KEY": "s5" * 25,
        "DATABASE_URL": f"sqlite:///{tmp_path}/p.sqlite3",
        "BROKER_URL": "redis://127.0.0.1:6379/0",
        "ALLOWED_HOSTS": "touzi.example.gov.cn",
        "SITE_URL": "https://touzi.example.gov.cn",
        "DATA_DIR": str(tmp_path),
    }


def load(monkeypatch: pytest.MonkeyPatch, environment: dict[str, str]) -> object:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delitem(sys.modules, MODULE, raising=False)
    module = importlib.import_module(MODULE)
    monkeypatch.delitem(sys.modules, MODULE)
    return module


@pytest.mark.parametrize(
    "name",
    [
        "SECRET_KEY",
        "VERIFICATION_KEY",
        "DRAW_KEY",
        "SECOND_FACTOR_KEY",
        "DATABASE_URL",
        "BROKER_URL",
        "ALLOWED_HOSTS",
        "SITE_URL",
        "DATA_DIR",
    ],
)
def test_a_missing_secret_stops_the_start_by_name(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], name: str
) -> None:
    with pytest.raises(ImproperlyConfigured, match=f"环境变量 {name} 未设置"):
        load(monkeypatch, {**environment, name: ""})


def test_production_has_no_demonstration_and_one_language(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str]
) -> None:
    settings = load(monkeypatch, environment)
    assert settings.ALLOW_DEMONSTRATION is False
    assert settings.DEBUG is False
    assert "investreview.demo" not in settings.INSTALLED_APPS
    assert [code for code, _ in settings.LANGUAGES] == ["zh-hans"]


def test_the_commission_may_turn_english_on(monkeypatch: pytest.MonkeyPatch, environment: dict[str, str]) -> None:
    settings = load(monkeypatch, {**environment, "LANGUAGE_SWITCH": "1"})
    assert [code for code, _ in settings.LANGUAGES] == ["zh-hans", "en"]


def test_deployment_check_is_clean(environment: dict[str, str]) -> None:
    command = [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"]
    result = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, **environment, "DJANGO_SETTINGS_MODULE": MODULE},
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stdout + result.stderr
