"""The moving average of weights warms up, and follows the formula."""

import copy

import torch
from torch import nn

from lentigo.train.ema import ModelEma


def test_the_average_follows_the_formula_and_copies_counts() -> None:
    torch.manual_seed(0)
    network = nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4))
    expected = copy.deepcopy(network.state_dict())
    ema = ModelEma(network, 0.9)
    for step in range(1, 200):
        network.train()(torch.randn(5, 3))
        with torch.no_grad():
            for parameter in network.parameters():
                parameter += torch.randn_like(parameter)
        ema.update(network)
        decay = min(0.9, (1 + step) / (10 + step))
        for name, value in network.state_dict().items():
            expected[name] = (
                expected[name] * decay + value * (1 - decay) if value.is_floating_point() else value
            )
    for name, value in ema.network.state_dict().items():
        torch.testing.assert_close(value, expected[name], rtol=1e-4, atol=1e-5)
    assert not ema.network.training and not any(p.requires_grad for p in ema.network.parameters())


def test_the_average_of_a_new_stage_forgets_the_stage_before() -> None:
    network = torch.nn.Linear(1, 1)
    ema = ModelEma(network, 0.998)
    torch.nn.init.zeros_(network.weight)
    for _ in range(2000):
        ema.update(network)
    torch.nn.init.ones_(network.weight)
    ema.restart_warm_up()
    for _ in range(50):
        ema.update(network)
    assert float(ema.network.weight) > 0.99
