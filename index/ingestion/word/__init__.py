"""Word: the final text of a document, with all of its parts."""
