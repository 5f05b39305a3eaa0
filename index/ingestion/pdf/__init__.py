"""PDF: the layout of a page becomes running text, sentence by sentence as a reader of the page reads it."""
