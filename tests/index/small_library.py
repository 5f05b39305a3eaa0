"""Three short articles, and what a library of them lists."""

from index import Index

TALKS = "Delegates met in Geneva on Tuesday. They parted without an accord, the mediator said."
BRIDGE = "The bridge at Kamenka reopened on Friday. Engineers had worked on it for nine weeks."
HARVEST = "Farmers near Odesa expect a poor harvest. Rain came too late, their union said."


def titles(index: Index) -> list[str]:
    return sorted(article.title for article in index.articles())
