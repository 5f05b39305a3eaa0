"""Answer sentence selection, scores: the probability that a sentence answers the question."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.answering.question_types import Asked, asked
from assistant.answering.sentence_features import Evidence, Sentence
from assistant.language.attribution import told
from assistant.language.countries import country_of
from assistant.language.subjects import subject_of
from assistant.language.tokens import stems_of
from assistant.retrieval.candidates import Query
from index.article import Article
from index.encoding.chunking import sentences

# What each piece of evidence weighs, in logits: set by hand near a conditional logistic regression over the sentences
# of a question, on XQuAD, SQuAD 2.0, MultiHop-RAG and two small sets on the talks, and chosen with those sets in view.
# A regression that never saw a set finds that set's gold sentence among its first three about as often: within .02.
LATE = 7.0
LATE_BEFORE = 4.0
COVER = 2.0
COVER_BEFORE = 2.5
KIND = 1.7
SPEAKER = 2.5
DENSE = 5.0
PASSAGE = 4.0
#: Set by hand, so that who led for Kyiv does not answer who led for Russia; on the sets it changes next to nothing.
ELSEWHERE = -2.0

#: How much likelier a sentence is in which speaks whom the question asks about: "What did Rubio say about the truce?".
#: Set by hand: the sets ask so too seldom to tell.
HEARD = 4.0
#: The same where the question names nothing else (“What did Rubio say?”), so that only this tells what answers it.
HEARD_ON_ANYTHING = 200.0
#: How much likelier a sentence is in which acts whom the question asks about: "What does Kyiv want?".
ACTS = 2.0
#: The same where somebody else acts.
OTHERS_ACT = 0.5

#: So many of the likeliest sentences are looked at for who speaks and acts in them.
LOOKED_AT = 16

Likelihoods = NDArray[np.float64]


def likelihoods(evidence: Iterable[Evidence]) -> Likelihoods:
    """How likely each sentence is the one that answers, shape (sentences,), summing to 1."""
    logits = np.array([_logit(each) for each in evidence], dtype=np.float64)
    shares = np.exp(logits - logits.max())
    return np.asarray(shares / shares.sum())


def likely(query: Query, found: Sequence[Sentence]) -> Likelihoods:
    """The same, with who speaks and who acts in the likeliest of them; `found` holds at least one."""
    shares = likelihoods(sentence.evidence for sentence in found)
    wanted = asked(query.text)
    speaker, actor = speaker_of(wanted), actor_of(wanted)
    order = np.argsort(-shares, kind="stable")[:LOOKED_AT]
    nothing_else = not query.stems.keys() - stems_of(f"{wanted.speaker} {wanted.verb}")
    weight = HEARD_ON_ANYTHING if nothing_else else HEARD
    for at in order if speaker else ():
        if speaks_in(found[at].article, found[at].led_from, found[at].end, speaker):
            shares[at] *= weight
    for at in order if actor else ():
        subject = subject_in(found[at])
        shares[at] *= ACTS if subject & actor else OTHERS_ACT if subject else 1
    return np.asarray(shares / shares.sum())


def _logit(evidence: Evidence) -> float:
    return (
        LATE * evidence.late
        + LATE_BEFORE * evidence.late_before
        + COVER * evidence.cover
        + COVER_BEFORE * evidence.cover_before
        + KIND * evidence.kind
        + SPEAKER * evidence.speaker
        + DENSE * evidence.dense
        + PASSAGE * evidence.passage
        + ELSEWHERE * evidence.elsewhere
    )


def speaker_of(wanted: Asked) -> frozenset[str]:
    """The words that name whose words are asked for; a country has none, as not all who speak for it go by its name."""
    return frozenset(word.lower() for word in wanted.speaker.split() if word[:1].isupper() and not country_of(word))


def actor_of(wanted: Asked) -> frozenset[str]:
    """What names whom the question asks to have done something: the last word of a name, or a country."""
    names = [word for word in wanted.actor.split() if word[:1].isupper()]
    return frozenset({country_of(names[-1]) or names[-1].lower()} if names else ())


def speaks_in(article: Article, start: int, end: int, speaker: frozenset[str]) -> bool:
    """Does whom these words name speak in the last of the sentences from `start` to `end`?"""
    texts = [article.text[start + from_ : start + to] for from_, to in sentences(article.text[start:end])]
    return bool(texts) and any(said.who & speaker for said in told(texts[-1], texts[:-1]))


def subject_in(sentence: Sentence) -> frozenset[str]:
    """Who is the subject of the sentence, or of the one that it leads back to."""
    led = sentence.article.text[sentence.led_from : sentence.start]
    return subject_of(led if led.strip() else sentence.text)
