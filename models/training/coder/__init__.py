"""The coder: a Qwen2 of any size, its base weights, an adapter beside them, and how the engine rounds both."""
