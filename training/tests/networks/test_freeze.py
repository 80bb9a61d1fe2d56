import copy

import pytest
import torch
from torch import nn

from lentigo.networks.freeze import freeze, freeze_all_but_last, unfreeze, weighted_layers
from lentigo.networks.registry import build


def test_xceptions_last_four_are_the_head_and_three_separable_convolutions() -> None:
    network = build("xception", 2)
    names = freeze_all_but_last(network, 4)
    assert names == [
        *("block12.rep.4.conv1", "block12.rep.4.pointwise", "block12.rep.5"),
        *("conv3.conv1", "conv3.pointwise", "bn3", "conv4.conv1", "conv4.pointwise", "bn4", "fc"),
    ]
    trained = {name.rpartition(".")[0] for name, p in network.named_parameters() if p.requires_grad}
    assert trained == set(names)


def test_frozen_norms_keep_their_statistics_in_training_mode() -> None:
    network = build("mobilenet_v2", 2)
    freeze_all_but_last(network, 2)
    twin = copy.deepcopy(network)  # as the moving average of weights is made
    for net in (network, twin):
        before = {name: tensor.clone() for name, tensor in net.state_dict().items()}
        net.train()
        net(torch.randn(2, 3, 32, 32))
        changed = {name for name, tensor in net.state_dict().items() if not torch.equal(tensor, before[name])}
        assert changed == {
            f"features.18.1.{name}" for name in ("running_mean", "running_var", "num_batches_tracked")
        }


def test_a_second_call_and_unfreezing_undo_the_first() -> None:
    network = build("mobilenet_v2", 2)
    names = list(network.state_dict())
    freeze_all_but_last(network, 1)
    assert sum(p.requires_grad for p in network.parameters()) == 2
    freeze_all_but_last(network, len(weighted_layers(network)))
    assert all(p.requires_grad for p in network.parameters())
    freeze(network)
    unfreeze(network)
    assert all(p.requires_grad for p in network.parameters())
    assert all(module.training for module in network.train().modules())
    assert list(network.state_dict()) == names


def test_layers_are_in_the_order_of_the_forward_pass() -> None:
    network = build("mobilenet_v2_metadata", 6, metadata=9)
    assert weighted_layers(network)[-1][0][0] == "classifier.1"
    assert weighted_layers(network)[-3][1][0] == "metadata.1"


@pytest.mark.parametrize("count", [0, 99])
def test_an_impossible_number_of_layers_is_an_error(count: int) -> None:
    with pytest.raises(ValueError, match=f"the last {count} layers of 2"):
        freeze_all_but_last(nn.Sequential(nn.Linear(2, 2), nn.ReLU(), nn.Linear(2, 2)), count)
