import pytest
import torch

from lentigo.networks.classifier import parameter_count
from lentigo.networks.registry import build

# With 1000 classes: the counts in the documentation of torchvision and pretrainedmodels.
PUBLISHED = {
    "mobilenet_v2": 3_504_872,
    "efficientnet_b0": 5_288_548,
    "efficientnet_b1": 7_794_184,
    "efficientnet_b2": 9_109_994,
    "efficientnet_b3": 12_233_232,
    "efficientnet_lite0": 4_652_008,
    "efficientnet_lite1": 5_416_680,
    "efficientnet_lite2": 6_092_072,
    "densenet121": 7_978_856,
    "resnet34": 21_797_672,
    "resnet50": 25_557_032,
    "vgg16": 138_357_544,
    "xception": 22_855_952,
}


@pytest.mark.parametrize("name", PUBLISHED)
def test_as_many_parameters_as_published(name: str) -> None:
    with torch.device("meta"):
        assert parameter_count(build(name, 1000)) == PUBLISHED[name]


@pytest.mark.parametrize("variant", ["tf", "torchvision"])
def test_both_variants_of_efficientnet_have_the_same_size(variant: str) -> None:
    with torch.device("meta"):
        assert parameter_count(build("efficientnet_b0", 1000, variant=variant)) == 5_288_548


def test_se_adds_four_gates_to_densenet() -> None:
    with torch.device("meta"):
        added = parameter_count(build("se_densenet121", 7)) - parameter_count(build("densenet121", 7))
    # channels after the four dense blocks; two layers with bias between c and c / 16 channels
    assert added == sum(2 * c * (c // 16) + c // 16 + c for c in (256, 512, 1024, 1024))


def test_nevus_melanoma_networks_have_the_papers_sizes() -> None:
    with torch.device("meta"):
        # 2.26 with the running statistics
        assert round(parameter_count(build("mobilenet_v2", 2)) / 1e6, 2) in (2.22, 2.23)
        statistics = sum(b.numel() for n, b in build("mobilenet_v2", 1).named_buffers() if "running" in n)
        assert round((parameter_count(build("mobilenet_v2", 1)) + statistics) / 1e6, 2) == 2.26
        assert round(parameter_count(build("three_layer_cnn", 2)) / 1e6, 1) == 34.4


def test_the_keras_cifar_example_has_the_examples_size() -> None:
    with torch.device("meta"):
        assert parameter_count(build("kecnn", 10)) == 1_250_858


@pytest.mark.parametrize(("options", "megabytes"), [({}, 25), ({"shared": True}, 13)])
def test_fusion_fits_its_package(options: dict[str, bool], megabytes: int) -> None:
    with torch.device("meta"):
        assert int8_bytes(build("fusion_efficientnet_b3", 5, **options)) < megabytes * 1e6


def test_unet_fits_its_package() -> None:
    with torch.device("meta"):
        assert int8_bytes(build("unet_resnet34", 1)) < 27e6


def int8_bytes(network: torch.nn.Module) -> int:
    """The size of a package with folded batch norms.

    It has a byte per weight (two in depthwise layers), and a float32 scale and bias per channel.
    """
    total = 0
    for tensor in network.parameters():
        if tensor.dim() > 1:
            depthwise = tensor.dim() == 4 and tensor.shape[1] == 1
            total += tensor.numel() * (2 if depthwise else 1) + 8 * tensor.shape[0]
    return total


def test_unknown_names_and_options_are_errors() -> None:
    with pytest.raises(ValueError, match=r"no network 'resnet99'; there are acne_cnn, "):
        build("resnet99", 2)
    with pytest.raises(TypeError, match="width"):
        build("mobilenet_v2", 2, width=2)
