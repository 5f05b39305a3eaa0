"""Settings of the library, and where all settings are read: flags, then the environment, then the settings file."""

import os
import re
import tomllib
from collections.abc import Mapping
from contextvars import ContextVar
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from pydantic import SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from index.encoding.encoder import DEFAULT_MODEL
from index.errors import SettingError
from index.home import Home
from index.storage.vectors import ChromaAddress

PREFIX = "TALKS_"
#: The variable that names the settings file. It is no setting itself, as a file cannot say where it lies.
FILE_VARIABLE = "TALKS_SETTINGS"
FILE_NAME = "talks.toml"

# pydantic-settings asks a class, not a call, for its sources; this hands the call's file over.
_file: ContextVar[Path | None] = ContextVar("settings file", default=None)


class LibrarySettings(BaseSettings):
    """Where the library and its vectors lie, and which encoder it is made with.

    >>> LibrarySettings.read().embedding_model
    'all-MiniLM-L6-v2'
    """

    # Values are kept out of errors, as one of them is a token.
    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, frozen=True, extra="ignore", hide_input_in_errors=True
    )

    home: Path | None = None
    """The library's folder; the platform's user data folder where there is none."""

    embedding_model: str = DEFAULT_MODEL
    """A sentence-transformers model by name, or a folder that holds one."""

    chroma_url: str | None = None
    """The Chroma server that holds the vectors; without one they lie in the library's folder."""

    chroma_token: SecretStr | None = None
    """What the server asks for, sent as `Authorization: Bearer` and as `X-Chroma-Token`."""

    @field_validator("embedding_model")
    @classmethod
    def _named(cls, value: str) -> str:
        if not value.strip():
            raise ValueError("it is empty")
        return value.strip()

    @field_validator("chroma_url")
    @classmethod
    def _reached(cls, value: str | None) -> str | None:
        if value is None:
            return None
        value = value.strip().rstrip("/")
        parts = urlsplit(value)
        if parts.scheme.lower() not in ("http", "https"):
            raise ValueError("it begins with neither http:// nor https://")
        if parts.username is not None or parts.password is not None:
            raise ValueError("it holds a name or a password, and what lets Talks in belongs in TALKS_CHROMA_TOKEN")
        if not parts.hostname or parts.query or parts.fragment or re.search(r"\s", value):
            raise ValueError("write it as https://chroma.example or http://127.0.0.1:8000")
        _ = parts.port  # raises ValueError for an invalid port
        return value

    @field_validator("chroma_token")
    @classmethod
    def _sent(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not re.fullmatch(r"[!-~]+", value.get_secret_value()):
            raise ValueError("a token has letters, digits and signs of ASCII, and no spaces")
        return value

    @property
    def chroma(self) -> ChromaAddress | None:
        """The Chroma server that holds the vectors, None where they lie in the library's folder."""
        return None if self.chroma_url is None else ChromaAddress(self.chroma_url, self.chroma_token)

    def on_this_machine(self) -> Self:
        """The same settings for a library that lies in its folder whole."""
        return self.model_copy(update={"chroma_url": None, "chroma_token": None})

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
    def read(cls, **flags: Any) -> Self:
        """The settings as they are now; flags that are None count as not given.

        Raises SettingError: one sentence that names the setting and where it came from.
        """
        given = {name: value for name, value in flags.items() if value is not None}
        file = settings_file(given)
        if file is not None:
            names_in(file)
        token = _file.set(file)
        try:
            return cls(**given)
        except ValidationError as error:
            raise _wrong(error, given, file) from error
        finally:
            _file.reset(token)


def flag(name: str) -> str:
    """A setting as a flag."""
    return "--" + name.replace("_", "-")


def variable(name: str) -> str:
    """A setting as a variable of the environment."""
    return PREFIX + name.upper()


def settings_file(flags: Mapping[str, Any]) -> Path | None:
    """The one settings file that counts: that of TALKS_SETTINGS, or of the home, or of the working folder."""
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


def names_in(file: Path) -> list[str]:
    """The names that a settings file sets. Raises SettingError where it cannot be read."""
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
        where, ending = flag(name), "change it or leave it out"
    elif any(each.upper() == variable(name) and value for each, value in os.environ.items()):
        where, ending = f"{variable(name)} from the environment", "change it or unset it"
    else:
        where, ending = f"{'.'.join(path)} in {file}", "change it or delete it"
    reason = first["msg"].removeprefix("Value error, ")
    reason = reason[:1].lower() + reason[1:]
    return SettingError(f"The setting {where} cannot be used ({reason}): {ending}.")
