"""Vector storage in Chroma, in a folder or on a server."""

from typing import TYPE_CHECKING

from index.lazy import exports

if TYPE_CHECKING:
    from index.storage.vectors.base import VectorIndex
    from index.storage.vectors.client import ChromaAddress, ChromaServer
    from index.storage.vectors.local import VectorsOnDisk
    from index.storage.vectors.remote import VectorsOnServer

__all__ = ["ChromaAddress", "ChromaServer", "VectorIndex", "VectorsOnDisk", "VectorsOnServer"]

__getattr__ = exports(
    __name__,
    {
        "ChromaAddress": "client",
        "ChromaServer": "client",
        "VectorIndex": "base",
        "VectorsOnDisk": "local",
        "VectorsOnServer": "remote",
    },
)
