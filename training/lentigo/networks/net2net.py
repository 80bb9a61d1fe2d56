"""Net2Net (Chen et al. 2016): a trained EfficientNet-B0 as a B1, B2 or B3 that computes the same function.

Wider: a new channel is a copy of an old one, and every weight that reads the old channel is split between the
copies. The parts are random, unequal, and drawn for every reader separately: copies with the same outgoing
weights would always get the same gradient and add no capacity (and so would, under Adam, copies whose weights
differ only by a factor). Deeper: an added residual block starts as the identity, because its last batch norm
has weight 0 and bias 0.

The functions are equal in eval mode. In training mode dropout and stochastic depth differ. A Lite grows into
a B1, B2 or B3 only as a start: gates are added, open, and SiLU replaces ReLU6.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor, nn

from lentigo.networks.efficientnet import EfficientNet
from lentigo.networks.load import load_state
from lentigo.networks.registry import build
from lentigo.networks.squeeze_excitation import SqueezeExcitation
from lentigo.seeds import torch_generator

if TYPE_CHECKING:
    from lentigo.recipe import Recipe

# A Sequential, or a part of one. Its type does not say what its items are.
Layers = Any

# A copy's part of a weight is in proportion to a draw from [MIN_DRAW, MIN_DRAW + 1): uneven, and never near
# zero.
MIN_DRAW = 0.2
OPEN_GATE = 4.0  # bias of a gate that lets all but a fiftieth through


def net2net_state(parent: "Recipe", state: dict[str, Tensor], network: nn.Module) -> dict[str, Tensor]:
    """Weights for `network` that compute the same as the parent recipe's network with the weights `state`.

    Raises TypeError where either is no EfficientNet, ValueError where the network is narrower or shallower.
    """
    source = build(parent.network.name, state["classifier.1.weight"].shape[0], **parent.network.options)
    load_state(source, state)
    net2net_widen(source, network, seed=parent.seed)
    return network.state_dict()


@torch.no_grad()
def net2net_widen(source: nn.Module, target: nn.Module, seed: int = 0) -> None:
    """Overwrites the target's weights so that it computes the source's function. The source does not change.

    Raises TypeError where either is no EfficientNet, ValueError where classes, input channels or variant
    differ or the target is narrower or shallower anywhere.
    """
    if not isinstance(source, EfficientNet) or not isinstance(target, EfficientNet):
        raise TypeError("Net2Net needs an EfficientNet as source and as target")
    if source.variant != target.variant:
        raise ValueError(f"the source is of variant {source.variant}, the target of {target.variant}")
    if target.scale.lite and not source.scale.lite:
        raise ValueError("a network with gates does not grow into one without")
    random = torch_generator(seed)
    old_layers: Layers = source.features
    new_layers: Layers = target.features
    pixels = Channels.same(old_layers[0][0].in_channels)
    width = Channels.widened(old_layers[0][0].out_channels, new_layers[0][0].out_channels, random)
    widen_conv_norm(old_layers[0], new_layers[0], pixels, width, random)
    for old, new in zip(old_layers[1:-1], new_layers[1:-1], strict=True):
        width = widen_stage(old, new, width, random)
    head = Channels.widened(source.width, target.width, random)
    widen_conv_norm(old_layers[-1], new_layers[-1], width, head, random)
    copy_linear(source.head, target.head, head, random)


@dataclass(frozen=True)
class Channels:
    """Which old channel each new channel copies: `origin` int64 [new], values below `old`."""

    old: int
    origin: Tensor

    @classmethod
    def same(cls, count: int) -> "Channels":
        return cls(count, torch.arange(count))

    @classmethod
    def widened(cls, old: int, new: int, random: torch.Generator) -> "Channels":
        """Every old channel once, in order, then copies, all channels equally often as far as possible."""
        if new < old:
            raise ValueError(f"cannot widen {old} channels to {new}")
        extra: list[Tensor] = []
        while sum(map(len, extra)) < new - old:
            extra.append(torch.randperm(old, generator=random))
        return cls(old, torch.cat([torch.arange(old), *extra])[:new])

    def split(self, weight: Tensor, random: torch.Generator) -> Tensor:
        """Weight [rows, old, ...] -> [rows, new, ...]; the copies of a channel add up to its old weight."""
        draws = (
            torch.rand(weight.shape[0], len(self.origin), generator=random, dtype=torch.float64) + MIN_DRAW
        )
        sums = torch.zeros(self.old, weight.shape[0], dtype=torch.float64).index_add_(0, self.origin, draws.T)
        parts = draws / sums.T[:, self.origin]
        return weight.double()[:, self.origin] * parts.reshape(*parts.shape, *[1] * (weight.dim() - 2))


def widen_stage(old: Layers, new: Layers, inputs: Channels, random: torch.Generator) -> Channels:
    """Fills a stage. Blocks beyond the old stage's length start as identities. Gives its output channels."""
    if len(new) < len(old):
        raise ValueError(f"cannot deepen {len(old)} blocks to {len(new)}")
    outputs = Channels.widened(last_conv(old[0]).out_channels, last_conv(new[0]).out_channels, random)
    for index, block in enumerate(new):
        if index < len(old):
            widen_block(old[index], block, inputs if index == 0 else outputs, outputs, random)
            continue
        if len(old) > 1:
            # The last block reads and writes this stage's channels: its weights are a better start than
            # random ones.
            widen_block(old[-1], block, outputs, outputs, random)
        nn.init.zeros_(block.block[-1][1].weight)
        nn.init.zeros_(block.block[-1][1].bias)
    return outputs


