"""The chat page: it shows what `assistant` and `index` do, and decides nothing about answers."""
