"""Storage: the catalog in SQLite and the derived word, vector and token indexes."""

from typing import TYPE_CHECKING

from index.lazy import exports

if TYPE_CHECKING:
    from index.storage.catalog import Catalog
    from index.storage.migrations import migrate
    from index.storage.records import Holdings
    from index.storage.stores import Stores
    from index.storage.token_index import Tokens

__all__ = ["Catalog", "Holdings", "Stores", "Tokens", "migrate"]

__getattr__ = exports(
    __name__,
    {"Catalog": "catalog", "Holdings": "records", "Stores": "stores", "Tokens": "token_index", "migrate": "migrations"},
)
