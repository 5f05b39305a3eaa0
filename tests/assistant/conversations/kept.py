"""An article, and answers from it that are kept in conversations."""

from datetime import date

from assistant.answer import Answer, Citation, Passage
from index.article import Article

TEXT = "The talks ended on Tuesday. Nobody signed anything. “We will be back,” the envoy said."
QUOTE = "Nobody signed anything."
ARTICLE = Article(
    "a1", "Talks end", TEXT, "/news/a.txt", "Daily", "Ann Ivy", date(2026, 2, 18), "https://news.example/a(1)"
)


def answer_from(article: Article, quote: str = QUOTE) -> Answer:
    start = article.text.index(quote)
    cited = Citation(1, quote, start, start + len(quote), article)
    near = Passage(article.text[:27], 0, 27, 0.75, article)
    return Answer(f"{quote} [1]", True, (cited,), (near,), notices=("One notice.",), generation=4)
