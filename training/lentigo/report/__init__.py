"""What people read of a result: the card of a package, and docs/results.md."""
