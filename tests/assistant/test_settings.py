"""Every setting has one place that counts, and what cannot be used is said in one sentence with its origin."""

from pathlib import Path

import pytest

from assistant.settings import Settings
from index.errors import SettingError


@pytest.fixture
def settings_file(home_of_its_own: Path) -> Path:
    """A settings file in the home."""
    file = home_of_its_own / "talks.toml"
    file.write_text("port = 8001\nlog_level = 'info'\n", encoding="utf-8")
    return file


def sentence(**flags: object) -> str:
    with pytest.raises(SettingError) as caught:
        Settings.read(**flags)
    said = str(caught.value)
    assert said.endswith(".") or said.endswith("?")
    assert "\n" not in said
    return said


def test_the_defaults_keep_the_page_on_this_machine() -> None:
    settings = Settings.read()
    assert (settings.host, settings.port, settings.share) == ("127.0.0.1", 7860, False)
    assert settings.log_questions is False


def test_flag_before_environment_before_file_before_default(
    settings_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Settings.read().port == 8001
    monkeypatch.setenv("TALKS_PORT", "8002")
    assert Settings.read().port == 8002
    assert Settings.read(port=8003).port == 8003
    assert Settings.read(port=None).port == 8002
    assert Settings.read().log_level == "info"


def test_a_named_settings_file_is_read_and_no_other(
    settings_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = tmp_path / "mine.toml"
    named.write_text("host = '::1'\n", encoding="utf-8")
    monkeypatch.setenv("TALKS_SETTINGS", str(named))
    settings = Settings.read()
    assert (settings.host, settings.port) == ("::1", 7860)


def test_the_settings_file_may_lie_in_the_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "talks.toml").write_text("port = 8004\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert Settings.read().port == 8004


def test_a_home_given_as_a_flag_is_where_its_settings_file_is_looked_for(settings_file: Path, tmp_path: Path) -> None:
    (tmp_path / "talks.toml").write_text("port = 8005\n", encoding="utf-8")
    assert Settings.read(home=tmp_path).port == 8005


def test_an_empty_variable_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TALKS_PORT", "")
    assert Settings.read().port == 7860


def test_an_unknown_variable_is_refused_and_the_nearest_name_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TALKS_PROT", "8000")
    assert sentence() == "The environment variable TALKS_PROT is not known to Talks: did you mean TALKS_PORT?"


def test_an_unknown_name_like_no_other_gets_all_known_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TALKS_XYZZYQ", "1")
    said = sentence()
    assert "TALKS_XYZZYQ" in said
    assert "TALKS_HOME" in said


def test_an_unknown_name_in_the_file_is_refused_with_the_file(settings_file: Path) -> None:
    settings_file.write_text("embeding_model = 'x'\n", encoding="utf-8")
    said = sentence()
    assert f"embeding_model in {settings_file}" in said
    assert "did you mean embedding_model?" in said


def test_an_unknown_flag_is_refused() -> None:
    assert "--prot" in sentence(prot=8000)


def test_a_wrong_value_names_the_setting_and_where_it_came_from(
    settings_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings_file.write_text("port = 'many'\n", encoding="utf-8")
    assert f"The setting port in {settings_file} cannot be used" in sentence()
    monkeypatch.setenv("TALKS_PORT", "70000")
    assert "The setting TALKS_PORT from the environment cannot be used" in sentence()
    assert "The setting --port cannot be used" in sentence(port=-1)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("log_level", "loud"),
        ("share", "perhaps"),
        ("host", " "),
        ("title", " "),
        ("embedding_model", " "),
        ("model", "llama3.2"),
        ("model", "ollama:"),
        ("model_url", "localhost:11434"),
        ("model_timeout", "0"),
        ("model_price_in", "-1"),
        ("model_price_out", "cheap"),
    ],
)
def test_other_wrong_values_are_sentences_too(name: str, value: str) -> None:
    assert name.replace("_", "-") in sentence(**{name: value})


def test_a_file_that_is_no_toml_is_refused_with_its_name(settings_file: Path) -> None:
    settings_file.write_text("port: 8000\n", encoding="utf-8")
    assert str(settings_file) in sentence()
    settings_file.write_bytes(b"\xff\xfe\x00")
    assert str(settings_file) in sentence()


def test_a_named_settings_file_that_is_not_there_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TALKS_SETTINGS", "/no/such/file.toml")
    assert "/no/such/file.toml" in sentence()
