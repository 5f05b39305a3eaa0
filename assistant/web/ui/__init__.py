"""The web page: it shows what `assistant` and `index` do, and decides nothing about answers itself."""
