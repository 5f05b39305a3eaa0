"""Trial of a language model: whether it answers, how quick it is, and how many of its sentences stand on the brief."""

import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rich.table import Table

from assistant.answering.generation import open_model
from assistant.answering.generation.client import ModelError, close_model, streamed
from assistant.answering.generation.judge import judge_model, says_yes
from assistant.engine import Engine
from assistant.request import Request
from assistant.settings import Settings
from index.encoding import Encoder
from index.progress import Progress

#: Asked of the brief that ships with Talks.
QUESTIONS = (
    "Who headed the Russian team?",
    "What do Kyiv and Moscow largely agree on?",
    "What was left open about the nuclear plant?",
    "What did Medinsky say about further rounds?",
    "Who led the delegation of Kyiv?",
    "Where was the previous round held?",
    "What did Witkoff report on X?",
    "Which subjects remained unsettled?",
)
_GREETING = [("system", "You answer in plain English."), ("human", "Name the seven days of the week, in order.")]
_YES = [("system", "You answer with one word, yes or no."), ("human", "Is Monday a day of the week?")]


@dataclass(frozen=True, slots=True)
class Trial:
    """What a trial of a language model came to.

    `failure` says why it does not answer, "" where it does; then the figures tell. `first` is the seconds to its first
    word, and `pace` the words a second from there on. Of `questions`, `written` were answered in its words, in
    `seconds` in all. It wrote `sentences`, of which `stand` as written or written once more. `checker` is the second
    judge's name where there is one, and `judges` whether that says yes where it must.
    """

    model: str
    failure: str = ""
    first: float = 0.0
    pace: float = 0.0
    questions: int = 0
    written: int = 0
    seconds: float = 0.0
    sentences: int = 0
    stand: int = 0
    checker: str | None = None
    judges: bool | None = None


def try_model(
    settings: Settings, encoder: Encoder | None = None, watch: Callable[[Progress], object] = lambda done: None
) -> Trial:
    """Try the model that the settings name on the brief, in a library of its own.

    Raises SettingError where the settings name none, or it cannot be opened.
    """
    name = settings.model or ""
    model = open_model(settings)
    try:
        first, pace = _quickness(lambda: streamed(model, _GREETING, settings.model_timeout))
    except ModelError as error:
        return Trial(name, failure=f"{str(error).rstrip('.')}.", checker=settings.checker)
    finally:
        close_model(model)
    judges = _judges(settings) if settings.checker else None
    written = sentences = stand = 0
    with (
        tempfile.TemporaryDirectory(prefix="talks-trial-", ignore_cleanup_errors=True) as folder,
        Engine(folder, encoder=encoder, settings=settings.on_this_machine()) as engine,
    ):
        engine.load()
        began = time.monotonic()
        for done, question in enumerate(QUESTIONS, start=1):
            answer = engine.ask(Request.of(question))
            written += answer.mode == "written"
            if answer.checks is not None:
                sentences += answer.checks.sentences
                stand += answer.checks.kept + answer.checks.rewritten
            watch(Progress(done, len(QUESTIONS), question))
        seconds = time.monotonic() - began
    return Trial(name, "", first, pace, len(QUESTIONS), written, seconds, sentences, stand, settings.checker, judges)


def table(trial: Trial) -> Table:
    """A trial as a table."""
    rows = Table(box=None, pad_edge=False, show_header=False)
    rows.add_row("model", trial.model)
    if trial.failure:
        rows.add_row("does it answer?", f"no: {trial.failure}")
        return rows
    rows.add_row("does it answer?", "yes")
    rows.add_row("seconds to the first word", f"{trial.first:.1f}")
    rows.add_row("words a second, from there on", f"{trial.pace:.0f}")
    rows.add_row("seconds a question on the brief", f"{trial.seconds / trial.questions:.1f}")
    rows.add_row("sentences that it wrote", str(trial.sentences))
    share = f" ({trial.stand / trial.sentences:.0%})" if trial.sentences else ""
    rows.add_row("of these, stand", f"{trial.stand}{share}")
    rows.add_row("answers in its words", f"{trial.written} of {trial.questions}")
    if trial.checker:
        rows.add_row("second judge", f"{trial.checker}: {'serves' if trial.judges else 'does not serve'}")
    return rows


def _quickness(ask: Callable[[], Iterator[str]]) -> tuple[float, float]:
    """Seconds to the first word, and words a second from there on. Raises ModelError where none comes."""
    began = time.monotonic()
    first, text = 0.0, ""
    for piece in ask():
        first = first or time.monotonic() - began
        text += piece
    if not text.strip():
        raise ModelError("The model gave no answer")
    spent = time.monotonic() - began - first
    words = len(text.split())
    return first, words / spent if spent > 0 else float(words)


def _judges(settings: Settings) -> bool:
    model = judge_model(settings)
    try:
        return says_yes("".join(streamed(model, _YES, settings.model_timeout)))
    except ModelError:
        return False
    finally:
        close_model(model)