def widen_block(
    old: Layers, new: Layers, inputs: Channels, outputs: Channels, random: torch.Generator
) -> None:
    """Fills an MBConv. Its hidden and squeezed channels have copies of their own."""
    hidden = inputs  # without an expansion the depthwise convolution reads the block's input
    if len(old.block) == 4:
        hidden = Channels.widened(old.block[0][0].out_channels, new.block[0][0].out_channels, random)
        widen_conv_norm(old.block[0], new.block[0], inputs, hidden, random)
    widen_conv_norm(old.block[-3], new.block[-3], None, hidden, random)
    widen_gate(old.block[-2], new.block[-2], hidden, random)
    widen_conv_norm(old.block[-1], new.block[-1], hidden, outputs, random)


def widen_gate(
    old: SqueezeExcitation | nn.Identity,
    new: SqueezeExcitation | nn.Identity,
    channels: Channels,
    random: torch.Generator,
) -> None:
    """Fills a squeeze-and-excitation. A copied channel gets a copied gate.

    A Lite has no gates. Those of a network that grows from it start open, whatever the channel holds.
    """
    if isinstance(new, nn.Identity):
        return
    if isinstance(old, nn.Identity):
        nn.init.zeros_(new.fc2.weight)
        if new.fc2.bias is not None:
            nn.init.constant_(new.fc2.bias, OPEN_GATE)
        return
    squeezed = Channels.widened(old.fc1.out_channels, new.fc1.out_channels, random)
    copy_linear(old.fc1, new.fc1, channels, random, squeezed)
    copy_linear(old.fc2, new.fc2, squeezed, random, channels)


def widen_conv_norm(
    old: Layers,
    new: Layers,
    inputs: Channels | None,
    outputs: Channels,
    random: torch.Generator,
) -> None:
    """Fills a convolution and its batch norm. `inputs` None: a depthwise convolution."""
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
    """Fills a layer with a bias. `outputs` None: as many as before."""
    outputs = outputs or Channels.same(old.weight.shape[0])
    new.weight.copy_(inputs.split(old.weight[outputs.origin], random))
    if old.bias is None or new.bias is None:
        raise ValueError("a layer that is widened needs a bias")
    new.bias.copy_(old.bias[outputs.origin])


def last_conv(block: Layers) -> nn.Conv2d:
    """An MBConv's projecting convolution."""
    return block.block[-1][0]
