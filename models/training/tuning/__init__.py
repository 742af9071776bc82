"""Training an adapter: a loop that can be killed at any moment, its saves, its log, its judge and its plot."""
