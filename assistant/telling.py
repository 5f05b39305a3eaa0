"""What the checks of a written answer came to, in plain words."""

from assistant.answer import Answer, Checks

CHECKED = "Checked"
QUOTED = "In the articles’ own words"


def mark(answer: Answer) -> str:
    """How an answer stands to its sources, in a few words; nothing where no model was asked for it.

    >>> mark(Answer("Talks ended. [1]", True, mode="written", checks=Checks(sentences=1, kept=1)))
    'Checked'
    """
    if answer.checks is None or not answer.answered:
        return ""
    return CHECKED if answer.mode == "written" else QUOTED


def outcome(checks: Checks) -> str:
    """What became of the model's sentences, in one sentence.

    >>> outcome(Checks(sentences=4, kept=2, replaced=1, removed=1))
    'The model wrote 4 sentences: 2 stand as written, 1 gave way to the article’s own words, 1 was left out.'
    """
    wrote = _counted(checks.sentences, "sentence", "sentences")
    if checks.sentences and checks.kept == checks.sentences:
        return f"The model wrote {wrote}, and {'it stands' if checks.sentences == 1 else 'all stand'} as written."
    parts = [
        f"{_counted(checks.kept, 'stands', 'stand')} as written" * bool(checks.kept),
        f"{_counted(checks.rewritten, 'stands', 'stand')} after being written once more" * bool(checks.rewritten),
        f"{checks.replaced} gave way to the article’s own words" * bool(checks.replaced),
        f"{_counted(checks.removed, 'was', 'were')} left out" * bool(checks.removed),
    ]
    told = ", ".join(part for part in parts if part)
    return f"The model wrote {wrote}{': ' if told else ''}{told}."


def _counted(count: int, one: str, more: str) -> str:
    return f"{count} {one if count == 1 else more}"
