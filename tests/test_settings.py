from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError


def test_defaults_serve_this_machine_only() -> None:
    settings = Settings.from_environment()
    assert (settings.host, settings.port, settings.index) == ("127.0.0.1", 8000, Path("index"))


def test_environment_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOI_PORT", "9000")
    monkeypatch.setenv("HOI_INDEX", "elsewhere")
    settings = Settings.from_environment()
    assert (settings.port, settings.index) == (9000, Path("elsewhere"))


def test_override_wins_and_none_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOI_PORT", "9000")
    monkeypatch.setenv("HOI_HOST", "0.0.0.0")
    settings = Settings.from_environment(port="9001", host=None)
    assert (settings.port, settings.host) == (9001, "0.0.0.0")


def test_blank_variable_is_no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOI_PORT", "  ")
    assert Settings.from_environment().port == 8000


@pytest.mark.parametrize("port", ["abc", "-1", "65536", "80.5", "٨٠"])
def test_bad_port_is_named(monkeypatch: pytest.MonkeyPatch, port: str) -> None:
    monkeypatch.setenv("HOI_PORT", port)
    with pytest.raises(SettingsError, match="HOI_PORT phải là số"):
        Settings.from_environment()


@pytest.mark.parametrize("value", ["0", "-1", "1.5", "nhiều", "9" * 13])
def test_bad_number_is_named(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("HOI_LLM_TIMEOUT", value)
    with pytest.raises(SettingsError, match="HOI_LLM_TIMEOUT phải là số nguyên từ 1"):
        Settings.from_environment()


def test_numbers_are_read_as_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOI_LLM_TOKENS_A_DAY", "0")
    monkeypatch.setenv("HOI_LLM_TIMEOUT", "7")
    settings = Settings.from_environment()
    assert (settings.llm_tokens_a_day, settings.llm_timeout) == (0, 7)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HOI_STATE", "state.sqlite"),
        ("HOI_CHROMA_URL", "localhost:8000"),
        ("HOI_PUBLIC_URL", "ftp://x"),
        ("HOI_PUBLIC_URL", "http://["),
    ],
)
def test_bad_url_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=name):
        Settings.from_environment()


@pytest.mark.parametrize("name", ["HOI_PROXIES", "HOI_ASKS_PER_MINUTE"])
@pytest.mark.parametrize("value", ["nhiều", "-1", "1.5", "9" * 5000])
def test_bad_count_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=f"{name} phải là số"):
        Settings.from_environment()


@pytest.mark.parametrize("value", ["*", "none", "https://xa.example.vn", "https://a.vn:8443 https://*.b.gov.vn"])
def test_origins_that_may_embed(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("HOI_EMBED_ORIGINS", value)
    assert Settings.from_environment().embed_origins == value


@pytest.mark.parametrize("value", ["https://a.vn; script-src *", "a.vn", "https://a.vn, https://b.vn", "* none"])
def test_origins_cannot_carry_another_rule(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("HOI_EMBED_ORIGINS", value)
    with pytest.raises(SettingsError, match="HOI_EMBED_ORIGINS"):
        Settings.from_environment()


def test_settings_are_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Settings().port = 1  # type: ignore[misc]


@pytest.mark.parametrize("field", [f.name for f in dataclasses.fields(Settings)])
def test_every_setting_is_explained_in_the_readme(field: str) -> None:
    readme = Path(__file__).parent.parent.joinpath("README.md").read_text(encoding="utf-8")
    assert f"| `HOI_{field.upper()}` |" in readme
