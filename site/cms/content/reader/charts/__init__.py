"""Charts as SVG, drawn on the server: geometry here, markup in ``templates/content/charts``."""
