"""Quotation attribution: who says which words of an article, in what office, and how."""
