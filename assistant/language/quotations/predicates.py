"""Cue detection: the verbs of a sentence that tell of speech or thought, each with whoever does it."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.language.quotations.cues import AUXILIARIES, BE, CLAUSAL, LEMMA, SPEECH
from assistant.language.quotations.phrases import Clause, agent, first_subject, following, is_cue, subject
from index.aliases import Span


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb at token `at`, and the tokens of whoever it tells of.

    `behind` where it stands behind or amid what is said; `strong` where it is a verb of speech, or words follow.
    """

    at: int
    phrase: Span
    behind: bool
    strong: bool


def cues_of(sentence: Clause) -> list[Cue]:
    """The verbs of a sentence that tell of speech or thought, in its order."""
    found: list[Cue] = []
    for at, lower in enumerate(sentence.lower):
        if (
            lower == "according"
            and at + 2 < len(sentence)
            and sentence.lower[at + 1] == "to"
            and not sentence.quoted[at]
        ):
            who = following(sentence, at + 2, whole=True)
            if who is not None:
                found.append(Cue(at, who, at > 0, True))
            continue
        if lower in {"put", "puts"} and sentence.lower[at + 1 : at + 2] == ("it",) and not sentence.quoted[at]:
            who = subject(sentence, at)  # "as Holt put it"
            found += [] if who is None else [Cue(at, who, True, True)]
            continue
        if lower not in LEMMA or not is_cue(sentence, at):
            continue
        cue = _cue(sentence, at, found)
        if cue is not None:
            found.append(cue)
    return found


def _cue(sentence: Clause, at: int, before: Sequence[Cue]) -> Cue | None:
    lower = sentence.lower
    lemma = LEMMA[lower[at]]
    following_word = lower[at + 1] if at + 1 < len(lower) else ""
    behind = at > 0 and (sentence.quoted[at - 1] or lower[at - 1] in {",", "”", '"', "’", "'"})
    clausal = following_word in {"that", ":", "how", "why", "what", "whether"} or (
        at + 1 < len(lower) and (sentence.quoted[at + 1] or following_word in {"“", '"'})
    )
    strong = (lemma in SPEECH and lemma not in CLAUSAL) or clausal
    if lemma in SPEECH and (behind or at == 0) and lower[at] != "to" and not lower[at].endswith("ing"):
        who = following(sentence, at + 1)
        if who is not None and (behind or at == 0) and not (lower[at - 1] == "," and subject(sentence, at)):
            return Cue(at, who, True, True)
    if _passive(sentence, at):
        who = subject(sentence, at) if following_word == "as" or lemma in {"quote", "cite"} else agent(sentence, at)
        return None if who is None else Cue(at, who, False, strong)
    if lower[at].endswith("ing") and not (at and lower[at - 1] in BE | AUXILIARIES):
        if before:
            return None  # "…, he said, adding that": the same goes on
        who = first_subject(sentence)
        if who is None or who[0] >= at:
            comma = next((i for i in range(at, len(lower)) if lower[i] == "," and not sentence.quoted[i]), len(lower))
            who = first_subject(sentence, comma)  # "Citing the letter, she said"
        return None if who is None else Cue(at, who, False, strong)
    who = subject(sentence, at)
    if who is None:
        return None
    last = all(
        not word[0].isalnum() or quoted
        for word, quoted in zip(sentence.words[at + 1 :], sentence.quoted[at + 1 :], strict=True)
    )
    inserted = who[0] > 0 and (sentence.quoted[who[0] - 1] or lower[who[0] - 1] in {",", "”", '"'})
    return Cue(at, who, (last or inserted) and who[0] > 1, strong)


def _passive(sentence: Clause, at: int) -> bool:
    lower = sentence.lower
    if lower[at].endswith("ing"):
        return False
    before = at - 1
    while before >= 0 and (lower[before] in AUXILIARIES or lower[before].endswith("ly")):
        if lower[before] in BE and lower[before] not in {"'s", "’s"}:
            return True
        before -= 1
    return False


def chosen_of(cues: Sequence[Cue], sentence: Clause) -> Cue | None:
    """The verb that the sentence hangs on: the first, unless one stands behind or amid all that is said."""
    if not cues:
        return None
    spoken = [each for each in cues if each.strong and _lemma(sentence, each) in SPEECH]
    ahead = [each for each in spoken if not each.behind]
    behind = [each for each in spoken if each.behind]
    if behind and (not ahead or behind[0].at < ahead[0].at or behind[-1].at >= len(sentence) - 4):
        return behind[0] if not ahead or behind[0].at < ahead[0].at else behind[-1]
    finite = [each for each in cues if not sentence.lower[each.at].endswith("ing") or each.strong]
    return (finite or cues)[0]


def _lemma(sentence: Clause, cue: Cue) -> str:
    word = sentence.lower[cue.at]
    return "say" if word in {"according", "put", "puts"} else LEMMA.get(word, "")
