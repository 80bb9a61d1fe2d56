"""The data sets: tables, splits, images, and the batches that training and evaluation read."""
