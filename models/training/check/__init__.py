"""A second implementation held against the product's engine."""
