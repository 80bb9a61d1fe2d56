import pytest
import torch
from settled import settle
from torch import Tensor, nn

from lentigo.networks.fusion import Fusion
from lentigo.networks.registry import build

SIDE, METADATA, CLASSES = 64, 18, 5


def fusion(**options: object) -> Fusion:
    torch.manual_seed(3)
    network = build("fusion_efficientnet_b0", CLASSES, metadata=options.pop("metadata", METADATA), **options)
    for module in network.modules():  # small initial weights would hide the influence of a part
        if isinstance(module, nn.Linear):
            nn.init.normal_(module.weight, 0, module.in_features**-0.5)
    return settle(network, *inputs(8))


def inputs(count: int = 3, seed: int = 0) -> tuple[Tensor, Tensor, Tensor]:
    random = torch.Generator().manual_seed(seed)
    image = torch.randn(count, 3, SIDE, SIDE, generator=random)
    mask = (torch.rand(count, 1, SIDE, SIDE, generator=random) > 0.5).float()
    return image, mask, torch.rand(count, METADATA, generator=random)


@torch.no_grad()
def test_fusing_again_repeats_the_whole_network() -> None:
    network, (image, mask, metadata) = fusion(), inputs()
    outputs = network(image, mask, metadata)
    again = network.fuse(outputs["tokens"], outputs["mask_vector"], metadata)
    assert set(again) == {"logits", "attention_meta", "attention_mask"}
    for name, value in again.items():
        assert torch.equal(value, outputs[name])
    other = network.fuse(outputs["tokens"], outputs["mask_vector"], 1 - metadata)
    assert (other["logits"] - outputs["logits"]).abs().max() > 1e-3


@torch.no_grad()
def test_shapes_and_attention_that_adds_up_to_one() -> None:
    outputs = fusion()(*inputs())
    assert outputs["logits"].shape == (3, CLASSES)
    assert outputs["tokens"].shape == (3, 4, 1280) and outputs["mask_vector"].shape == (3, 1280)
    for name in ("attention_meta", "attention_mask"):
        assert outputs[name].shape == (3, 8, 1, 4)
        torch.testing.assert_close(outputs[name].sum(-1), torch.ones(3, 8, 1))


@torch.no_grad()
def test_the_attention_is_pytorchs_own() -> None:
    network, (image, mask, _) = fusion(), inputs()
    module = network.fusion.attention["meta"]
    tokens, query = (
        network.fusion.image_projection(network.encode(image, mask)["tokens"]),
        torch.randn(3, 192),
    )
    joined, weights = module(query, tokens)
    expected, expected_weights = nn.functional.multi_head_attention_forward(
        *(query[None], tokens.transpose(0, 1), tokens.transpose(0, 1), 192, 8, None),
        torch.cat([module.query.bias, module.key.bias, module.value.bias]),
        *(None, None, False, 0.0, module.output.weight, module.output.bias),
        training=False,
        average_attn_weights=False,
        use_separate_proj_weight=True,
        q_proj_weight=module.query.weight,
        k_proj_weight=module.key.weight,
        v_proj_weight=module.value.weight,
    )
    torch.testing.assert_close(joined, expected[0])
    torch.testing.assert_close(weights, expected_weights)


@torch.no_grad()
def test_over_a_single_key_the_query_has_no_influence() -> None:
    """As in the paper: the softmax over a single key is always 1."""
    image, mask, metadata = inputs()
    for keys, influence in (("vector", False), ("spatial", True)):
        network = fusion(keys=keys)
        logits = [network(image, mask, values)["logits"] for values in (metadata, 1 - metadata)]
        assert ((logits[0] - logits[1]).abs().max() > 1e-4) == influence


@pytest.mark.parametrize(
    ("options", "reads_mask", "reads_metadata"),
    [
        ({}, True, True),
        ({"mask": False}, False, True),
        ({"metadata": 0}, True, False),
        ({"mask": False, "metadata": 0}, False, False),
        ({"join": "concatenation"}, True, True),
        ({"shared": True}, True, True),
    ],
)
@torch.no_grad()
def test_ablations_read_what_they_should(
    options: dict[str, object], reads_mask: bool, reads_metadata: bool
) -> None:
    network, (image, mask, metadata) = fusion(**options), inputs()
    base = network(image, mask, metadata)
    assert ("mask_vector" in base) == reads_mask
    assert ("attention_meta" in base) == (reads_metadata and "join" not in options)
    moved = (network(image, 1 - mask, metadata)["logits"] - base["logits"]).abs().max()
    assert (moved > 1e-4) == reads_mask
    moved = (network(image, mask, 1 - metadata)["logits"] - base["logits"]).abs().max()
    assert (moved > 1e-4) == reads_metadata
    assert (network(-image, mask, metadata)["logits"] - base["logits"]).abs().max() > 1e-4


def test_a_missing_input_is_an_error() -> None:
    network, (image, mask, _) = fusion(), inputs()
    with pytest.raises(ValueError, match="reads a mask"):
        network(image)
    with pytest.raises(ValueError, match="a meta query"):
        network(image, mask)
    with pytest.raises(ValueError, match="'sum'"):
        fusion(join="sum")
