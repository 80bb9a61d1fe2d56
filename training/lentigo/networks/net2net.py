"""Grows a trained EfficientNet-B0 into B1, B2 or B3 that computes the same function (Net2Net, Chen et al. 2016).

Wider: a new channel is a copy of an old one, and every weight that reads the old channel is split between the copies.
The shares are random, unequal, and drawn anew for every reader: copies with the same outgoing weights would get the
same gradient for ever and add no capacity (and, under Adam, so would copies whose weights differ only by a factor).
Deeper: an added residual block begins as the identity, because its last batch norm has weight 0 and bias 0.

The functions are equal in eval mode. In training mode dropout and stochastic depth differ.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

from lentigo.networks.efficientnet import EfficientNet, MBConv
from lentigo.networks.load import load_state
from lentigo.networks.registry import build
from lentigo.networks.squeeze_excitation import SqueezeExcitation

if TYPE_CHECKING:
    from lentigo.recipe import Recipe

# A copy's share of a weight is in proportion to a draw from [LEAST, LEAST + 1): uneven, and none near nothing.
LEAST = 0.2


def grown_state(parent: "Recipe", state: dict[str, Tensor], network: nn.Module) -> dict[str, Tensor]:
    """The weights for `network` that compute what the parent recipe's network computes with `state`.

    Raises TypeError when either is no EfficientNet, ValueError where the parent cannot be grown into the network.
    """
    source = build(parent.network.name, state["classifier.1.weight"].shape[0], **parent.network.options)
    load_state(source, state)
    grow(source, network, seed=parent.seed)
    return network.state_dict()


@torch.no_grad()
def grow(source: EfficientNet, target: EfficientNet, seed: int = 0) -> None:
    """Overwrite the target's weights so that it computes the source's function.

    The classes, input channels and variant of both must agree, and the target may be narrower or shallower nowhere;
    ValueError otherwise. The source is left as it is.
    """
    if not isinstance(source, EfficientNet) or not isinstance(target, EfficientNet):
        raise TypeError("only an EfficientNet grows, and only into an EfficientNet")
    if source.variant != target.variant:
        raise ValueError(f"the source is of variant {source.variant}, the target of {target.variant}")
    random = torch.Generator().manual_seed(seed)
    pixels = Channels.same(source.features[0][0].in_channels)
    width = Channels.widened(source.features[0][0].out_channels, target.features[0][0].out_channels, random)
    widen_conv_norm(source.features[0], target.features[0], pixels, width, random)
    for old, new in zip(source.features[1:-1], target.features[1:-1], strict=True):
        width = grow_stage(old, new, width, random)
    head = Channels.widened(source.width, target.width, random)
    widen_conv_norm(source.features[-1], target.features[-1], width, head, random)
    copy_linear(source.final, target.final, head, random)


@dataclass(frozen=True)
class Channels:
    """Which old channel each new one copies: `origin` [new], values below `old`."""

    old: int
    origin: Tensor

    @classmethod
    def same(cls, count: int) -> "Channels":
        return cls(count, torch.arange(count))

    @classmethod
    def widened(cls, old: int, new: int, random: torch.Generator) -> "Channels":
        """Every old channel once, in order, then copies; none is copied twice before all have been copied once."""
        if new < old:
            raise ValueError(f"cannot grow {old} channels into {new}")
        extra: list[Tensor] = []
        while sum(map(len, extra)) < new - old:
            extra.append(torch.randperm(old, generator=random))
        return cls(old, torch.cat([torch.arange(old), *extra])[:new])

    def split(self, weight: Tensor, random: torch.Generator) -> Tensor:
        """Weight [rows, old, ...] -> [rows, new, ...] such that the copies of a channel add up to its old weight."""
        draws = torch.rand(weight.shape[0], len(self.origin), generator=random, dtype=torch.float64) + LEAST
        sums = torch.zeros(self.old, weight.shape[0], dtype=torch.float64).index_add_(0, self.origin, draws.T)
        shares = draws / sums.T[:, self.origin]
        return weight.double()[:, self.origin] * shares.reshape(*shares.shape, *[1] * (weight.dim() - 2))


def grow_stage(old: nn.Sequential, new: nn.Sequential, inputs: Channels, random: torch.Generator) -> Channels:
    """Fill a stage's blocks; the ones beyond the old stage's length start as identities. Returns its output channels."""
    if len(new) < len(old):
        raise ValueError(f"cannot grow {len(old)} blocks into {len(new)}")
    outputs = Channels.widened(last_conv(old[0]).out_channels, last_conv(new[0]).out_channels, random)
    for index, block in enumerate(new):
        if index < len(old):
            widen_block(old[index], block, inputs if index == 0 else outputs, outputs, random)
            continue
        if (
            len(old) > 1
        ):  # the last block already works on this stage's channels: begin with what it looks for
            widen_block(old[-1], block, outputs, outputs, random)
        nn.init.zeros_(block.block[-1][1].weight)
        nn.init.zeros_(block.block[-1][1].bias)
    return outputs


def widen_block(
    old: MBConv, new: MBConv, inputs: Channels, outputs: Channels, random: torch.Generator
) -> None:
    """Fill a block. Its hidden and squeezed channels have copies of their own."""
    hidden = inputs  # without an expansion the depthwise convolution sits on the block's input
    if len(old.block) == 4:
        hidden = Channels.widened(old.block[0][0].out_channels, new.block[0][0].out_channels, random)
        widen_conv_norm(old.block[0], new.block[0], inputs, hidden, random)
    widen_conv_norm(old.block[-3], new.block[-3], None, hidden, random)
    widen_gate(old.block[-2], new.block[-2], hidden, random)
    widen_conv_norm(old.block[-1], new.block[-1], hidden, outputs, random)


def widen_gate(
    old: SqueezeExcitation, new: SqueezeExcitation, channels: Channels, random: torch.Generator
) -> None:
    """Fill a squeeze-and-excitation. A copied channel gets a copied gate."""
    squeezed = Channels.widened(old.fc1.out_channels, new.fc1.out_channels, random)
    copy_linear(old.fc1, new.fc1, channels, random, squeezed)
    copy_linear(old.fc2, new.fc2, squeezed, random, channels)


def widen_conv_norm(
    old: nn.Sequential,
    new: nn.Sequential,
    inputs: Channels | None,
    outputs: Channels,
    random: torch.Generator,
) -> None:
    """Fill a convolution and its batch norm. `inputs` None: a depthwise convolution, which mixes no channels."""
    weight = old[0].weight[outputs.origin]
    new[0].weight.copy_(weight if inputs is None else inputs.split(weight, random))
    for name, values in old[1].state_dict().items():
        getattr(new[1], name).copy_(values[outputs.origin] if values.dim() else values)


def copy_linear(
    old: nn.Linear | nn.Conv2d,
    new: nn.Linear | nn.Conv2d,
    inputs: Channels,
    random: torch.Generator,
    outputs: Channels | None = None,
) -> None:
    """Fill a layer with a bias. `outputs` None: as many as before."""
    outputs = outputs or Channels.same(old.weight.shape[0])
    new.weight.copy_(inputs.split(old.weight[outputs.origin], random))
    new.bias.copy_(old.bias[outputs.origin])


def last_conv(block: MBConv) -> nn.Conv2d:
    """The block's projecting convolution."""
    return block.block[-1][0]
