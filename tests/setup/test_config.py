"""What the environment says, read by settings/config.py."""

import stat
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from investreview.settings import config


def test_required_names_the_missing_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "  ")
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY"):
        config.required("SECRET_KEY", "签名")


def test_required_gives_the_text_without_surrounding_space(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITE_URL", " https://a.example ")
    assert config.required("SITE_URL", "地址") == "https://a.example"


@pytest.mark.parametrize(("text", "expected"), [("1", True), ("yes", True), ("ON", True), ("0", False), ("", False)])
def test_flag_reads_yes_and_no(monkeypatch: pytest.MonkeyPatch, text: str, expected: bool) -> None:
    monkeypatch.setenv("LANGUAGE_SWITCH", text)
    assert config.flag("LANGUAGE_SWITCH") is expected


def test_flag_refuses_another_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE_SWITCH", "perhaps")
    with pytest.raises(ImproperlyConfigured, match="LANGUAGE_SWITCH"):
        config.flag("LANGUAGE_SWITCH")


def test_number_refuses_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMAIL_PORT", "25a")
    with pytest.raises(ImproperlyConfigured, match="EMAIL_PORT"):
        config.number("EMAIL_PORT", 25)


def test_sqlite_address_opens_for_one_patient_writer() -> None:
    settings = config.database("sqlite:////srv/my%20data/x.sqlite3")
    assert settings == {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": "/srv/my data/x.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL",
        },
    }


def test_postgresql_address_is_read_part_by_part() -> None:
    settings = config.database("postgresql://us%40er:p%2Fw@db.example:5433/name?sslmode=require")
    assert {key: settings[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")} == {
        "NAME": "name",
        "USER": "us@er",
        "PASSWORD": "p/w",
        "HOST": "db.example",
        "PORT": "5433",
    }
    assert settings["OPTIONS"] == {**config.POSTGRES_OPTIONS, "sslmode": "require"}


def test_postgresql_address_adds_to_our_options_and_keeps_them() -> None:
    settings = config.database("postgresql:///name?options=-c%20lock_timeout%3D5s")
    assert settings["OPTIONS"] == {"options": f"{config.POSTGRES_OPTIONS['options']} -c lock_timeout=5s"}


def test_postgresql_address_may_name_a_socket() -> None:
    settings = config.database("postgresql:///name?host=/run/postgresql")
    assert (settings["HOST"], settings["NAME"]) == ("/run/postgresql", "name")


@pytest.mark.parametrize("url", ["mysql://a/b", "name", "oracle://x"])
def test_another_database_is_refused_by_name(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL"):
        config.database(url)


def test_file_broker_makes_its_folders(tmp_path: Path) -> None:
    url, options = config.broker(f"filesystem://{tmp_path}/broker")
    assert url == "filesystem://"
    assert options["polling_interval"] == 0.05
    assert sorted(each.name for each in (tmp_path / "broker").iterdir()) == ["control", "queue"]


@pytest.mark.parametrize("url", ["redis://h:6379/0", "rediss://h/0", "amqp://u:p@h//"])
def test_server_brokers_keep_their_address(url: str) -> None:
    assert config.broker(url)[0] == url


def test_another_broker_is_refused_by_name() -> None:
    with pytest.raises(ImproperlyConfigured, match="BROKER_URL"):
        config.broker("sqs://x")


def test_kept_secret_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    file = tmp_path / "new" / "secret"
    first = config.kept_secret(file)
    assert len(first) >= 64
    assert config.kept_secret(file) == first
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_minutes_are_read_by_word() -> None:
    assert config.minutes("PANEL:30, QUESTION: 10", "X") == {"PANEL": 30, "QUESTION": 10}
    assert config.minutes("", "X") == {}


@pytest.mark.parametrize("text", ["PANEL", "PANEL:", ":30", "PANEL:soon"])
def test_minutes_that_cannot_be_read_stop_the_start(text: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="MAIL_HOLD_MINUTES"):
        config.minutes(text, "MAIL_HOLD_MINUTES")
