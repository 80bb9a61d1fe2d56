"""Reads a graph model that `graph_model` wrote, to measure or extend a package without its run."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from lentigo.export.graph import Constant, Graph, Node

_TYPE_ATTRIBUTES = ("T",)  # written for TensorFlow.js alone


_DECODE: dict[str, Callable[[Any], Any]] = {
    "b": bool,
    "i": int,
    "f": float,
    "s": lambda text: base64.b64decode(text).decode(),
}


def read_graph_model(folder: Path) -> Graph:
    """The graph of `<folder>/model.json` and its weights. `write_graph_model` writes the same files again.

    Raises FileNotFoundError without the files, ValueError for a model that this exporter did not write.
    """
    path = folder / "model.json"
    if not path.is_file():
        raise FileNotFoundError(f"no package in {folder}: model.json is missing")
    model = json.loads(path.read_text(encoding="utf-8"))
    if model.get("convertedBy") != "lentigo.export":
        raise ValueError(f"{path}: was not written by lentigo export")
    manifest = model["weightsManifest"][0]
    data = b"".join((folder / shard).read_bytes() for shard in manifest["paths"])
    signature = model["signature"]
    return Graph(
        {name: _shape(info) for name, info in signature["inputs"].items()},
        {name: _shape(info) for name, info in signature["outputs"].items()},
        {
            node["name"]: _node(node)
            for node in model["modelTopology"]["node"]
            if node["op"] not in ("Placeholder", "Const")
        },
        _constants(manifest["weights"], data),
    )


def _shape(info: dict[str, Any]) -> list[int]:
    return [int(dim["size"]) for dim in info["tensorShape"]["dim"]]


def _constants(specs: list[dict[str, Any]], data: bytes) -> dict[str, Constant]:
    constants, start = {}, 0
    for spec in specs:
        storage = spec.get("quantization", spec)["dtype"]
        kind = np.dtype(storage).newbyteorder("<")
        count = int(np.prod(spec["shape"], dtype=np.int64))
        raw = np.frombuffer(data, kind, count, start).reshape(spec["shape"])
        start += count * kind.itemsize
        array = raw.astype(spec["dtype"])
        constants[spec["name"]] = Constant(array - 128 if storage == "uint8" else array, storage)
    if start != len(data):
        raise ValueError(f"the weights have {len(data)} bytes, their manifest says {start}")
    return constants


def _node(node: dict[str, Any]) -> Node:
    attributes = {
        name: _attribute(value) for name, value in node["attr"].items() if name not in _TYPE_ATTRIBUTES
    }
    return Node(node["name"], node["op"], list(node["input"]), attributes)


def _attribute(value: dict[str, Any]) -> Any:
    ((kind, content),) = value.items()
    if kind == "list":
        ((kind, items),) = content.items()
        return [_attribute({kind: item}) for item in items]
    return _DECODE[kind](content)
