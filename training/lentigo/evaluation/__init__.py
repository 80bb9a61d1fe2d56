"""Measures trained networks on splits that they never learned from, and exports the networks that ship."""
