"""The small models that read sentences and check them, with their weights. May import index.encoding."""
