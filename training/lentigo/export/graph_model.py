"""Writes a graph as a TensorFlow.js graph model: model.json and its weights in shards.

The format is tensorflowjs_converter's: https://github.com/tensorflow/tfjs/tree/master/tfjs-converter (format
"graph-model", weights manifest as in tfjs-core/src/io/types.ts). Strings are base64; 64-bit integers are
text.
"""

import base64
import json
from pathlib import Path
from typing import Any

import numpy as np

from lentigo.export.graph import Constant, Graph, Node

SHARD_BYTES = 4 * 2**20
TYPES = {"float32": "DT_FLOAT", "int32": "DT_INT32"}
ORDER_IN_FILE = [
    "float32",
    "int32",
    "float16",
    "uint8",
]  # by decreasing size, so that every tensor is aligned


def write_graph_model(graph: Graph, folder: Path) -> list[Path]:
    """Writes `model.json` and `group1-shardNofM.bin` into `folder`. Gives their paths.

    The folder is created if needed. Shards of an earlier model in the folder are removed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("group1-shard*.bin"):
        old.unlink()
    constants = dict(sorted(graph.constants.items(), key=lambda item: ORDER_IN_FILE.index(item[1].storage)))
    data = b"".join(_bytes(constant) for constant in constants.values())
    count = max(1, -(-len(data) // SHARD_BYTES))
    shards = [folder / f"group1-shard{index + 1}of{count}.bin" for index in range(count)]
    for index, shard in enumerate(shards):
        shard.write_bytes(data[index * SHARD_BYTES : (index + 1) * SHARD_BYTES])
    model = {
        "format": "graph-model",
        "generatedBy": "lentigo",
        "convertedBy": "lentigo.export",
        "signature": {
            "inputs": {name: _tensor_info(name, shape) for name, shape in graph.inputs.items()},
            "outputs": {name: _tensor_info(name, shape) for name, shape in graph.outputs.items()},
        },
        "modelTopology": {"node": _topology(graph, constants), "library": {}, "versions": {"producer": 1}},
        "weightsManifest": [
            {
                "paths": [shard.name for shard in shards],
                "weights": [_weight_spec(name, constant) for name, constant in constants.items()],
            }
        ],
    }
    path = folder / "model.json"
    path.write_text(json.dumps(model, separators=(",", ":")))
    return [path, *shards]


def _bytes(constant: Constant) -> bytes:
    if constant.storage == "uint8":
        return (constant.array + 128).astype(np.uint8).tobytes()
    return constant.array.astype(f"<{np.dtype(constant.storage).str[1:]}").tobytes()


def _weight_spec(name: str, constant: Constant) -> dict[str, Any]:
    spec: dict[str, Any] = {
        "name": name,
        "shape": list(constant.array.shape),
        "dtype": str(constant.array.dtype),
    }
    if constant.storage == "uint8":
        spec["quantization"] = {"dtype": "uint8", "scale": 1, "min": -128, "original_dtype": "float32"}
    if constant.storage == "float16":
        spec["quantization"] = {"dtype": "float16", "original_dtype": "float32"}
    return spec


def _tensor_info(name: str, shape: list[int]) -> dict[str, Any]:
    return {"name": f"{name}:0", "dtype": "DT_FLOAT", "tensorShape": _shape(shape)}


def _shape(shape: Any) -> dict[str, Any]:
    return {"dim": [{"size": str(size)} for size in shape]}


def _topology(graph: Graph, constants: dict[str, Constant]) -> list[dict[str, Any]]:
    placeholders = [
        {
            "name": name,
            "op": "Placeholder",
            "attr": {"dtype": {"type": "DT_FLOAT"}, "shape": {"shape": _shape(shape)}},
        }
        for name, shape in graph.inputs.items()
    ]
    return (
        placeholders
        + [_constant(*item) for item in constants.items()]
        + [_node(n) for n in graph.nodes.values()]
    )


def _constant(name: str, constant: Constant) -> dict[str, Any]:
    # The shape is in the weights manifest.
    return {"name": name, "op": "Const", "attr": {"dtype": {"type": TYPES[str(constant.array.dtype)]}}}


def _node(node: Node) -> dict[str, Any]:
    attributes = {name: _attribute(value) for name, value in node.attributes.items()}
    return {
        "name": node.name,
        "op": node.op,
        "input": node.inputs,
        "attr": {"T": {"type": "DT_FLOAT"}, **attributes},
    }


def _attribute(value: Any) -> dict[str, Any]:
    if isinstance(value, bool):
        return {"b": value}
    if isinstance(value, int):
        return {"i": str(value)}
    if isinstance(value, float):
        return {"f": value}
    if isinstance(value, str):
        return {"s": _text(value)}
    if value and isinstance(value[0], str):
        return {"list": {"s": [_text(item) for item in value]}}
    return {"list": {"i": [str(item) for item in value]}}


def _text(text: str) -> str:
    return base64.b64encode(text.encode()).decode()
