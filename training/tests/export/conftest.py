"""One TensorFlow.js process for all parity tests, and the comparison of both sides."""

import base64
import itertools
import json
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from lentigo.export.graph import Graph
from lentigo.export.graph_model import write_graph_model
from lentigo.export.interpret import ExportedNetwork
from lentigo.export.lower import export_graph
from lentigo.export.operations import load_operations
from lentigo.export.registry import LOWERINGS

REPOSITORY = Path(__file__).parents[3]


class TensorFlowJs:
    """Runs exported graphs in Node: `run(folder, inputs)` gives the outputs by name."""

    def __init__(self) -> None:
        node = shutil.which("node")
        assert node, "the parity tests need Node on the PATH"
        assert (REPOSITORY / "node_modules/@tensorflow/tfjs-core").exists(), (
            "the parity tests need `npm ci` first"
        )
        script = REPOSITORY / "training/parity/run.mjs"
        self.process = subprocess.Popen(
            [node, str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def run(
        self,
        folder: Path,
        inputs: Mapping[str, Tensor],
        outputs: list[str] | None = None,
        backend: str = "wasm",
    ) -> dict[str, Tensor]:
        """Inputs as the graph has them ([n, h, w, c]). Raises RuntimeError with its message."""
        request = {
            "folder": str(folder),
            "backend": backend,
            "inputs": {k: _encode(v) for k, v in inputs.items()},
        }
        if outputs is not None:
            request["outputs"] = outputs
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        # TensorFlow.js greets and warns on standard output; answers are the lines that are JSON objects.
        line = next(line for line in self.process.stdout if line.startswith("{"))
        reply = json.loads(line)
        if "error" in reply:
            raise RuntimeError(reply["error"])
        return {name: _decode(tensor) for name, tensor in reply["outputs"].items()}

    def close(self) -> None:
        self.process.stdin.close()
        self.process.wait(timeout=10)


def _encode(tensor: Tensor) -> dict:
    array = tensor.detach().contiguous().numpy().astype("<f4")
    return {"shape": list(array.shape), "data": base64.b64encode(array.tobytes()).decode()}


def _decode(tensor: dict) -> Tensor:
    array = np.frombuffer(base64.b64decode(tensor["data"]), dtype="<f4").reshape(tensor["shape"])
    return torch.from_numpy(array.copy())


@pytest.fixture(scope="session")
def tfjs() -> Iterator[TensorFlowJs]:
    process = TensorFlowJs()
    yield process
    process.close()


def channels_last(inputs: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Inputs of the PyTorch side as the graph takes them."""
    return {name: x.permute(0, 2, 3, 1) if x.ndim == 4 else x for name, x in inputs.items()}


def assert_close(got: Mapping[str, Tensor], wanted: Mapping[str, Tensor], tolerance: float) -> None:
    """Every output has the same shape and differs by at most `tolerance`, relative for values above 1."""
    assert got.keys() == wanted.keys()
    for name, reference in wanted.items():
        assert got[name].shape == reference.shape, (
            f"{name}: {tuple(got[name].shape)} for {tuple(reference.shape)}"
        )
        largest = max(1.0, reference.abs().max().item())
        difference = (got[name] - reference).abs().max().item()
        assert difference <= tolerance * largest, (
            f"{name}: differs by {difference:.2e} (largest value {largest:.3g})"
        )


@pytest.fixture(name="channels_last")
def channels_last_fixture() -> Callable[[Mapping[str, Tensor]], dict[str, Tensor]]:
    return channels_last


@pytest.fixture
def close() -> Callable[..., None]:
    return assert_close


@pytest.fixture
def parity(tfjs: TensorFlowJs, tmp_path: Path) -> Callable[..., Graph]:
    """Exports a module and compares PyTorch, TensorFlow.js and the interpreter on batches of 1 and 3."""
    folders = (tmp_path / f"model{count}" for count in itertools.count())

    def check(
        module: nn.Module,
        inputs: Mapping[str, Tensor],
        tolerance: float = 1e-4,
        backends: tuple[str, ...] = ("cpu", "wasm"),
    ) -> Graph:
        graph = export_graph(module, inputs)
        folder = next(folders)
        write_graph_model(graph, folder)
        interpreted = ExportedNetwork(graph)
        for batch in (1, 3):
            some = {
                name: x[:1].expand(batch, *x.shape[1:]) + 0.1 * torch.rand(batch, *x.shape[1:])
                for name, x in inputs.items()
            }
            with torch.no_grad():
                wanted = module.eval()(**some)
            assert_close(interpreted(**some), wanted, tolerance)
            for backend in backends:
                assert_close(tfjs.run(folder, channels_last(some), backend=backend), wanted, tolerance)
        return graph

    return check


@pytest.fixture(scope="session", autouse=True)
def called() -> set[str]:
    """The names of the lowerings that have been called so far in this session."""
    names: set[str] = set()
    load_operations()

    def recorded(name: str, lowering: Callable) -> Callable:
        def call(*arguments: object, **named: object) -> object:
            names.add(name)
            return lowering(*arguments, **named)

        return call

    for name, lowering in list(LOWERINGS.items()):
        LOWERINGS[name] = recorded(name, lowering)
    return names
