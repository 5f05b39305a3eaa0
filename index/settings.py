"""The settings that the library needs, from the environment: TALKS_HOME and TALKS_EMBEDDING_MODEL."""

from pathlib import Path

from pydantic import ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from index.embedding import DEFAULT_MODEL
from index.errors import SettingError


class LibrarySettings(BaseSettings):
    """Where the library lies, and which encoder it is made with.

    >>> LibrarySettings.read().embedding_model
    'all-MiniLM-L6-v2'
    """

    model_config = SettingsConfigDict(env_prefix="TALKS_", frozen=True, extra="ignore")

    home: Path | None = None
    """The library's folder; the platform's user data folder where there is none."""

    embedding_model: str = DEFAULT_MODEL
    """A sentence-transformers model by name, or a folder that holds one."""

    @field_validator("embedding_model")
    @classmethod
    def _named(cls, value: str) -> str:
        if not value.strip():
            raise ValueError("it is empty")
        return value.strip()

    @classmethod
    def read(cls) -> "LibrarySettings":
        """The settings as they are now. Raises SettingError, which names the one that is wrong."""
        try:
            return cls()
        except ValidationError as error:
            first = error.errors()[0]
            name = "TALKS_" + str(first["loc"][0]).upper()
            raise SettingError(
                f"The setting {name} cannot be used ({first['msg'].removeprefix('Value error, ')}): "
                "change it or unset it."
            ) from error
