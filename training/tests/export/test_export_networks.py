"""Whole networks: PyTorch against the exported graph in TensorFlow.js."""

from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from torch import nn

from lentigo.export.correct import correct_biases
from lentigo.export.graph_model import write_graph_model
from lentigo.export.interpret import ExportedNetwork
from lentigo.export.lower import export_graph
from lentigo.export.outputs import ClassifierOutputs, FusionOutputs, OodScore, SegmenterOutputs
from lentigo.export.quantise import quantise
from lentigo.networks.registry import build


def shaken(network: nn.Module) -> nn.Module:
    """Weights as after training: batch norms that are not the identity, logits that are not near zero."""
    torch.manual_seed(1)
    for module in network.modules():
        if isinstance(module, (nn.BatchNorm2d, nn.BatchNorm1d)):
            module.running_mean.uniform_(-0.2, 0.2)
            module.running_var.uniform_(0.5, 1.5)
            nn.init.uniform_(module.weight, 0.7, 1.3)
            nn.init.uniform_(module.bias, -0.2, 0.2)
        elif isinstance(module, nn.Linear):
            nn.init.normal_(module.weight, 0, module.in_features**-0.5)
    return network.eval()


def test_mobilenet_v2(parity: Callable) -> None:
    network = shaken(build("mobilenet_v2", classes=2))
    ood = OodScore(torch.randn(64, 1280) * 0.02, torch.randn(2, 64) * 0.1)
    outputs = ClassifierOutputs(network, ood)
    graph = parity(outputs, {"image": torch.randn(2, 3, 224, 224)}, tolerance=1e-3, backends=("wasm",))
    assert graph.outputs == {"logits": [-1, 2], "cam": [-1, 7, 7, 2], "ood": [-1, 1]}
    ops = [node.op for node in graph.nodes.values()]
    assert ops.count("_FusedConv2D") == 35 and ops.count("FusedDepthwiseConv2dNative") == 17
    # Every batch norm is in its convolution, and nothing is turned around.
    assert "Mul" not in ops[: ops.index("AvgPool")] and "Transpose" not in ops


CLASSIFIERS = {
    "efficientnet_b0": (64, {"variant": "torchvision"}),
    "efficientnet_b2": (50, {"variant": "tf"}),
    "se_densenet121": (64, {}),
    "resnet50": (64, {}),
    "xception": (96, {}),
}


@pytest.mark.parametrize("name", CLASSIFIERS)
def test_classifier(name: str, parity: Callable) -> None:
    side, options = CLASSIFIERS[name]
    network = ClassifierOutputs(shaken(build(name, classes=7, **options)))
    graph = parity(network, {"image": torch.randn(2, 3, side, side)}, tolerance=1e-3, backends=("wasm",))
    assert "Transpose" not in [node.op for node in graph.nodes.values()]


@pytest.mark.parametrize("name", ["acne_cnn", "kecnn", "kevgg"])
def test_acne(name: str, parity: Callable) -> None:
    network = ClassifierOutputs(shaken(build(name, classes=4)))
    graph = parity(network, {"image": torch.randn(2, 3, 32, 32)}, tolerance=1e-3, backends=("wasm",))
    assert graph.outputs == {"logits": [-1, 4]}


@pytest.mark.parametrize("name", ["mobilenet_v2_metadata", "efficientnet_lite0_metadata"])
def test_classifier_with_metadata(name: str, parity: Callable) -> None:
    network = shaken(build(name, classes=6, metadata=40))
    outputs = ClassifierOutputs(network, OodScore(torch.randn(64, 1280) * 0.02, torch.randn(6, 64) * 0.1))
    inputs = {"image": torch.randn(2, 3, 64, 64), "metadata": torch.rand(2, 40)}
    graph = parity(outputs, inputs, tolerance=1e-3, backends=("wasm",))
    assert graph.inputs == {"image": [-1, 64, 64, 3], "metadata": [-1, 40]}
    assert graph.outputs == {"logits": [-1, 6], "cam": [-1, 2, 2, 6], "ood": [-1, 1]}


