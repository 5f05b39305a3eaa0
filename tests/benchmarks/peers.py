"""What Talks is measured against: LangChain's retrievers on the same passages, and the least that any of them does.

The collection that they share has Chroma's default graph, and the embeddings that the made library has.
"""

import shutil
import sys
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import chromadb
from chromadb.config import Settings
from langchain_chroma import Chroma
from langchain_classic.retrievers import EnsembleRetriever
from langchain_community.retrievers import BM25Retriever
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from sentence_transformers import SentenceTransformer

from index.home import Home
from index.storage.catalog import Catalog
from index.storage.vectors.local import VectorsOnDisk

#: Passages that a retriever is asked for.
WANTED = 10
#: From this size on, BM25Retriever's plain Python lists need more memory than a desktop has.
MOST_FOR_BM25 = 200_000
#: What a passage takes on the disk in the others' collection, and what must stay free beside it.
BYTES, ROOM = 12_000, 5_000_000_000


class BareEncoder(Embeddings):
    """`SentenceTransformer.encode` with its defaults, as langchain-huggingface calls it."""

    def __init__(self, folder: Path) -> None:
        self.model = SentenceTransformer(str(folder), device="cpu")

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """The vectors of several texts."""
        return [[float(value) for value in row] for row in self.model.encode(texts)]

    def embed_query(self, text: str) -> list[float]:
        """The vector of one text."""
        return self.embed_documents([text])[0]


class Peers:
    """The systems over one made library, each as a function of a question."""

    def __init__(self, home: Home, encoder: BareEncoder, *, up_to: float = float("inf")) -> None:
        """Of a library of more than `up_to` passages there are none: filling their collection takes long."""
        self.systems: dict[str, Callable[[str], Any]] = {}
        self._client: Any = None
        count = self._count(home)
        if count > up_to:
            return
        if not (home.folder / "peer").exists() and shutil.disk_usage(home.folder).free < ROOM + BYTES * count:
            print(f"No room on the disk for the others' collection of {count:,} passages.", file=sys.stderr)
            return
        client = chromadb.PersistentClient(str(home.folder / "peer"), settings=Settings(anonymized_telemetry=False))
        self._client = client
        store = Chroma("peer", encoder, client=client)
        self._collection: Any = client.get_collection("peer")
        if self._collection.count() < count:
            self._fill(home)
        dense = store.as_retriever(search_kwargs={"k": WANTED})
        self.systems |= {
            "floor": lambda question: self._bare(encoder, question),
            "Chroma retriever": dense.invoke,
        }
        if count <= MOST_FOR_BM25:
            words = BM25Retriever.from_documents(list(self._documents(home)), k=WANTED)
            both = EnsembleRetriever(retrievers=[words, dense], weights=[0.5, 0.5])
            self.systems["EnsembleRetriever"] = both.invoke

    def close(self) -> None:
        """Let go of the collection."""
        if self._client is not None:
            self._client.close()

    def _bare(self, encoder: BareEncoder, question: str) -> Any:
        vector = encoder.model.encode([question])
        return self._collection.query(query_embeddings=vector, n_results=WANTED, include=["distances"])

    def _count(self, home: Home) -> int:
        catalog = Catalog(home.catalog)
        count = int(catalog.db.execute("SELECT COUNT(*) FROM passages").fetchone()[0])
        catalog.close()
        return count

    def _documents(self, home: Home) -> Iterator[Document]:
        catalog = Catalog(home.catalog)
        select = "SELECT id, text FROM articles ORDER BY id"
        for article, text in catalog.db.execute(select):
            for row in catalog.passages_of_article(article):
                yield Document(text[row.start : row.end], id=str(row.number), metadata={"article": article})
        catalog.close()

    def _fill(self, home: Home) -> None:
        vectors = VectorsOnDisk(home.vectors / "1")
        documents = self._documents(home)
        while some := list(islice(documents, 5_000)):
            held = vectors.vectors([int(str(each.id)) for each in some])
            self._collection.upsert(
                ids=[str(each.id) for each in some],
                embeddings=[held[int(str(each.id))] for each in some],
                documents=[each.page_content for each in some],
                metadatas=[each.metadata for each in some],
            )
        vectors.close()
