"""Passages are spans of whole sentences, and no word of an article is in none."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.encoding.chunking import MOST_WORDS, cut, sentences
from index.encoding.encoder import Encoder

SENTENCE = "The delegates of both countries met again in the old town hall on the lake."
QUOTED = "“We came to listen. We will come again,” the minister said. Nobody else spoke."


def words(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(r"\S+", text)]


def test_a_quotation_of_two_sentences_stays_whole() -> None:
    spans = sentences(QUOTED)
    assert [QUOTED[a:b] for a, b in spans] == [QUOTED[:59], "Nobody else spoke."]


def test_short_paragraphs_are_gathered_into_one_passage() -> None:
    text = "\n\n".join([SENTENCE] * 4)
    assert [(p.start, p.end) for p in cut(text, words, 256)] == [(0, len(text))]


def test_a_paragraph_that_fits_is_never_cut() -> None:
    paragraphs = [" ".join([SENTENCE] * count) for count in (3, 9, 6, 12, 2, 7)]
    text = "\n\n".join(paragraphs)
    ends = {p.end for p in cut(text, words, 256)}
    borders = {match.start() for match in re.finditer("\n\n", text)} | {len(text)}
    assert ends <= borders


def test_a_long_paragraph_is_cut_between_sentences_and_the_sentence_before_the_cut_is_repeated() -> None:
    text = " ".join(f"{SENTENCE[:-1]} number {i}." for i in range(40))
    passages = cut(text, words, 256)
    assert len(passages) > 2
    for before, after in pairwise(passages):
        assert after.sentences[0] == before.sentences[-1]
    assert all(len(text[p.start : p.end].split()) <= MOST_WORDS for p in passages)


def test_a_sentence_longer_than_the_encoder_reads_is_cut_at_spaces() -> None:
    text = "word " * 700 + "end."
    passages = cut(text, words, 256)
    assert all(len(text[p.start : p.end].split()) <= 256 for p in passages)
    assert sum(len(text[p.start : p.end].split()) for p in passages) == 701


def test_a_passage_of_the_real_encoder_is_read_to_its_end(encoder: Encoder) -> None:
    text = "\n\n".join(" ".join([f"Zaporizhzhia negotiator Wojciechowski-{i} disagreed."] * 9) for i in range(12))
    for passage in cut(text, encoder.pieces, encoder.limit):
        encoded = encoder.encode([text[passage.start : passage.end]])[0]
        assert encoded.spans[-1][1] == passage.end - passage.start


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from("ab. ?!“”\n’é漢") | st.characters(codec="utf-8"), max_size=400))
def test_every_word_of_any_text_lies_in_a_sentence_of_a_passage(text: str) -> None:
    covered = set()
    for passage in cut(text, words, 20):
        assert passage.start == passage.sentences[0][0]
        assert passage.end == passage.sentences[-1][1]
        for start, end in passage.sentences:
            assert passage.start <= start < end <= passage.end
            covered |= set(range(start, end))
    assert all(i in covered for i, character in enumerate(text) if not character.isspace())


@pytest.mark.parametrize("hostile", ["." * 30_000, "(" * 30_000, "a." * 15_000, "“" * 20_000])
def test_text_without_sentences_is_cut_all_the_same(hostile: str) -> None:
    assert cut(hostile, words, 256)[-1].end == len(hostile)