def fusion_inputs(side: int = 64) -> dict[str, torch.Tensor]:
    mask = (torch.rand(2, 1, side, side) > 0.5).float()
    return {"image": torch.randn(2, 3, side, side), "mask": mask, "metadata": torch.rand(2, 18)}


def test_fusion_with_a_shared_encoder(parity: Callable) -> None:
    network = shaken(build("fusion_efficientnet_b0", classes=5, shared=True))
    graph = parity(FusionOutputs(network), fusion_inputs(), tolerance=1e-3, backends=("wasm",))
    assert graph.outputs["tokens"] == [-1, 4, 1280]
    filters = [node.inputs[1] for node in graph.nodes.values() if node.op == "FusedDepthwiseConv2dNative"]
    assert len(filters) == 32 and len(set(filters)) == 16, "one encoder, read twice, is stored once"


def test_the_head_of_a_fusion_alone(tfjs, channels_last: Callable, close: Callable, tmp_path: Path) -> None:
    network = shaken(build("fusion_efficientnet_b0", classes=5))
    ood = OodScore(torch.randn(64, 1280) * 0.02, torch.randn(5, 64) * 0.1)
    inputs = fusion_inputs()
    graph = quantise(export_graph(FusionOutputs(network, ood), inputs))
    write_graph_model(graph, tmp_path)
    encoded = tfjs.run(tmp_path, channels_last(inputs))
    close(encoded, ExportedNetwork(graph)(**inputs), 1e-3)
    other = inputs["metadata"].flip(0)
    head = {"tokens": encoded["tokens"], "mask_vector": encoded["mask_vector"], "metadata": other}
    names = ["logits", "attention_meta", "attention_mask"]
    whole = tfjs.run(tmp_path, channels_last({**inputs, "metadata": other}), outputs=names)
    close(tfjs.run(tmp_path, head, outputs=names), whole, 1e-5)
    assert encoded["attention_meta"].shape == (2, 8, 1, 4)


@pytest.mark.parametrize("upsampling", ["nearest", "bilinear"])
def test_segmenter(upsampling: str, parity: Callable) -> None:
    network = SegmenterOutputs(shaken(build("unet_resnet34", classes=1, upsampling=upsampling)))
    graph = parity(network, {"image": torch.randn(2, 3, 64, 64)}, tolerance=1e-3, backends=("wasm",))
    assert graph.outputs == {"lesion": [-1, 64, 64, 1]}


@pytest.mark.parametrize("name", ["mobilenet_v2", "efficientnet_b0"])
def test_quantised(name: str, tfjs, channels_last: Callable, close: Callable, tmp_path: Path) -> None:
    """The weights that PyTorch measures are the weights that TensorFlow.js runs."""
    network = ClassifierOutputs(shaken(build(name, classes=3)))
    images = {"image": torch.randn(2, 3, 64, 64)}
    graph = quantise(export_graph(network, images))
    write_graph_model(graph, tmp_path)
    close(tfjs.run(tmp_path, channels_last(images)), ExportedNetwork(graph)(**images), 1e-3)


def test_bias_correction_brings_the_logits_nearer() -> None:
    network = ClassifierOutputs(shaken(build("mobilenet_v2", classes=3)))
    exact = export_graph(network, {"image": torch.zeros(2, 3, 64, 64)})
    rough = quantise(exact)
    before = {name: constant.array.copy() for name, constant in rough.constants.items()}
    better = correct_biases(rough, exact, {"image": torch.randn(24, 3, 64, 64)})
    images = torch.randn(24, 3, 64, 64)
    wanted, was, now = (ExportedNetwork(graph)(image=images)["logits"] for graph in (exact, rough, better))
    assert (now - wanted).square().mean() < 0.8 * (was - wanted).square().mean()
    assert all((rough.constants[name].array == array).all() for name, array in before.items())
    assert sum(constant.array.size for constant in better.constants.values()) == sum(
        a.size for a in before.values()
    )
