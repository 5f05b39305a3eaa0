"""Storage: the catalog in SQLite and the derived word, vector and token indexes."""
