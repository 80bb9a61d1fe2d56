"""efficientnet_pytorch's names of EfficientNet's weights, and torchvision's for the same tensors."""

from torch import Tensor

# A block's parts: efficientnet_pytorch's name -> position in torchvision's `block`, counted with the
# expansion.
BLOCK_PARTS = {
    "_expand_conv": "0.0",
    "_bn0": "0.1",
    "_depthwise_conv": "1.0",
    "_bn1": "1.1",
    "_se_reduce": "2.fc1",
    "_se_expand": "2.fc2",
    "_project_conv": "3.0",
    "_bn2": "3.1",
}
OUTER_PARTS = {
    "_conv_stem": "features.0.0",
    "_bn0": "features.0.1",
    "_conv_head": "features.8.0",
    "_bn1": "features.8.1",
    "_fc": "classifier.1",
}


def is_tf_names(state: dict[str, Tensor]) -> bool:
    """Whether the names are efficientnet_pytorch's."""
    return "_conv_stem.weight" in state


def names_from_tf(stage_lengths: list[int]) -> dict[str, str]:
    """efficientnet_pytorch's layer name -> torchvision's, for stages with these numbers of blocks.

    efficientnet_pytorch numbers the blocks through the network, torchvision within a stage (features.1 is the
    first). A block without expansion, which only the first stage has, starts one position lower.
    """
    names = dict(OUTER_PARTS)
    number = 0
    for stage, length in enumerate(stage_lengths, start=1):
        for index in range(length):
            for theirs, ours in BLOCK_PARTS.items():
                position, part = ours.split(".")
                if stage == 1:
                    position = str(int(position) - 1)
                if position != "-1":
                    names[f"_blocks.{number}.{theirs}"] = f"features.{stage}.{index}.block.{position}.{part}"
            number += 1
    return names


def from_tf_names(state: dict[str, Tensor], stage_lengths: list[int]) -> dict[str, Tensor]:
    """Tensors under efficientnet_pytorch's names -> under torchvision's. Unknown names stay."""
    return rename(state, names_from_tf(stage_lengths))


def to_tf_names(state: dict[str, Tensor], stage_lengths: list[int]) -> dict[str, Tensor]:
    """The inverse of `from_tf_names`."""
    return rename(state, {ours: theirs for theirs, ours in names_from_tf(stage_lengths).items()})


def rename(state: dict[str, Tensor], layers: dict[str, str]) -> dict[str, Tensor]:
    """Tensors under their layers' new names. A layer that is not in `layers` keeps its name."""
    renamed = {}
    for name, tensor in state.items():
        layer, _, kind = name.rpartition(".")
        renamed[f"{layers.get(layer, layer)}.{kind}"] = tensor
    return renamed
