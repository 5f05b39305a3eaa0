"""Any text at all: reading gives an article that keeps every promise, or one sentence, and takes time as text does."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.encoding.chunking import cut, sentences
from index.errors import ArticleError
from index.ingestion.normalising import clean, normalise, one_line
from index.ingestion.parsing import ARTICLE_SUFFIXES, read_article
from tests.index.ingestion.hostile_files import REPEATED

quick = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\ufeff\ud800-\udfff]")
AWKWARD = st.sampled_from(
    [
        "\x00",
        "\ud800",
        "\udfff",
        "\u202e",
        "\u2066",
        "\u200d",
        "\u00ad",
        "\ufeff",
        "\u0301",
        "\f",
        "\r",
        "\n",
        "\t",
        "---",
    ]
)
MARKUP = st.sampled_from(
    ["<p>", "</p>", "<article>", "<b", "&amp;", "&#x", "<!--", "]]>", "**", "[a](", "```", "> ", "- ", "| a |\n|--|\n"]
)
WORDS = st.lists(
    st.one_of(
        st.text(max_size=12), AWKWARD, MARKUP, st.sampled_from(["The U.S. left.", "“It ended.”", "Mr. Smith", "1."])
    ),
    max_size=40,
)
TEXT = st.builds(lambda words, gap: gap.join(words), WORDS, st.sampled_from(["", " ", "\n", "\n\n"]))


def pieces(text: str) -> list[tuple[int, int]]:
    return [found.span() for found in re.finditer(r"\w{1,5}|[^\w\s]", text)]


def keeps_its_promises(text: str) -> None:
    """The spans of passages and sentences are exact, and together leave nothing out."""
    text.encode("utf-8")
    assert UNSEEN.search(text) is None
    assert normalise(text) == text
    covered: set[int] = set()
    for passage in cut(text, pieces, 64):
        assert 0 <= passage.start < passage.end <= len(text) and passage.sentences
        covered |= set(range(passage.start, passage.end))
    assert all(place in covered or text[place].isspace() for place in range(len(text)))
    for start, end in sentences(text):
        assert text[start:end].strip() == text[start:end] != ""


def read(name: str, data: bytes) -> None:
    try:
        article = read_article(name, data)
    except ArticleError as error:
        assert name in str(error) and str(error).endswith(".") and "\n" not in str(error)
    else:
        assert article.title and UNSEEN.search(article.title) is None
        keeps_its_promises(article.text)


@pytest.mark.parametrize("suffix", ARTICLE_SUFFIXES)
@quick
@given(text=TEXT)
def test_any_text_under_any_ending_is_an_article_or_one_sentence(suffix: str, text: str) -> None:
    read("a" + suffix, text.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("suffix", ARTICLE_SUFFIXES)
@quick
@given(data=st.binary(max_size=400))
def test_any_bytes_under_any_ending_are_an_article_or_one_sentence(suffix: str, data: bytes) -> None:
    read("a" + suffix, data)


@quick
@given(text=TEXT)
def test_any_front_matter_is_taken_or_named(text: str) -> None:
    read("a.md", f"---\n{text}\n---\nIt ended.".encode("utf-8", "surrogatepass"))


@settings(quick, max_examples=300)
@given(text=TEXT)
def test_any_text_is_normalised_once_and_for_all(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once == clean(once)
    assert "\n" not in one_line(text)
    keeps_its_promises(once)


@quick
@given(name=st.text(min_size=1, max_size=60))
def test_any_name_of_a_file_is_shown_clean_and_leads_nowhere(name: str) -> None:
    try:
        title = read_article(name.replace("\x00", "") + ".txt", b"It ended.").title
    except ArticleError as error:
        title = str(error)
        assert title.endswith(".")
    assert title and UNSEEN.search(title) is None and "\n" not in title


@pytest.mark.parametrize("name", REPEATED)
def test_a_long_text_of_one_thing_is_cut_into_exact_passages(name: str) -> None:
    text = normalise(REPEATED[name] * (20_000 // len(REPEATED[name])))
    if text:
        keeps_its_promises(text)
