"""The LangChain retriever over a Talks library."""

from datetime import date

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from assistant.answer import Passage, Retrieves
from index.article import article_info


class TalksRetriever(BaseRetriever):
    """Gives a question's passages as LangChain Documents, best first.

    >>> retriever = Assistant().as_retriever(k=3)  # doctest: +SKIP
    >>> retriever.invoke("Who led Russia's delegation?")[0].metadata["start"]

    A Document's `page_content` is the passage; its metadata holds `start` and `end` (characters of the article's
    text), `score` (0 to 1), and of the article `article_id`, `title`, `publisher`, `author`, `published` (ISO 8601),
    `url`, `language` and `source`, None where the article does not say.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    assistant: Retrieves
    k: int = 5
    publisher: str | tuple[str, ...] | None = None
    after: date | None = None
    before: date | None = None

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        found = self.assistant.retrieve(query, self.k, publisher=self.publisher, after=self.after, before=self.before)
        return [document(passage) for passage in found]


def document(passage: Passage) -> Document:
    """A passage as LangChain carries it."""
    about: dict[str, object] = {**article_info(passage.article)}
    about["article_id"] = about.pop("id")
    return Document(
        page_content=passage.text,
        metadata=about | {"start": passage.start, "end": passage.end, "score": passage.score},
    )
