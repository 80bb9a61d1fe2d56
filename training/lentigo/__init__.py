"""The training side of Lentigo. pyproject.toml (importlinter) has the order of its rooms."""
