"""Networks by their published names."""

from collections.abc import Callable
from functools import partial

from torch import nn

from lentigo.networks.acne import KECNN, KEVGG, AcneCNN
from lentigo.networks.densenet import DenseNet121
from lentigo.networks.efficientnet import SCALES, EfficientNet
from lentigo.networks.fusion import Fusion
from lentigo.networks.mobilenet import MobileNetV2
from lentigo.networks.resnet import ResNet
from lentigo.networks.small import ThreeLayerCNN
from lentigo.networks.unet import UNetResNet34
from lentigo.networks.unet_lite import UNetLite
from lentigo.networks.vgg import VGG16
from lentigo.networks.with_metadata import EfficientNetWithMetadata, MobileNetV2WithMetadata
from lentigo.networks.xception import Xception

CONSTRUCTORS: dict[str, Callable[..., nn.Module]] = {
    "mobilenet_v2": MobileNetV2,
    **{f"efficientnet_{size}": partial(EfficientNet, size) for size in SCALES},
    "mobilenet_v2_metadata": MobileNetV2WithMetadata,
    **{f"efficientnet_{size}_metadata": partial(EfficientNetWithMetadata, size) for size in SCALES},
    "densenet121": DenseNet121,
    "se_densenet121": partial(DenseNet121, se=True),
    "resnet34": partial(ResNet, 34),
    "resnet50": partial(ResNet, 50),
    "vgg16": VGG16,
    "xception": Xception,
    "unet_resnet34": UNetResNet34,
    "unet_lite0": partial(UNetLite, "lite0"),
    **{f"fusion_efficientnet_{size}": partial(Fusion, size) for size in SCALES},
    "acne_cnn": AcneCNN,
    "kecnn": KECNN,
    "kevgg": KEVGG,
    "three_layer_cnn": ThreeLayerCNN,
}


def build(name: str, classes: int, **options: object) -> nn.Module:
    """A network with random weights. `options` are those of its constructor (dropout, channels, ...).

    Raises ValueError for a name that is not in CONSTRUCTORS, TypeError for an option that the network does
    not have.
    """
    if name not in CONSTRUCTORS:
        raise ValueError(f"no network {name!r}; there are {', '.join(sorted(CONSTRUCTORS))}")
    return CONSTRUCTORS[name](classes, **options)
