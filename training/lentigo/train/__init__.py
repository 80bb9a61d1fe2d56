"""Trains a recipe: the loop, its losses, and the folder of a run."""
