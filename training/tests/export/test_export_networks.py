"""Whole networks: PyTorch against the exported graph in TensorFlow.js."""

from collections.abc import Callable

import torch

from lentigo.export.outputs import ClassifierOutputs, OodScore
from lentigo.networks.registry import build


def shaken(network: torch.nn.Module) -> torch.nn.Module:
    """Batch norms as after training, not the identity that they start as: otherwise folding them proves nothing."""
    torch.manual_seed(1)
    for module in network.modules():
        if isinstance(module, (torch.nn.BatchNorm2d, torch.nn.BatchNorm1d)):
            module.running_mean.uniform_(-0.2, 0.2)
            module.running_var.uniform_(0.5, 1.5)
            torch.nn.init.uniform_(module.weight, 0.7, 1.3)
            torch.nn.init.uniform_(module.bias, -0.2, 0.2)
    return network.eval()


def test_mobilenet_v2(parity: Callable) -> None:
    network = shaken(build("mobilenet_v2", classes=2))
    ood = OodScore(torch.randn(64, 1280) * 0.02, torch.randn(2, 64) * 0.1)
    graph = parity(
        ClassifierOutputs(network, ood),
        {"image": torch.randn(2, 3, 224, 224)},
        tolerance=1e-3,
        backends=("wasm",),
    )
    assert graph.outputs == {"logits": [-1, 2], "cam": [-1, 7, 7, 2], "ood": [-1, 1]}
    ops = [node.op for node in graph.nodes.values()]
    assert ops.count("_FusedConv2D") == 35 and ops.count("FusedDepthwiseConv2dNative") == 17
    assert "Mul" not in ops[: ops.index("AvgPool")] and "Transpose" not in ops
