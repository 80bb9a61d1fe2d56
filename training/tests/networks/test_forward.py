"""Every network trains, takes both memory layouts, and can be exported with a free batch size."""

import inspect

import pytest
import torch
from settled import furthest, settle
from torch import Tensor, nn

from lentigo.networks.classifier import ImageClassifier
from lentigo.networks.efficientnet import SameConv2d
from lentigo.networks.registry import CONSTRUCTORS, build
from lentigo.networks.squeeze_excitation import SqueezeExcitation

FIXED_SIZE = {"acne_cnn": 32, "kecnn": 32, "kevgg": 32, "three_layer_cnn": 128}
METADATA = 11
# The larger siblings have no layer of their own.
SIBLINGS = {"efficientnet_b1", "efficientnet_b2", "densenet121", "resnet34"} | {
    f"fusion_efficientnet_{size}" for size in ("b1", "b2", "b3")
}
NAMES = [name for name in CONSTRUCTORS if name not in SIBLINGS]


def network_and_inputs(name: str, count: int = 2, side: int = 64) -> tuple[nn.Module, list[Tensor]]:
    torch.manual_seed(0)
    side = FIXED_SIZE.get(name, side)
    with_metadata = "fusion" in name or "metadata" in name
    network = build(name, 3, **({"metadata": METADATA} if with_metadata else {}))
    inputs = [torch.randn(count, 3, side, side)]
    if "fusion" in name:
        inputs.append((torch.rand(count, 1, side, side) > 0.5).float())
    if with_metadata:
        inputs.append(torch.rand(count, METADATA))
    return network, inputs


def logits(output: Tensor | dict[str, Tensor]) -> Tensor:
    return output["logits"] if isinstance(output, dict) else output


@pytest.mark.parametrize("name", NAMES)
def test_every_parameter_learns(name: str) -> None:
    # VGG-16 has half a gigabyte of weights, and its shapes are enough.
    with torch.device("meta" if name == "vgg16" else "cpu"):
        network, inputs = network_and_inputs(name, count=3)
    output = logits(network.train()(*inputs))
    assert output.shape[:2] == (3, 3)
    output.square().mean().backward()
    for parameter_name, parameter in network.named_parameters():
        assert parameter.grad is not None, f"{parameter_name} has no gradient"
        assert parameter.is_meta or parameter.grad.isfinite().all(), (
            f"{parameter_name} has an infinite gradient"
        )


@pytest.mark.parametrize(
    "name", ["mobilenet_v2", "se_densenet121", "unet_resnet34", "xception", "acne_cnn", "kecnn"]
)
@torch.no_grad()
def test_channels_last_gives_the_same(name: str) -> None:
    network, inputs = network_and_inputs(name)
    settle(network, *inputs)
    expected = logits(network(*inputs))
    network.to(memory_format=torch.channels_last)
    inputs = [x.to(memory_format=torch.channels_last) if x.dim() == 4 else x for x in inputs]
    assert furthest(logits(network(*inputs)), expected) < 1e-4


@pytest.mark.parametrize("name", NAMES)
def test_traces_with_a_free_batch_size(name: str) -> None:
    with torch.device("meta"):
        network, inputs = network_and_inputs(name, side=224)
    network.eval()
    names = list(inspect.signature(network.forward).parameters)[: len(inputs)]
    shapes = {key: {0: torch.export.Dim("batch")} for key in names}
    graph = torch.export.export(network, tuple(inputs), dynamic_shapes=shapes).graph
    assert not [node for node in graph.nodes if node.op == "call_function" and "cond" in str(node.target)]


@pytest.mark.parametrize("name", [n for n in NAMES if not n.startswith(("unet", "fusion"))])
@torch.no_grad()
def test_a_classifier_is_its_three_steps(name: str) -> None:
    with torch.device("meta"):
        network, (image, *rest) = network_and_inputs(name, side=224)
        assert isinstance(network.eval(), ImageClassifier)
        feature_map = network.feature_map(image)
        pooled = network.pooled(feature_map, *rest)
        assert network.head(pooled).shape == network(image, *rest).shape == (2, 3)
        if network.pools_by_mean:
            assert feature_map.shape[1] <= network.head.in_features == pooled.shape[1]


@pytest.mark.parametrize("name", ["mobilenet_v2", "efficientnet_b0", "xception", "acne_cnn", "unet_resnet34"])
def test_one_channel_images(name: str) -> None:
    side = FIXED_SIZE.get(name, 64)
    assert build(name, 1, channels=1)(torch.randn(2, 1, side, side)).shape[:2] == (2, 1)


@pytest.mark.parametrize("upsampling", ["nearest", "bilinear"])
@torch.no_grad()
def test_the_unet_has_a_logit_for_each_pixel(upsampling: str) -> None:
    unet = build("unet_resnet34", 1, upsampling=upsampling).eval()
    assert unet(torch.randn(2, 3, 64, 96)).shape == (2, 1, 64, 96)
    with pytest.raises(ValueError, match="nearest or bilinear"):
        build("unet_resnet34", 1, upsampling="cubic")


@pytest.mark.parametrize(("side", "edges"), [(224, (0, 1)), (225, (1, 1)), (7, (1, 1)), (8, (0, 1))])
def test_same_padding_is_tensorflows(side: int, edges: tuple[int, int]) -> None:
    convolution = SameConv2d(1, 1, 3, stride=2, bias=False)
    image = torch.randn(1, 1, side, side)
    assert convolution.edges(0, side) == edges
    assert convolution(image).shape[2:] == (-(-side // 2), -(-side // 2))
    padded = nn.functional.pad(image, (*edges, *edges))
    assert torch.equal(convolution(image), nn.functional.conv2d(padded, convolution.weight, stride=2))


@torch.no_grad()
def test_stochastic_depth_skips_as_often_as_it_should_and_scales_the_rest() -> None:
    torch.manual_seed(0)
    block = build("efficientnet_b0", 2, drop_connect=0.8).features[6][3]
    x = torch.randn(1, 192, 4, 4).expand(400, -1, -1, -1)
    exact = block.eval()(x) - x
    block.training = True  # the block alone: its batch norms stay in eval mode, so that images do not mix
    residual = block(x) - x
    skipped = residual.abs().amax((1, 2, 3)) == 0
    assert abs(skipped.float().mean() - block.drop) < 0.06 and 0.6 < block.drop < 0.8
    rest = ~skipped
    torch.testing.assert_close(residual[rest], exact[rest] / (1 - block.drop), rtol=1e-3, atol=1e-4)


@torch.no_grad()
def test_squeeze_and_excitation_scales_channels_by_one_gate_each() -> None:
    layer, x = SqueezeExcitation(8, 2), torch.rand(2, 8, 3, 5) + 1
    ratio = layer(x) / x
    torch.testing.assert_close(ratio, ratio[:, :, :1, :1].expand_as(ratio))
    assert (ratio > 0).all() and (ratio < 1).all()


def test_small_networks_refuse_other_image_sizes() -> None:
    with pytest.raises(ValueError, match="a feature map of side 4"):
        build("acne_cnn", 4)(torch.randn(1, 3, 64, 64))
