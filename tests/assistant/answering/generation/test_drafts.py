"""Drafts: how a model's text is cut into sentences, and what is taken from them before they are checked."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.generation.drafts import Draft, Drafted, flattened, numbers_in, says_nothing


def drafted(*pieces: str) -> list[Drafted]:
    draft = Draft()
    return [each for piece in pieces for each in draft.more(piece)] + list(draft.rest())


@pytest.mark.parametrize("step", [1, 2, 3, 7, 1000])
def test_sentences_come_out_the_same_however_they_stream_in(step: int) -> None:
    text = "The U.S. envoy met Mr. Smith. [1] “It went well. Very well,” he said [2][3]. "
    text += "Then\n\n- A list, too [4]\n- More."
    found = drafted(*(text[i : i + step] for i in range(0, len(text), step)))
    assert [(each.words, each.numbers) for each in found] == [
        ("The U.S. envoy met Mr. Smith.", (1,)),
        ("“It went well. Very well,” he said.", (2, 3)),
        ("Then", ()),
        ("A list, too", (4,)),
        ("More.", ()),
    ]


def test_a_sentence_comes_out_before_the_next_is_there() -> None:
    draft = Draft()
    assert list(draft.more("Talks ended. [1]")) == []  # a second marker may follow
    assert [each.text for each in draft.more(" N")] == ["Talks ended. [1]"]


def test_what_a_model_thinks_aloud_is_left_out() -> None:
    assert [each.words for each in drafted("<think>Hm. Let me see.", " So.</think>Talks ended. [1]")] == [
        "Talks ended."
    ]


@given(st.text(alphabet="aB1 .[]!?“”\n<>*_()#", max_size=60), st.integers(1, 9))
def test_any_text_is_cut_without_error_and_the_same_in_pieces(text: str, step: int) -> None:
    whole = "".join(each.words for each in drafted(text))
    parts = "".join(each.words for each in drafted(*(text[i : i + step] for i in range(0, len(text), step))))
    assert whole.replace(" ", "") == parts.replace(" ", "")


def test_initials_do_not_end_a_sentence() -> None:
    text = "President Donald J. Trump met J. D. Vance in the U. S. Senate. He left. 1. Talks ended."
    assert [each.words for each in drafted(text)] == [
        "President Donald J. Trump met J. D. Vance in the U. S. Senate.",
        "He left.",
        "Talks ended.",
    ]


def test_a_list_of_markers_leaves_nothing_behind() -> None:
    [each] = drafted("Talks ended on Friday [1], [2], and [3].")
    assert (each.words, each.numbers) == ("Talks ended on Friday.", (1, 2, 3))


@pytest.mark.parametrize(
    ("dressed", "plain"),
    [
        ("**Talks** _ended_ `today`.", "Talks ended today."),
        ("[Talks](https://evil.example/x) ended.", "Talks ended."),
        ("Talks ended. ![pixel](https://evil.example/p.png?q=1)", "Talks ended."),
        ("<img src=x onerror=alert(1)>Talks <b>ended</b>.", "Talks ended."),
        ("&lt;script&gt;alert(1)&lt;/script&gt;Talks ended.", "Talks ended."),
        ("See https://evil.example/a and www.evil.example now.", "See and now."),
        ("javascript:alert(1) ended", "ended"),
        ("### Talks ended", "Talks ended"),
        ("Ta\u200blks\u202e en\U000e0041ded.", "Talks ended."),
        ("<a href='https://evil.example'", ""),
        ("He forgave [the U.S.] at last [3].", "He forgave [the U.S.] at last [3]."),
    ],
)
def test_what_is_dressed_up_becomes_plain(dressed: str, plain: str) -> None:
    assert flattened(dressed) == plain


@given(st.text(max_size=200))
def test_no_link_image_or_tag_survives(text: str) -> None:
    plain = flattened(f"{text}[a](http://evil.example)<b>{text}![b](http://evil.example)")
    assert "http://" not in plain
    assert not re.search(r"<[a-z]", plain, re.IGNORECASE)


def test_numbers_are_read_in_the_forms_that_models_use() -> None:
    assert numbers_in("A [1], b [2, 3]; c [4-6] d 【7†x】 e [sentence 8] f [^9] but not [the U.S.] or (10)") == list(
        range(1, 10)
    )


def test_says_nothing_is_not_what_somebody_did_not_say() -> None:
    assert says_nothing("The provided sentences do not mention this.")
    assert not says_nothing("Bellini did not say when.")
