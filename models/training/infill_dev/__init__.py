"""Makes infill-dev-six: places in files that no training has seen, for a model to fill in, by the recipe of infill-dev."""
