"""Ingestion: files and web pages become articles, parsed in a sandbox, without duplicates."""
