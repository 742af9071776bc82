"""Builds the corpus: pinned packages of seven registries, filtered file by file, in the same order each time."""
