"""Language: words, names, quantities, subjects and quotation attribution of English sentences."""
