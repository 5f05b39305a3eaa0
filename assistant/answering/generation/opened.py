"""The language models of one assistant: the one that writes, and the second judge, each opened when first needed."""

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from assistant.answering.generation.judge import Judge
    from assistant.settings import Settings


class LanguageModels:
    """Opens the models that settings name; safe among threads.

    >>> LanguageModels(Settings.read()).writer() is None  # doctest: +SKIP
    True
    """

    def __init__(self, settings: "Settings", given: "BaseChatModel | None" = None) -> None:
        """`given` writes in place of the model that the settings name."""
        self._settings = settings
        self._opening = threading.Lock()
        self._given = given
        self._writer: BaseChatModel | None = None
        self._judge: BaseChatModel | None = None

    def writer(self) -> "BaseChatModel | None":
        """The model that writes; None where answers are quotes. Raises SettingError where it cannot be opened."""
        if self._given is not None:
            return self._given
        with self._opening:
            if self._writer is None and self._settings.model:
                from assistant.answering.generation.client import open_model

                self._writer = open_model(self._settings)
        return self._writer

    def judge(self) -> "Judge | None":
        """A second judge for one answer; None where the settings name none. Raises SettingError as `writer` does."""
        if not self._settings.checker:
            return None
        from assistant.answering.generation.judge import ModelJudge, judge_model

        with self._opening:
            if self._judge is None:
                self._judge = judge_model(self._settings)
        return ModelJudge(self._judge, self._settings.model_timeout)

    def load(self) -> None:
        """Open the models now, so that the first question does not wait for them, and a wrong setting is told."""
        if self.writer() is not None:
            self.judge()

    def close(self) -> None:
        """Let go of the models that were opened."""
        for model in (self._writer, self._judge):
            if model is not None:
                from assistant.answering.generation.client import close_model

                close_model(model)
