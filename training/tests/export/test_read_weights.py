"""The weights of a network, read back from its package: it computes what the package computes."""

import pytest
import torch
from torch import nn

from lentigo.export.graph import Graph
from lentigo.export.interpret import ExportedNetwork
from lentigo.export.lower import export_graph
from lentigo.export.outputs import ClassifierOutputs
from lentigo.export.quantise import quantise
from lentigo.export.read_weights import load_exported
from lentigo.networks.calibrate import BatchNorm, recalibrate_batch_norms, recalibrate_on
from lentigo.networks.registry import build

SIZE = 64


ANSWERS = 9  # width of what a network with metadata gets beside the image


def answers(count: int = 4) -> torch.Tensor:
    return torch.rand(count, ANSWERS, generator=torch.Generator().manual_seed(4))


def image(count: int = 4) -> torch.Tensor:
    return torch.rand(count, 3, SIZE, SIZE, generator=torch.Generator().manual_seed(3))


def exported(name: str) -> Graph:
    """The quantised graph of a network whose batch norms have statistics of their own."""
    torch.manual_seed(1)
    network = build(name, 3).eval()
    for norm in network.modules():
        if isinstance(norm, nn.BatchNorm2d):
            nn.init.uniform_(norm.weight, 0.5, 1.5)
            nn.init.normal_(norm.bias, std=0.1)
    recalibrate_batch_norms(network, image(8))
    return quantise(export_graph(ClassifierOutputs(network), {"image": torch.zeros(2, 3, SIZE, SIZE)}))


@pytest.mark.parametrize("name", ["mobilenet_v2", "efficientnet_b0", "efficientnet_lite0", "se_densenet121"])
def test_it_computes_what_the_package_computes(name: str) -> None:
    graph = exported(name)
    network = build(name, 3)
    assert load_exported(network, graph, image(2)) == []
    wanted = ExportedNetwork(graph)(image=image())["logits"]
    with torch.no_grad():
        torch.testing.assert_close(network(image()), wanted, atol=2e-4, rtol=1e-3)
    recalibrate_batch_norms(network, image(8))
    with torch.no_grad():
        torch.testing.assert_close(network(image()), wanted, atol=2e-3, rtol=2e-3)


def test_a_network_that_reads_answers_comes_back_with_the_layers_for_them() -> None:
    torch.manual_seed(1)
    name = "mobilenet_v2_metadata"
    network = build(name, 3, metadata=ANSWERS)
    for norm in network.modules():
        if isinstance(norm, BatchNorm):
            nn.init.uniform_(norm.weight, 0.5, 1.5)
            nn.init.normal_(norm.bias, std=0.1)
    recalibrate_on(network, [(image(8), answers(8))])
    given = {"image": torch.zeros(2, 3, SIZE, SIZE), "metadata": torch.zeros(2, ANSWERS)}
    graph = quantise(export_graph(ClassifierOutputs(network.eval()), given))
    again = build(name, 3, metadata=ANSWERS)
    assert load_exported(again, graph, image(2), answers(2)) == []
    wanted = ExportedNetwork(graph)(image=image(), metadata=answers())["logits"]
    with torch.no_grad():
        torch.testing.assert_close(again(image(), answers()), wanted, atol=2e-4, rtol=1e-3)
    recalibrate_on(again, [(image(8), answers(8))])
    with torch.no_grad():
        torch.testing.assert_close(again(image(), answers()), wanted, atol=2e-3, rtol=2e-3)


def test_a_package_of_another_network_is_refused() -> None:
    graph = exported("mobilenet_v2")
    with pytest.raises(ValueError, match="it is of another network"):
        load_exported(build("efficientnet_b0", 3), graph, image(2))
    with pytest.raises(ValueError, match=r"\(3, 1280\) in the package, \(5, 1280\) in the network"):
        load_exported(build("mobilenet_v2", 5), graph, image(2))
