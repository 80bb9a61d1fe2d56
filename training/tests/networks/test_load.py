from pathlib import Path

import pytest
import torch
from sklearn.datasets import load_sample_images
from torch import nn

from lentigo.networks.efficientnet import SameConv2d
from lentigo.networks.load import load_pretrained, load_state
from lentigo.networks.registry import build


@pytest.fixture(scope="module")
def mobilenet() -> dict[str, torch.Tensor]:
    return build("mobilenet_v2", 5).state_dict()


def test_the_shared_mobilenet_loads_completely(shared: Path) -> None:
    report = load_pretrained(build("mobilenet_v2", 1000), shared / "weights/mobilenet_v2_imagenet.pth")
    assert len(report.loaded) == 314
    assert not report.missing and not report.dropped


def test_the_shared_mobilenet_loads_without_its_head_for_other_classes(shared: Path) -> None:
    network = build("mobilenet_v2", 2)
    head = network.head.weight.clone()
    report = load_pretrained(network, shared / "weights/mobilenet_v2_imagenet.pth")
    assert report.dropped == report.missing == ["classifier.1.weight", "classifier.1.bias"]
    assert torch.equal(network.head.weight, head)
    assert "312 tensors loaded" in str(report) and "2 dropped (classifier.1.weight" in str(report)


def test_the_shared_efficientnet_loads_up_to_its_head(shared: Path) -> None:
    path = shared / "weights/efficientnet_b0_imagenet_saliency.pth"
    network = build("efficientnet_b0", 7)
    report = load_pretrained(network, path, partial=True)
    assert len(report.loaded) == 352
    assert {name.split(".", 2)[1] if name.startswith("features") else "head" for name in report.missing} == {
        "8",
        "head",
    }
    content = torch.load(path, weights_only=True)
    assert torch.equal(network.features[7][0].block[3][0].weight, content["_blocks.15._project_conv.weight"])
    with pytest.raises(ValueError, match=r"5 missing: features\.8\.0\.weight"):
        load_pretrained(build("efficientnet_b0", 7), path)


@torch.no_grad()
def test_the_shared_efficientnet_finds_its_statistics_under_its_own_padding(shared: Path) -> None:
    """On photos the inputs of its batch norms vary as the weights recorded; with other padding less so."""
    photos = [torch.from_numpy(photo.copy()) for photo in load_sample_images().images]
    crops = [
        photo[top : top + 400, left : left + 400] for photo in photos for top, left in [(0, 0), (20, 220)]
    ]
    images = torch.stack(crops).permute(0, 3, 1, 2).float() / 255
    images = nn.functional.interpolate(images, size=(224, 224), mode="bilinear", antialias=True)
    mean, std = torch.tensor([0.485, 0.456, 0.406]), torch.tensor([0.229, 0.224, 0.225])
    images = (images - mean[:, None, None]) / std[:, None, None]
    mean_gap = {}
    for variant in ("tf", "torchvision"):
        network = build("efficientnet_b0", 7).eval()
        load_pretrained(network, shared / "weights/efficientnet_b0_imagenet_saliency.pth", partial=True)
        if variant == "torchvision":  # only the padding differs; the weights and eps are the same
            for module in network.modules():
                if isinstance(module, SameConv2d):
                    module.__class__, module.padding = nn.Conv2d, (module.kernel_size[0] // 2,) * 2
        gaps = []
        for norm in [
            module for module in network.features[:8].modules() if isinstance(module, nn.BatchNorm2d)
        ]:
            norm.register_forward_pre_hook(lambda norm, x, gaps=gaps: gaps.append(variance_gap(norm, x[0])))
        network.feature_map(images)
        mean_gap[variant] = sum(gaps) / len(gaps)
    assert mean_gap["tf"] < 0.3
    assert mean_gap["tf"] < mean_gap["torchvision"]


def variance_gap(norm: nn.BatchNorm2d, x: torch.Tensor) -> float:
    """The median over channels of |log(variance of the input / recorded variance)|."""
    ratio = (x.var((0, 2, 3)) + norm.eps) / (norm.running_var + norm.eps)
    return ratio.log().abs().median().item()


def test_a_file_of_another_network_is_refused_by_name(mobilenet: dict[str, torch.Tensor]) -> None:
    with pytest.raises(ValueError, match=r"unknown to the network: features\.1\.conv"):
        load_state(build("efficientnet_b0", 5), mobilenet, partial=True)


def test_an_unknown_name_is_refused(mobilenet: dict[str, torch.Tensor]) -> None:
    with pytest.raises(ValueError, match=r"1 unknown to the network: extra\.weight"):
        load_state(build("mobilenet_v2", 5), {**mobilenet, "extra.weight": torch.zeros(1)})
    report = load_state(
        build("mobilenet_v2", 5), {**mobilenet, "extra.weight": torch.zeros(1)}, drop=("extra.",)
    )
    assert report.dropped == ["extra.weight"]


def test_a_missing_name_is_refused_unless_partial(mobilenet: dict[str, torch.Tensor]) -> None:
    fewer = {name: tensor for name, tensor in mobilenet.items() if name != "features.5.conv.2.weight"}
    with pytest.raises(ValueError, match=r"1 missing: features\.5\.conv\.2\.weight"):
        load_state(build("mobilenet_v2", 5), fewer)
    assert load_state(build("mobilenet_v2", 5), fewer, partial=True).missing == ["features.5.conv.2.weight"]


def test_a_wrong_shape_is_refused_and_nothing_is_loaded(mobilenet: dict[str, torch.Tensor]) -> None:
    network = build("mobilenet_v2", 5)
    before = {name: tensor.clone() for name, tensor in network.state_dict().items()}
    bent = {**mobilenet, "features.3.conv.2.weight": torch.zeros(24, 144, 3, 3)}
    with pytest.raises(ValueError, match=r"features\.3\.conv\.2\.weight \(24, 144, 3, 3\) in the file"):
        load_state(network, bent, partial=True)
    assert all(torch.equal(tensor, before[name]) for name, tensor in network.state_dict().items())


def test_colour_weights_load_into_a_one_channel_network(mobilenet: dict[str, torch.Tensor]) -> None:
    colour, grey = build("mobilenet_v2", 5), build("mobilenet_v2", 5, channels=1)
    load_state(colour, mobilenet)
    assert load_state(grey, mobilenet).summed == ["features.0.0.weight"]
    image = torch.randn(2, 1, 64, 64)
    same = colour.eval()(image.expand(-1, 3, -1, -1))
    torch.testing.assert_close(grey.eval()(image), same, rtol=1e-3, atol=1e-5)


def test_files_may_wrap_their_weights(mobilenet: dict[str, torch.Tensor], tmp_path: Path) -> None:
    torch.save({"state_dict": mobilenet, "epoch": 3}, tmp_path / "wrapped.pth")
    assert not load_pretrained(build("mobilenet_v2", 5), tmp_path / "wrapped.pth").missing
    torch.save({"epoch": 3}, tmp_path / "none.pth")
    with pytest.raises(ValueError, match="not a state_dict"):
        load_pretrained(build("mobilenet_v2", 5), tmp_path / "none.pth")
