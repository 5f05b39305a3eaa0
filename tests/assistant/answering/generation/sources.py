"""A short article on made-up talks, as the sources that a model writes from."""

from assistant.checking.source import Source
from index.article import Article
from index.encoding.chunking import sentences

TEXT = (
    "Prime Minister Ingrid Halvorsen of Norland said the talks were “frank and useful.” "
    "She added that her country would not give up the dam. "
    "The Sudland delegation was led by Marco Bellini, a retired admiral. "
    "Nearly forty engineers came with him. "
    "The next meeting will be held in Porto Sereno."
)
ARTICLE = Article(id="river", title="Dam talks", text=TEXT, source="/news/river.txt", publisher="Vesterby Post")
SOURCES = tuple(Source(n, ARTICLE, a, b) for n, (a, b) in enumerate(sentences(TEXT), start=1))
