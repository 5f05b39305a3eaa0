"""Language: words, names, quantities, subjects and quotation attribution of English sentences."""

from typing import TYPE_CHECKING

from index.lazy import exports

if TYPE_CHECKING:
    from assistant.language.attribution import voices
    from assistant.language.countries import countries_in
    from assistant.language.names import names_in
    from assistant.language.quantities import numbers
    from assistant.language.tokens import words_of

__all__ = ["countries_in", "names_in", "numbers", "voices", "words_of"]

__getattr__ = exports(
    __name__,
    {
        "countries_in": "countries",
        "names_in": "names",
        "numbers": "quantities",
        "voices": "attribution",
        "words_of": "tokens",
    },
)
