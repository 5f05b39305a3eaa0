"""Made-up pages for the tests of reading them."""

from index.article import Article
from index.ingestion.parsing import read_article

LEAD = "The lock keeper Ines Dorn stays in office; the water board meets again in Velden on 7 June."
BODY = (
    "The councils of Velden and Marsk agreed on Tuesday evening to open the old lock of the canal for barges again.",
    "Ines Dorn, who has kept the lock for eleven years, told the meeting that both gates had been mended since March.",
    "The mayor of Marsk, Piet Aland, warned that the dredging of the northern basin would take until late autumn.",
    "A barge of the brewery will be the first to pass, the councils said, with forty barrels and a brass band on deck.",
)


def paragraphs(*texts: str) -> str:
    """Each text as a paragraph of a page."""
    return "".join(f"<p>{text}</p>" for text in texts)


def page(body: str | None = None, *, head: str = "", title: str = "Old lock opens again", above: str = "") -> bytes:
    """A page with this in its head and body; without `body` an article with its headline."""
    if body is None:
        body = f"<article><h1>Old lock opens again</h1>{above}{paragraphs(*BODY)}</article>"
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f"<body>{body}</body></html>"
    ).encode()


def read(body: str | None = None, *, head: str = "", title: str = "Old lock opens again", above: str = "") -> Article:
    """The article in a page made of these."""
    return read_article("lock.html", page(body, head=head, title=title, above=above))


def lines(article: Article) -> list[str]:
    """Its paragraphs."""
    return article.text.split("\n\n")
