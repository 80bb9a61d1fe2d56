"""Fine-tuning only part of a network."""

from torch import nn

NORMS = (nn.BatchNorm1d, nn.BatchNorm2d)


class FrozenBatchNorm1d(nn.BatchNorm1d):
    """A batch norm that stays in eval mode in every mode of the network: its statistics never change."""

    def train(self, mode: bool = True) -> "FrozenBatchNorm1d":
        return super().train(False)


class FrozenBatchNorm2d(nn.BatchNorm2d):
    """As FrozenBatchNorm1d, for feature maps."""

    def train(self, mode: bool = True) -> "FrozenBatchNorm2d":
        return super().train(False)


# Only the class of a module changes: names, weights, copies and pickles of the network stay as they are.
FROZEN: dict[type[nn.Module], type[nn.Module]] = {
    nn.BatchNorm1d: FrozenBatchNorm1d,
    nn.BatchNorm2d: FrozenBatchNorm2d,
}
UNFROZEN = {frozen: plain for plain, frozen in FROZEN.items()}


def freeze(module: nn.Module) -> None:
    """Stops the training of everything in the module. Its batch norms stay in eval mode."""
    module.requires_grad_(False)
    for part in module.modules():
        if type(part) in FROZEN:
            part.__class__ = FROZEN[type(part)]
            part.eval()


def unfreeze(module: nn.Module) -> None:
    """Undoes `freeze`. Batch norms take the mode of the module."""
    module.requires_grad_(True)
    for part in module.modules():
        if type(part) in UNFROZEN:
            part.__class__ = UNFROZEN[type(part)]
            part.train(module.training)


def freeze_all_but_last(network: nn.Module, count: int) -> list[str]:
    """Trains only the last `count` layers that have weights. Returns the names of the layers that train.

    A layer is a convolution or a linear layer together with the norms after it. A depthwise convolution
    directly followed by a 1x1 convolution is a single layer (Keras's SeparableConv2D). The order is that of
    registration, which in every network here is that of the forward pass. Earlier freezing is undone first.
    Raises ValueError where the network has fewer layers or `count` is not positive.
    """
    layers = weighted_layers(network)
    if not 0 < count <= len(layers):
        raise ValueError(f"cannot train the last {count} layers of {len(layers)}")
    unfreeze(network)
    for layer in layers[:-count]:
        for _, part in layer:
            freeze(part)
    return [name for layer in layers[-count:] for name, _ in layer]


def weighted_layers(network: nn.Module) -> list[list[tuple[str, nn.Module]]]:
    """The network's layers in order, each as its named modules (see freeze_all_but_last)."""
    layers: list[list[tuple[str, nn.Module]]] = []
    for name, module in network.named_modules():
        if not any(True for _ in module.parameters(recurse=False)):
            continue
        if layers and (isinstance(module, NORMS) or is_separable(layers[-1][-1][1], module)):
            layers[-1].append((name, module))
        else:
            layers.append([(name, module)])
    return layers


def is_separable(first: nn.Module, second: nn.Module) -> bool:
    """Whether two neighbouring modules are the halves of a depthwise separable convolution."""
    return (
        isinstance(first, nn.Conv2d)
        and isinstance(second, nn.Conv2d)
        and first.groups == first.in_channels > 1
        and second.kernel_size == (1, 1)
        and second.groups == 1
        and second.in_channels == first.out_channels
    )
