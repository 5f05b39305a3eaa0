"""Settings of the read side, from flags, environment, settings file or defaults. A new setting is a new field here."""

import os
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import Field, field_validator
from pydantic_settings import SettingsConfigDict

from index.errors import SettingError
from index.settings import FILE_VARIABLE, PREFIX, LibrarySettings, flag, names_in, settings_file, variable

LogLevel = Literal["debug", "info", "warning", "error"]


class Settings(LibrarySettings):
    """Everything that can be set, each by flag, environment, file or default, in this order.

    >>> Settings.read(port=8000).port
    8000

    A setting `port` is `--port` as a flag, `TALKS_PORT` in the environment and `port = 8000` in the settings file: the
    one that TALKS_SETTINGS names, else `talks.toml` in the library's home, else in the working folder.
    """

    model_config = SettingsConfigDict(extra="forbid")

    host: str = "127.0.0.1"
    """The address that the page is served on."""

    port: int = Field(default=7860, ge=0, le=65_535)
    """The port that the page is served on; 0 takes a free one."""

    hosts: str = ""
    """The names under which others open the page, where it is not only for this machine: "talks.example, talks"."""

    tls_cert: Path | None = None
    """The file with the page's certificate and its chain, so that it is served by https."""

    tls_key: Path | None = None
    """The file with the certificate's key."""

    behind_proxy: str = ""
    """The address of the proxy that speaks https for the page, and whose word on who asks is taken; or several."""

    questions_per_minute: int = Field(default=30, ge=1)
    """How often an account may ask in a minute."""

    additions_per_hour: int = Field(default=600, ge=1)
    """How many articles an account may add in an hour."""

    logins_per_minute: int = Field(default=20, ge=1)
    """How often anybody at one address may try to log in in a minute."""

    title: str = "Talks"
    """What the page calls itself: "The Ukraine desk"; it stands at the head of the page and of the login."""

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

    checker: str | None = None
    """A second language model, as "provider:name", that is asked whether the sources say each written sentence."""

    checker_url: str | None = None
    """The address of the server that it runs on, where it is not the provider's own."""

    model_price_in: float = Field(default=0.0, ge=0)
    """What a million word pieces cost that the model reads, in any currency; an evaluation adds up the cost by it."""

    model_price_out: float = Field(default=0.0, ge=0)
    """What a million word pieces cost that the model writes."""

    @field_validator("model", "checker")
    @classmethod
    def _provided(cls, value: str | None) -> str | None:
        provider, colon, name = (value or "").strip().partition(":")
        if value is not None and not (provider.strip() and colon and name.strip()):
            raise ValueError("write it as provider:name, such as ollama:llama3.2")
        return None if value is None else value.strip()

    @field_validator("model_url", "checker_url")
    @classmethod
    def _served(cls, value: str | None) -> str | None:
        if value is not None and not value.strip().lower().startswith(("http://", "https://")):
            raise ValueError("it begins with neither http:// nor https://")
        return None if value is None else value.strip()

    @field_validator("hosts", "behind_proxy")
    @classmethod
    def _listed(cls, value: str) -> str:
        if any(each in value for each in "/*@"):
            raise ValueError("write names or addresses alone, with commas between them")
        return ",".join(part.strip().lower() for part in value.split(",") if part.strip())

    @field_validator("title")
    @classmethod
    def _titled(cls, value: str) -> str:
        if not value.strip() or len(value) > 60:
            raise ValueError("write 1 to 60 characters")
        return " ".join(value.split())

    @field_validator("host")
    @classmethod
    def _addressed(cls, value: str) -> str:
        if not value.strip():
            raise ValueError("it is empty")
        return value.strip()

    @classmethod
    def read(cls, **flags: Any) -> Self:
        """The settings as they are now; flags that are None count as not given.

        Raises SettingError: one sentence that names the setting and where it came from.
        """
        given = {name: value for name, value in flags.items() if value is not None}
        known = set(cls.model_fields)
        for name in given:
            _refuse_unknown(name, known, f"The flag {flag(name)}", flag)
        for each in sorted(os.environ):
            if each.upper().startswith(PREFIX) and each.upper() != FILE_VARIABLE:
                _refuse_unknown(each[len(PREFIX) :].lower(), known, f"The environment variable {each}", variable)
        file = settings_file(given)
        if file is not None:
            for name in names_in(file):
                _refuse_unknown(name, known, f"The setting {name} in {file}", str)
        return super().read(**given)


def _refuse_unknown(name: str, known: Iterable[str], what: str, spelled: Callable[[str], str]) -> None:
    known = sorted(known)
    if name in known:
        return
    near = get_close_matches(name, known, n=1, cutoff=0.5)
    hint = f"did you mean {spelled(near[0])}?" if near else f"those known are {', '.join(map(spelled, known))}."
    raise SettingError(f"{what} is not known to Talks: {hint}")
