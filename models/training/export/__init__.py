"""Adapters and merged weights in other people's formats."""
