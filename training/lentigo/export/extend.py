"""Adds an embedding to a graph that was exported without one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lentigo.export.graph import Constant, Graph
from lentigo.export.outputs import TINY

EMBEDDING = "embedding"


def pooled_features(graph: Graph) -> str:
    """The name of the image's pooled features: what the projection of the graph's `ood` output reads.

    Raises ValueError for a graph without that output.
    """
    name = "ood"
    while name in graph.nodes:
        node = graph.nodes[name]
        if "MatMul" in node.op:
            return node.inputs[0]
        name = node.inputs[0]
    raise ValueError("the graph has no out-of-distribution score, and so no known pooled features")


def with_embedding(graph: Graph, projection: np.ndarray, mean: np.ndarray) -> Graph:
    """The graph with an output `embedding` [n, d]: the same numbers as export.outputs.UnitEmbedding.

    projection: [d, c], stored as float16. mean: [c]. An embedding that the graph already has is replaced.
    """
    pooled = pooled_features(graph)
    extended = replace(
        graph,
        outputs={name: shape for name, shape in graph.outputs.items() if name != EMBEDDING},
        nodes=dict(graph.nodes),
        constants=dict(graph.constants),
    )
    extended.prune()
    half = projection.T.astype(np.float16).astype(np.float32)
    weight = extended.unique(f"{EMBEDDING}/weight")
    extended.constants[weight] = Constant(np.ascontiguousarray(half), "float16")
    offset = extended.add_constant(
        f"{EMBEDDING}/offset", -(mean.astype(np.float64) @ half).astype(np.float32)
    )
    axis = extended.add_constant(f"{EMBEDDING}/axis", np.array([1], np.int32))
    tiny = extended.add_constant(f"{EMBEDDING}/tiny", np.array(TINY, np.float32))
    product = extended.add(
        f"{EMBEDDING}/projected",
        "_FusedMatMul",
        [pooled, weight, offset],
        transpose_a=False,
        transpose_b=False,
        fused_ops=["BiasAdd"],
        num_args=1,
    )
    square = extended.add(f"{EMBEDDING}/square", "Square", [product])
    total = extended.add(f"{EMBEDDING}/sum", "Sum", [square, axis], keep_dims=True)
    above = extended.add(f"{EMBEDDING}/above_zero", "AddV2", [total, tiny])
    length = extended.add(f"{EMBEDDING}/one_by_length", "Rsqrt", [above])
    unit = extended.add(f"{EMBEDDING}/unit", "Mul", [product, length])
    extended.add(EMBEDDING, "Identity", [unit])
    extended.outputs[EMBEDDING] = [-1, len(projection)]
    return extended
