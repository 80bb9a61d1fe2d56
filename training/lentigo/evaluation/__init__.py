"""What a network is worth: measured in plain numpy, on predictions of sides that it never learned from."""
