"""Addresses as identities: a front page or a section is no article's own."""

from dataclasses import replace

import pytest

from index.article import Article
from index.ingestion.addresses import address_key, host_of, is_articles_own
from index.ingestion.deduplication import url_key

SAVED = Article("", "Old lock opens again", "The lock is open.", "/news/lock.html")


@pytest.mark.parametrize(
    "url",
    [
        "https://canal.example",
        "https://canal.example/",
        "https://canal.example/en/",
        "https://canal.example/index.html",
        "https://canal.example/region/",
        "https://canal.example/news/world?utm_source=mail",
        "//",
        "no address",
    ],
)
def test_a_front_page_or_a_section_is_no_articles_address(url: str) -> None:
    assert not is_articles_own(url, SAVED.title)
    assert url_key(replace(SAVED, url=url)) is None


@pytest.mark.parametrize(
    "url",
    [
        "https://canal.example/region/old-lock-opens",
        "https://canal.example/a/4711",
        "https://canal.example/?p=88",
        "https://canal.example/lock",
    ],
)
def test_a_slug_a_number_or_a_word_of_the_title_is_an_articles_address(url: str) -> None:
    assert is_articles_own(url, SAVED.title)
    assert url_key(replace(SAVED, url=url)) is not None


def test_an_address_that_a_reader_gave_is_believed() -> None:
    assert url_key(replace(SAVED, source="pasted", url="https://canal.example/")) == "https://canal.example"
    fetched = "https://canal.example/live"
    assert url_key(replace(SAVED, source=fetched, url=fetched)) == fetched


@pytest.mark.parametrize("tracking", ["utm_campaign=x", "fbclid=1", "at_medium=rss", "ref=home", "smid=tw", "mc_cid=2"])
def test_a_tracking_variant_is_the_same_address(tracking: str) -> None:
    assert address_key(f"https://canal.example/a?id=3&{tracking}") == "https://canal.example/a?id=3"


@pytest.mark.parametrize(
    "variant",
    [
        "https://www.canal.example/region/old-lock-opens",
        "http://m.canal.example/region/old-lock-opens/",
        "https://www.canal.example:443/region/old-lock-opens",
        "https://amp.canal.example/region/old-lock-opens",
        "https://canal.example/amp/region/old-lock-opens",
        "https://canal.example/region/amp/old-lock-opens",
        "https://canal.example/region/old-lock-opens/amp/",
        "https://canal.example/region/old-lock-opens.amp",
        "https://canal.example/region/old-lock-opens?amp",
        "https://canal.example/region/old-lock-opens?amp=1&m=1",
        "https://canal.example/region/old-lock-opens?outputType=amp",
        "https://canal-example.cdn.ampproject.org/c/s/www.canal.example/region/old-lock-opens?amp=1",
        "https://www.google.com/amp/s/www.canal.example/region/old-lock-opens",
    ],
)
def test_an_edition_for_one_device_is_the_same_address(variant: str) -> None:
    assert address_key(variant) == "https://canal.example/region/old-lock-opens"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://canal.example/amp", "https://canal.example/"),
        ("https://canal.example/stamp", "https://canal.example/st"),
        ("https://canal.example/a?m=3", "https://canal.example/a"),
        ("https://m.example/a", "https://example/a"),
        ("https://ru.canal.example/a1", "https://canal.example/a1"),
    ],
)
def test_what_only_looks_like_an_edition_is_an_address_of_its_own(one: str, other: str) -> None:
    assert address_key(one) != address_key(other)


def test_a_host_is_told_without_what_stands_before_it() -> None:
    assert host_of("https://www.canal.example/a") == host_of("http://m.canal.example") == "canal.example"
    assert host_of("canal") is None
