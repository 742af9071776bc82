"""A smaller sibling: the coder with fewer layers and tokens, healed by distillation from the whole one, as a complete model that needs no download."""
