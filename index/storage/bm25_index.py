"""The BM25 index: Tantivy over the words of passages, titles, publishers and dates."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import tantivy

from index.article import Article
from index.encoding.stemming import ANALYZER, analyzer
from index.filters import Filter, day_number, publisher_key

#: Changing what is indexed, or how words are cut, makes every word index stale.
WORD_RULES = "words-1"
_WRITER_BYTES = 64_000_000


@dataclass(frozen=True, slots=True)
class PassageWords:
    """One passage as the word index takes it."""

    number: int
    article: Article
    text: str


class WordIndex:
    """Tantivy on disk, in one folder. One process writes at a time; any number read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._schema = _schema()
        self._index = tantivy.Index(self._schema, path=str(folder), reuse=True)
        self._index.register_tokenizer(ANALYZER, analyzer())
        self._searcher = self._index.searcher()

    def refresh(self) -> None:
        """See what other processes have committed."""
        self._index.reload()
        self._searcher = self._index.searcher()

    def write(self, passages: Iterable[PassageWords], stale: Sequence[int] = ()) -> None:
        """Take in passages and drop the stale ones, in one commit; a passage taken in twice is there once."""
        writer = self._index.writer(_WRITER_BYTES, 1)
        writer.garbage_collect_files()  # what a killed writer left may have the name that a file of this one gets
        taken = list(passages)
        outdated = [*stale, *(passage.number for passage in taken)]
        if outdated:
            writer.delete_documents_by_query(tantivy.Query.term_set_query(self._schema, "number", outdated))
        for passage in taken:
            writer.add_document(_document(passage))
        writer.commit()
        writer.wait_merging_threads()
        self.refresh()

    def count(self) -> int:
        """How many passages the word index holds."""
        return int(self._searcher.num_docs)

    def numbers(self) -> set[int]:
        """Every passage number that the word index holds."""
        if not self.count():
            return set()
        return set(self.numbers_passing(Filter()))

    def passing(self, where: Filter) -> int:
        """How many passages pass a filter."""
        found = self._searcher.search(tantivy.Query.boolean_query(self._passes(where)), 1, count=True)
        return int(found.count or 0)  # type: ignore[attr-defined]  # missing in the stubs

    def numbers_passing(self, where: Filter) -> list[int]:
        """The passages that pass a filter."""
        return self._matching(self._passes(where), self.count())

    def passing_among(self, where: Filter, numbers: Sequence[int]) -> set[int]:
        """Those of the given passages that pass a filter."""
        among = tantivy.Query.term_set_query(self._schema, "number", list(numbers))
        return set(self._matching([(tantivy.Occur.Must, among), *self._passes(where)], len(numbers)))

    def _passes(self, where: Filter) -> list[tuple[tantivy.Occur, tantivy.Query]]:
        return [(tantivy.Occur.Must, each) for each in self._restrictions(where) or [tantivy.Query.all_query()]]

    def _matching(self, clauses: list[tuple[tantivy.Occur, tantivy.Query]], limit: int) -> list[int]:
        found = self._searcher.search(tantivy.Query.boolean_query(clauses), max(1, limit), count=False)
        values = self._searcher.fast_field_values("number", [address for _, address in found.hits])
        return [int(value) for value in values if value is not None]

    def document_frequency(self, stem: str) -> int:
        """How many passages hold this stem."""
        return int(self._searcher.doc_freq("text", stem))

    def terms(self, prefix: str) -> dict[str, int]:
        """The stems that begin with `prefix`, each with how many passages hold it, commonest first."""
        return dict(self._searcher.terms_with_prefix("text", prefix))

    def search(self, stems: Mapping[str, float], limit: int, where: Filter = Filter()) -> dict[int, float]:
        """The best `limit` passages for weighted stems: passage number -> BM25 score (above 0), best first."""
        return self._run(self._should(stems), limit, self._restrictions(where))

    def scores(self, stems: Mapping[str, float], numbers: Sequence[int]) -> dict[int, float]:
        """The BM25 scores of the given passages; those that hold none of the stems are left out."""
        if not numbers:
            return {}
        among = tantivy.Query.term_set_query(self._schema, "number", list(numbers))
        return self._run(self._should(stems), len(numbers), [among])

    def _should(self, stems: Mapping[str, float]) -> tantivy.Query:
        terms = []
        for stem, weight in stems.items():
            term = tantivy.Query.term_query(self._schema, "text", stem, "freq")
            terms.append((tantivy.Occur.Should, tantivy.Query.boost_query(term, weight)))
        return tantivy.Query.boolean_query(terms)

    def _restrictions(self, where: Filter) -> list[tantivy.Query]:
        restrictions = []
        if where.allowed:
            restrictions.append(tantivy.Query.term_set_query(self._schema, "publisher", sorted(where.allowed)))
        if where.refused:
            refused = tantivy.Query.term_set_query(self._schema, "publisher", sorted(where.refused))
            clauses = [(tantivy.Occur.Must, tantivy.Query.all_query()), (tantivy.Occur.MustNot, refused)]
            restrictions.append(tantivy.Query.boolean_query(clauses))
        if where.after is not None or where.before is not None:
            low, high = day_number(where.after), day_number(where.before)
            restrictions.append(
                tantivy.Query.range_query(
                    self._schema,
                    "published",
                    tantivy.FieldType.Integer,
                    1 if low is None else low,
                    date.max.toordinal() if high is None else high,
                )
            )
        return restrictions

    def _run(self, query: tantivy.Query, limit: int, restrictions: list[tantivy.Query]) -> dict[int, float]:
        clauses = [(tantivy.Occur.Must, query)]
        clauses += [(tantivy.Occur.Must, tantivy.Query.const_score_query(each, 0.0)) for each in restrictions]
        found = self._searcher.search(tantivy.Query.boolean_query(clauses), max(1, limit), count=False)
        numbers = self._searcher.fast_field_values("number", [address for _, address in found.hits])
        pairs = zip(numbers, found.hits, strict=True)
        return {int(number): float(score) for number, (score, _) in pairs if number is not None}


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("number", indexed=True, fast=True)
    builder.add_integer_field("published", indexed=True, fast=True)
    builder.add_text_field("publisher", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("text", tokenizer_name=ANALYZER, index_option="freq")
    return builder.build()


def _document(passage: PassageWords) -> tantivy.Document:
    article = passage.article
    document = tantivy.Document()
    document.add_unsigned("number", passage.number)
    day = day_number(article.published)
    if day is not None:
        document.add_integer("published", day)
    document.add_text("publisher", publisher_key(article.publisher))
    document.add_text("text", "\n".join([article.title, article.publisher or "", *_spelled(article), passage.text]))
    return document


def _spelled(article: Article) -> list[str]:
    """The date as questions write it: 2026-02-18, and 18 February 2026."""
    if article.published is None:
        return []
    day = article.published.date() if isinstance(article.published, datetime) else article.published
    return [day.isoformat(), f"{day.day} {day:%B} {day.year}"]
