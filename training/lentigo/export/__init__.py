"""Exports a PyTorch network as a TensorFlow.js graph model."""
