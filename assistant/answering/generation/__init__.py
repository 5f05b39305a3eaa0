"""Generation: an answer in the words of a language model, each sentence checked before it is shown."""

from typing import TYPE_CHECKING

from index.lazy import exports

if TYPE_CHECKING:
    from assistant.answering.generation.client import open_model
    from assistant.answering.generation.context import material
    from assistant.answering.generation.opened import LanguageModels
    from assistant.answering.generation.query_rewriting import standalone
    from assistant.answering.generation.writer import write

__all__ = ["LanguageModels", "material", "open_model", "standalone", "write"]

__getattr__ = exports(
    __name__,
    {
        "LanguageModels": "opened",
        "material": "context",
        "open_model": "client",
        "standalone": "query_rewriting",
        "write": "writer",
    },
)
