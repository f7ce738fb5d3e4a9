"""Measures the product: one table, every figure beside its reference and its ceiling."""
