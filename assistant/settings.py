"""All settings of Talks in one tree: from flags, the environment, a settings file, or the defaults."""

import os
import tomllib
from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from index.errors import SettingError
from index.home import Home
from index.settings import LibrarySettings

PREFIX = "TALKS_"
#: Names the settings file; itself no setting, as a file cannot say where it lies.
FILE_VARIABLE = "TALKS_SETTINGS"
FILE_NAME = "talks.toml"

LogLevel = Literal["debug", "info", "warning", "error"]

# pydantic-settings asks a class, not a call, for its sources; this hands the call's file over.
_file: ContextVar[Path | None] = ContextVar("settings file", default=None)


class Settings(LibrarySettings):
    """Everything that can be set, each by flag, environment, file or default, in this order.

    >>> Settings.read(port=8000).port
    8000

    A setting `port` is `--port` as a flag, `TALKS_PORT` in the environment and `port = 8000` in the settings file: the
    one that TALKS_SETTINGS names, else `talks.toml` in the library's home, else in the working folder.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, frozen=True, extra="forbid")

    host: str = "127.0.0.1"
    """The address that the page is served on."""

    port: int = Field(default=7860, ge=0, le=65_535)
    """The port that the page is served on; 0 takes a free one."""

    share: bool = False
    """Whether to open the page to the internet by a tunnel."""

    log_level: LogLevel = "warning"
    """From which weight on events are written to the log."""

    log_questions: bool = False
    """Whether questions and answers may be written to the log; without it they never are."""

    model: str | None = None
    """The language model that writes the answers, as "provider:name"; without one, answers are made of quotes."""

    model_url: str | None = None
    """The address of the server that the model runs on, where it is not the provider's own."""

    model_timeout: float = Field(default=60.0, gt=0, le=3_600)
    """How long an answer may take to write, in seconds; past it, it comes in quotes."""

    @field_validator("model")
    @classmethod
    def _provided(cls, value: str | None) -> str | None:
        provider, colon, name = (value or "").strip().partition(":")
        if value is not None and not (provider.strip() and colon and name.strip()):
            raise ValueError("write it as provider:name, such as ollama:llama3.2")
        return None if value is None else value.strip()

    @field_validator("model_url")
    @classmethod
    def _served(cls, value: str | None) -> str | None:
        if value is not None and not value.strip().lower().startswith(("http://", "https://")):
            raise ValueError("it begins with neither http:// nor https://")
        return None if value is None else value.strip()

    @field_validator("host")
    @classmethod
    def _addressed(cls, value: str) -> str:
        if not value.strip():
            raise ValueError("it is empty")
        return value.strip()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Flags, then the environment, then the settings file."""
        file = _file.get()
        found = (TomlConfigSettingsSource(settings_cls, file),) if file is not None else ()
        return (init_settings, env_settings, *found)

    @classmethod
    def read(cls, **flags: Any) -> "Settings":
        """The settings as they are now; flags that are None count as not given.

        Raises SettingError: one sentence that names the setting and where it came from.
        """
        given = {name: value for name, value in flags.items() if value is not None}
        known = set(cls.model_fields)
        for name in given:
            _refuse_unknown(name, known, f"The flag {_flag(name)}", _flag)
        for variable in sorted(os.environ):
            if variable.upper().startswith(PREFIX) and variable.upper() != FILE_VARIABLE:
                name = variable[len(PREFIX) :].lower()
                _refuse_unknown(name, known, f"The environment variable {variable}", _variable)
        file = _settings_file(given)
        if file is not None:
            for name in _in_file(file):
                _refuse_unknown(name, known, f"The setting {name} in {file}", str)
        token = _file.set(file)
        try:
            return cls(**given)
        except ValidationError as error:
            raise _wrong(error, given, file) from error
        finally:
            _file.reset(token)


def _flag(name: str) -> str:
    return "--" + name.replace("_", "-")


def _variable(name: str) -> str:
    return PREFIX + name.upper()


def _refuse_unknown(name: str, known: Iterable[str], what: str, spelled: Callable[[str], str]) -> None:
    known = sorted(known)
    if name in known:
        return
    near = get_close_matches(name, known, n=1, cutoff=0.5)
    hint = f"did you mean {spelled(near[0])}?" if near else f"those known are {', '.join(map(spelled, known))}."
    raise SettingError(f"{what} is not known to Talks: {hint}")


def _settings_file(flags: Mapping[str, Any]) -> Path | None:
    """The one settings file that counts."""
    named = os.environ.get(FILE_VARIABLE, "").strip()
    if named:
        path = Path(named).expanduser().absolute()
        if not path.is_file():
            raise SettingError(
                f"The settings file {path} ({FILE_VARIABLE}) is not there: correct its name or unset it."
            )
        return path
    places = (Home.find(flags.get("home")).folder, Path.cwd())
    return next((place / FILE_NAME for place in places if (place / FILE_NAME).is_file()), None)


def _in_file(file: Path) -> list[str]:
    """The names that the file sets."""
    try:
        return list(tomllib.loads(file.read_text(encoding="utf-8")))
    except OSError as error:
        raise SettingError(f"The settings file {file} cannot be read ({error.strerror}): check the file.") from error
    except ValueError as error:
        reason = str(error).splitlines()[0].rstrip(".")
        raise SettingError(f"The settings file {file} is not TOML ({reason}): write it like `port = 7860`.") from error


def _wrong(error: ValidationError, flags: Mapping[str, Any], file: Path | None) -> SettingError:
    """The sentence for the first value that cannot be used."""
    first = error.errors()[0]
    path = [str(part) for part in first["loc"]]
    name = path[0] if path else "settings"
    if name in flags:
        where, ending = _flag(name), "change it or leave it out"
    elif any(variable.upper() == _variable(name) and value for variable, value in os.environ.items()):
        where, ending = f"{_variable(name)} from the environment", "change it or unset it"
    else:
        where, ending = f"{'.'.join(path)} in {file}", "change it or delete it"
    reason = first["msg"].removeprefix("Value error, ")
    reason = reason[:1].lower() + reason[1:]
    return SettingError(f"The setting {where} cannot be used ({reason}): {ending}.")
