"""The graph that is exported: TensorFlow nodes with their attributes, and the constants that they read.

Every step after lowering works on a `Graph`: `fold` simplifies it, `quantise` changes how its constants are
stored, `interpret` runs it in PyTorch, and `graph_model` writes it for TensorFlow.js.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import numpy as np


@dataclass
class Node:
    """A TensorFlow operation with a single output. `inputs` are names of nodes, constants or placeholders."""

    name: str
    op: str
    inputs: list[str]
    attributes: dict[str, Any] = field(default_factory=dict)


@dataclass
class Constant:
    """A constant tensor. `array`: its values after decoding. `storage`: how the file holds them.

    "float32" and "int32" are plain. "float16" needs values that float16 holds exactly. "uint8" needs whole
    numbers from -128 to 127 (written plus 128, read with scale 1 and min -128).
    """

    array: np.ndarray
    storage: str


@dataclass
class Graph:
    """Placeholders, constants and nodes (in an order in which they can run), and the named outputs.

    `inputs` and `outputs` map a name to its shape in TensorFlow.js, -1 for the batch. Every output is an
    Identity node of that name, and all later nodes read it, so that it can also be fed as an input.
    """

    inputs: dict[str, list[int]] = field(default_factory=dict)
    outputs: dict[str, list[int]] = field(default_factory=dict)
    nodes: dict[str, Node] = field(default_factory=dict)
    constants: dict[str, Constant] = field(default_factory=dict)

    def unique(self, name: str) -> str:
        """`name`, or `name_1`, `name_2` and so on where it is taken."""
        taken = self.nodes.keys() | self.constants.keys() | self.inputs.keys()
        candidate, count = name, 0
        while candidate in taken:
            count += 1
            candidate = f"{name}_{count}"
        return candidate

    def add(self, name: str, op: str, inputs: list[str], **attributes: Any) -> str:
        """Appends a node. Gives its unique name."""
        name = self.unique(name)
        self.nodes[name] = Node(name, op, inputs, attributes)
        return name

    def add_constant(self, name: str, array: np.ndarray) -> str:
        """Adds a float32 or int32 constant and gives its name.

        An equal constant is shared: any equal number or int32 tensor, or an equal tensor of the same name.
        """
        integer = np.issubdtype(array.dtype, np.integer)
        array = np.ascontiguousarray(array, dtype=np.int32 if integer else np.float32).reshape(array.shape)
        for known, constant in self.constants.items():
            comparable = (
                integer or array.ndim == 0 or known.startswith(name)
            ) and constant.array.dtype == array.dtype
            if comparable and np.array_equal(constant.array, array):
                return known
        name = self.unique(name)
        self.constants[name] = Constant(array, "int32" if integer else "float32")
        return name

    def readers(self) -> Counter[str]:
        """How often each name is read."""
        return Counter(name for node in self.nodes.values() for name in node.inputs)

    def prune(self) -> None:
        """Drops the nodes and constants that no output needs."""
        needed, open_names = set(), list(self.outputs)
        while open_names:
            name = open_names.pop()
            if name not in needed:
                needed.add(name)
                open_names += self.nodes[name].inputs if name in self.nodes else []
        self.nodes = {name: node for name, node in self.nodes.items() if name in needed}
        self.constants = {name: constant for name, constant in self.constants.items() if name in needed}
