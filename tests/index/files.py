"""Files to be read, and what is said of those that cannot be."""

from pathlib import Path

import pytest

from index.errors import ArticleError
from index.ingestion.parsing import read_article


def saved(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def the_error(path: Path | str, data: bytes | None = None, content_type: str | None = None) -> str:
    with pytest.raises(ArticleError) as caught:
        read_article(path, data, content_type=content_type)
    sentence = str(caught.value)
    assert "\n" not in sentence and sentence.endswith(".")
    return sentence
