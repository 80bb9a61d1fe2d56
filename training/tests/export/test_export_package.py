"""The written package: weights, shards, hashes, golden sample, fed intermediates, quantised graph."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from lentigo.export.golden import golden_inputs, integer_ramp
from lentigo.export.graph import Graph
from lentigo.export.graph_model import SHARD_BYTES, write_graph_model
from lentigo.export.interpret import ExportedNetwork
from lentigo.export.lower import export_graph
from lentigo.export.outputs import ClassifierOutputs, OodScore, SegmenterOutputs
from lentigo.export.package import package_bytes, write_package
from lentigo.export.quantise import int8_per_channel, quantise
from lentigo.export.trace import UnsupportedOperation


class Classifier(nn.Module):
    """Small, with a first, a depthwise, a middle and a last layer."""

    pools_by_mean = True

    def __init__(self, classes: int = 3, width: int = 64) -> None:
        super().__init__()
        torch.manual_seed(3)
        self.stem = nn.Conv2d(3, width, 3, 2, 1)
        self.depthwise = nn.Conv2d(width, width, 3, padding=1, groups=width)
        self.middle = nn.Conv2d(width, width, 1)
        self.head = nn.Linear(width, classes)

    def feature_map(self, image: Tensor) -> Tensor:
        return F.relu6(self.middle(F.relu6(self.depthwise(F.relu6(self.stem(image))))))

    def pooled(self, feature_map: Tensor) -> Tensor:
        return feature_map.mean((2, 3))


def small_graph() -> Graph:
    network = ClassifierOutputs(Classifier(), OodScore(torch.randn(64, 64), torch.randn(3, 64)))
    return export_graph(network, {"image": torch.randn(2, 3, 32, 32)})


def card(**changes: object) -> dict:
    return {
        "schema": 1,
        "id": "small-test",
        "task": "classification",
        "input": {
            "name": "image", "height": 32, "width": 32, "channels": 3,
            "mean": [0.5, 0.4, 0.3], "std": [0.2, 0.2, 0.3],
        },
        "outputs": {"logits": "logits", "cam": "cam", "ood": "ood"},
        "classes": [{"id": name} for name in ("a", "b", "c")],
        "metadata": None,
        **changes,
    }  # fmt: skip


def test_the_scheme_of_each_layer() -> None:
    graph = quantise(small_graph())
    stored = {name: constant.storage for name, constant in graph.constants.items()}
    assert stored["network/stem/weight"] == "float16"
    assert stored["network/depthwise/weight"] == "float16"
    assert stored["network/middle/quantised"] == "uint8"
    assert stored["network/middle/scale"] == "float16"
    assert stored["network/head/weight"] == "float16"
    assert stored["network/middle/bias"] == "float32"
    product = graph.nodes["network/middle/weight"]
    assert (product.op, product.inputs) == ("Mul", ["network/middle/quantised", "network/middle/scale"])
    assert {constant.storage for constant in quantise(small_graph(), "float16").constants.values()} == {
        "float32", "int32", "float16"
    }  # fmt: skip


def test_bytes_decode_as_documented(tmp_path: Path) -> None:
    """Reads the files by docs/model-package.md alone and finds exactly the weights that PyTorch measures."""
    graph = quantise(small_graph())
    write_graph_model(graph, tmp_path)
    model = json.loads((tmp_path / "model.json").read_text())
    (group,) = model["weightsManifest"]
    data = b"".join((tmp_path / path).read_bytes() for path in group["paths"])
    place, kinds = 0, set()
    for spec in group["weights"]:
        how = spec.get("quantization", {}).get("dtype", spec["dtype"])
        kinds.add(how)
        count = int(np.prod(spec["shape"]))
        array = np.frombuffer(data, dtype=np.dtype(how).newbyteorder("<"), count=count, offset=place)
        place += array.nbytes
        if how == "uint8":
            assert (spec["quantization"]["scale"], spec["quantization"]["min"]) == (1, -128)
            array = array * 1.0 - 128
        decoded = array.astype(spec["dtype"]).reshape(spec["shape"])
        np.testing.assert_array_equal(decoded, graph.constants[spec["name"]].array)
    assert place == len(data)
    assert kinds == {"float32", "int32", "float16", "uint8"}


def test_int8_is_within_half_a_step_where_it_does_not_clip() -> None:
    weight = np.random.default_rng(1).normal(size=(3, 3, 16, 24)).astype(np.float32) * np.linspace(
        0.01, 3, 24, dtype="f4"
    )
    whole, scale = int8_per_channel(weight)
    assert whole.shape == weight.shape and scale.shape == (24,)
    assert (whole == np.rint(whole)).all() and np.abs(whole).max() <= 127
    inside = np.abs(whole) < 127
    assert (np.abs(whole * scale - weight) / scale)[inside].max() <= 0.5 + 1e-4
    plain = np.abs(weight).max((0, 1, 2)) / 127
    rounded = np.rint(weight / plain) * plain
    assert np.square(whole * scale - weight).sum() <= np.square(rounded - weight).sum()


def test_scales_too_small_for_float16_stay_float32() -> None:
    network = Classifier()
    network.middle.weight.data *= 1e-4
    graph = quantise(export_graph(ClassifierOutputs(network), {"image": torch.randn(2, 3, 32, 32)}))
    assert graph.constants["network/middle/scale"].storage == "float32"
    rebuilt = (
        graph.constants["network/middle/quantised"].array * graph.constants["network/middle/scale"].array
    )
    error = rebuilt - network.middle.weight.detach().numpy().transpose(2, 3, 1, 0)
    assert np.abs(error).max() < 0.3 * np.abs(rebuilt).max()


def test_weights_beyond_float16_are_refused() -> None:
    network = Classifier()
    network.stem.weight.data[0] = 1e6
    with pytest.raises(OverflowError, match="stem/weight"):
        quantise(export_graph(ClassifierOutputs(network), {"image": torch.randn(2, 3, 32, 32)}))


def test_the_quantised_graph_in_tensorflow_js(
    tfjs, channels_last: Callable, close: Callable, tmp_path: Path
) -> None:
    graph = quantise(small_graph())
    write_graph_model(graph, tmp_path)
    images = {"image": torch.randn(3, 3, 32, 32)}
    measured = ExportedNetwork(graph)(**images)
    for backend in ("cpu", "wasm"):
        close(tfjs.run(tmp_path, channels_last(images), backend=backend), measured, 1e-4)
    exact = ExportedNetwork(small_graph())(**images)
    assert (exact["logits"] - measured["logits"]).abs().max() > 0, (
        "quantisation must show in what is measured"
    )


class Fusion(nn.Module):
    """Two encoders, tokens of one image, a head that asks them with a mask vector and metadata."""

    def __init__(self) -> None:
        super().__init__()
        self.image = nn.Conv2d(3, 16, 3, 4, 1)
        self.mask = nn.Conv2d(1, 16, 3, 4, 1)
        self.metadata = nn.Linear(5, 16)
        self.head = nn.Linear(32, 4)

    def forward(self, image: Tensor, mask: Tensor, metadata: Tensor) -> dict[str, Tensor]:
        tokens = self.image(image).flatten(2).transpose(1, 2)
        mask_vector = F.relu(self.mask(mask)).mean((2, 3))
        query = (self.metadata(metadata) + mask_vector).unsqueeze(1)
        weights = (query @ tokens.mT).softmax(-1)
        joined = torch.cat([(weights @ tokens).squeeze(1), mask_vector], 1)
        return {
            "logits": self.head(joined),
            "attention": weights,
            "tokens": tokens,
            "mask_vector": mask_vector,
        }


def test_intermediate_tensors_can_be_fed(
    tfjs, channels_last: Callable, close: Callable, tmp_path: Path
) -> None:
    fusion = Fusion().eval()
    inputs = {
        "image": torch.randn(2, 3, 16, 16),
        "mask": torch.rand(2, 1, 16, 16),
        "metadata": torch.rand(2, 5),
    }
    graph = export_graph(fusion, inputs)
    write_graph_model(graph, tmp_path)
    with torch.no_grad():
        encoded = fusion(**inputs)
        changed = fusion(inputs["image"], inputs["mask"], inputs["metadata"].flip(0))
    close(tfjs.run(tmp_path, channels_last(inputs)), encoded, 1e-4)
    # The head alone: no image and no mask, only their cached features, and other metadata.
    head = {
        "tokens": encoded["tokens"],
        "mask_vector": encoded["mask_vector"],
        "metadata": inputs["metadata"].flip(0),
    }
    answer = tfjs.run(tmp_path, head, outputs=["logits", "attention"])
    close(answer, {name: changed[name] for name in ("logits", "attention")}, 1e-4)
    assert (changed["logits"] - encoded["logits"]).abs().max() > 1e-3


def test_package(tfjs, channels_last: Callable, tmp_path: Path) -> None:
    graph = quantise(small_graph())
    (tmp_path / "index.json").write_text('{"packages": ["another"]}')
    write_package(tmp_path, card(), graph)
    written = write_package(tmp_path, card(), graph)  # a second time changes nothing
    folder = tmp_path / "small-test"
    assert json.loads((tmp_path / "index.json").read_text()) == {"packages": ["another", "small-test"]}
    assert json.loads((folder / "card.json").read_text()) == written
    on_disk = {path.name for path in folder.iterdir()} - {"card.json"}
    assert {entry["path"] for entry in written["files"]} == on_disk
    for entry in written["files"]:
        data = (folder / entry["path"]).read_bytes()
        assert entry["sha256"] == hashlib.sha256(data).hexdigest() and entry["bytes"] == len(data)
    assert package_bytes(written) == sum((folder / name).stat().st_size for name in on_disk)
    golden = golden_inputs(written, ["image"])
    logits = tfjs.run(folder, channels_last(golden))["logits"][0]
    assert (logits - torch.tensor(written["golden"]["logits"])).abs().max() < 1e-3


def test_the_golden_input() -> None:
    ramp = integer_ramp(40, 50)
    assert ramp.shape == (40, 50, 3) and ramp.dtype == np.uint8
    for y, x, c in ((0, 0, 0), (1, 0, 2), (39, 49, 1), (17, 23, 2)):
        assert ramp[y, x, c] == (7 * x + 13 * y + 31 * c + (x * y) // 8) % 256
    fields = {"width": 7, "fields": [{"offset": 0, "size": 4}, {"offset": 4, "size": 3}]}
    golden = golden_inputs(card(metadata=fields), ["image", "mask", "metadata"])
    assert golden["metadata"].tolist() == [[0, 0, 0, 1, 0, 0, 1]]
    assert (
        golden["mask"][0, 0, 16, 16] == 1
        and golden["mask"][0, 0, 16, 8] == 0
        and golden["mask"][0, 0, 16, 9] == 1
    )
    pixel = integer_ramp(32, 32)[5, 9, 2]
    assert golden["image"][0, 2, 5, 9] == pytest.approx((pixel / 255 - 0.3) / 0.3)


def test_golden_of_a_segmentation(tmp_path: Path) -> None:
    graph = export_graph(
        SegmenterOutputs(nn.Conv2d(3, 1, 3, padding=1)), {"image": torch.randn(2, 3, 32, 32)}
    )
    assert graph.outputs == {"lesion": [-1, 32, 32, 1]}
    made = write_package(tmp_path, card(task="segmentation", outputs={"lesion": "lesion"}, classes=[]), graph)
    lesion = made["golden"]["lesion"]
    mean, low, high = lesion["mean"], lesion["minimum"], lesion["maximum"]
    assert low < mean < high


def test_shards_are_at_most_four_mebibytes(tmp_path: Path) -> None:
    wide = nn.Linear(2000, 1200)
    graph = export_graph(Named(wide), {"metadata": torch.randn(2, 2000)})
    (tmp_path / "group1-shard1of9.bin").write_bytes(b"of an earlier model")
    paths = write_graph_model(graph, tmp_path)
    sizes = [path.stat().st_size for path in paths[1:]]
    assert [path.name for path in paths[1:]] == [f"group1-shard{n}of3.bin" for n in (1, 2, 3)]
    assert max(sizes) <= SHARD_BYTES and sum(sizes) == 4 * (2000 * 1200 + 1200)
    assert not (tmp_path / "group1-shard1of9.bin").exists()


class Named(nn.Module):
    def __init__(self, layer: nn.Module, name: str = "result") -> None:
        super().__init__()
        self.layer, self.name = layer, name

    def forward(self, metadata: Tensor) -> dict[str, Tensor]:
        return {self.name: self.layer(metadata)}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"outputs": {"logits": "logits", "attention": "attention_meta"}}, "attention_meta"),
        ({"classes": [{"id": "a"}]}, "1 classes in the card, 3 logits"),
        ({"input": {"name": "image", "height": 64, "width": 32, "channels": 3}}, "input is"),
        ({"metadata": {"width": 4, "fields": []}}, "metadata have width 4"),
    ],
)
def test_a_card_that_does_not_fit_is_refused(changes: dict, message: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=message):
        write_package(tmp_path, card(**changes), small_graph())
    assert not (tmp_path / "index.json").exists()


def test_export_leaves_the_network_as_it_was() -> None:
    network = nn.Sequential(nn.Linear(4, 4), nn.Dropout(0.5))
    network[0].eval()
    export_graph(Named(network), {"metadata": torch.randn(2, 4)})
    assert (network.training, network[0].training, network[1].training) == (True, False, True)


def test_an_output_that_no_input_reaches_is_refused() -> None:
    class Fixed(nn.Module):
        def forward(self, metadata: Tensor) -> dict[str, Tensor]:
            return {"logits": metadata + 1, "fixed": torch.ones(3)}

    with pytest.raises(UnsupportedOperation, match='"fixed" does not depend'):
        export_graph(Fixed(), {"metadata": torch.randn(2, 4)})
