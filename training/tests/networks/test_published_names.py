import pytest
import torch

from lentigo.networks.efficientnet_names import from_tf_names, to_tf_names
from lentigo.networks.load import load_state
from lentigo.networks.registry import build

# A few names and shapes from each published file, 1000 classes.
PUBLISHED = {
    "mobilenet_v2": {
        "features.0.0.weight": (32, 3, 3, 3),
        "features.1.conv.1.weight": (16, 32, 1, 1),
        "features.17.conv.3.running_var": (320,),
        "features.18.0.weight": (1280, 320, 1, 1),
        "classifier.1.weight": (1000, 1280),
    },
    "efficientnet_b0": {
        "features.0.0.weight": (32, 3, 3, 3),
        "features.1.0.block.0.0.weight": (32, 1, 3, 3),
        "features.1.0.block.1.fc1.weight": (8, 32, 1, 1),
        "features.2.1.block.3.0.weight": (24, 144, 1, 1),
        "features.7.0.block.2.fc2.bias": (1152,),
        "features.8.1.running_mean": (1280,),
        "classifier.1.bias": (1000,),
    },
    "efficientnet_b3": {
        "features.7.1.block.1.0.weight": (2304, 1, 3, 3),
        "features.8.0.weight": (1536, 384, 1, 1),
    },
    "densenet121": {
        "features.conv0.weight": (64, 3, 7, 7),
        "features.denseblock4.denselayer16.conv2.weight": (32, 128, 3, 3),
        "features.transition3.conv.weight": (512, 1024, 1, 1),
        "features.norm5.weight": (1024,),
        "classifier.weight": (1000, 1024),
    },
    "resnet34": {"layer3.5.conv2.weight": (256, 256, 3, 3), "layer2.0.downsample.1.weight": (128,)},
    "resnet50": {
        "layer1.0.downsample.0.weight": (256, 64, 1, 1),
        "layer4.2.conv3.weight": (2048, 512, 1, 1),
        "fc.weight": (1000, 2048),
    },
    "vgg16": {
        "features.28.weight": (512, 512, 3, 3),
        "classifier.0.weight": (4096, 25088),
        "classifier.6.bias": (1000,),
    },
    "xception": {
        "conv2.weight": (64, 32, 3, 3),
        "block1.rep.0.pointwise.weight": (128, 64, 1, 1),
        "block1.skipbn.weight": (128,),
        "block2.rep.1.conv1.weight": (128, 1, 3, 3),
        "block11.rep.7.pointwise.weight": (728, 728, 1, 1),
        "block12.rep.4.pointwise.weight": (1024, 728, 1, 1),
        "conv4.conv1.weight": (1536, 1, 3, 3),
        "bn4.running_mean": (2048,),
        "fc.weight": (1000, 2048),
    },
    "unet_resnet34": {
        "encoder.layer4.2.bn2.weight": (512,),
        "decoder.blocks.0.conv1.0.weight": (256, 768, 3, 3),
        "decoder.blocks.4.conv2.1.weight": (16,),
        "segmentation_head.0.weight": (1000, 16, 3, 3),
    },
}


@pytest.mark.parametrize("name", PUBLISHED)
def test_layers_have_the_published_names(name: str) -> None:
    with torch.device("meta"):
        state = build(name, 1000).state_dict()
    assert {key: tuple(state[key].shape) for key in PUBLISHED[name] if key in state} == PUBLISHED[name]


@pytest.mark.parametrize("size", ["b0", "b3"])
def test_efficientnet_pytorchs_names_translate_both_ways(size: str) -> None:
    with torch.device("meta"):
        network = build(f"efficientnet_{size}", 10)
    state, lengths = network.state_dict(), network.stage_lengths()
    theirs = to_tf_names(state, lengths)
    assert len(theirs) == len(state)
    assert all(name.startswith("_") for name in theirs)
    assert theirs["_blocks.0._project_conv.weight"] is state["features.1.0.block.2.0.weight"]
    assert (
        theirs[f"_blocks.{sum(lengths) - 1}._bn2.bias"]
        is state[f"features.7.{lengths[-1] - 1}.block.3.1.bias"]
    )
    assert from_tf_names(theirs, lengths).keys() == state.keys()


def test_efficientnet_pytorchs_weights_are_refused_by_the_other_variant() -> None:
    source = build("efficientnet_b0", 2)
    weights = to_tf_names(source.state_dict(), source.stage_lengths())
    with pytest.raises(ValueError, match="variant='tf'"):
        load_state(build("efficientnet_b0", 2, variant="torchvision"), weights)
    assert not load_state(build("efficientnet_b0", 2), weights).missing


def test_densenets_old_names_load() -> None:
    weights = build("densenet121", 3).state_dict()
    old = {
        name.replace("norm1.", "norm.1.").replace("conv2.", "conv.2.")
        if "denselayer" in name
        else name: tensor
        for name, tensor in weights.items()
    }
    assert old.keys() != weights.keys()
    assert not load_state(build("densenet121", 3), old).missing


def test_densenets_weights_load_under_squeeze_and_excitation() -> None:
    weights = build("densenet121", 7).state_dict()
    network = build("se_densenet121", 7)
    report = load_state(network, weights, partial=True)
    assert {name.split(".")[1] for name in report.missing} == {"se1", "se2", "se3", "se4"}
    name = "features.denseblock2.denselayer3.conv1.weight"
    assert torch.equal(network.state_dict()[name], weights[name])


def test_xceptions_other_names_and_shapes_load() -> None:
    weights = build("xception", 2).state_dict()
    other = {}
    for name, tensor in weights.items():
        flat = tensor[:, :, 0, 0] if name.endswith("pointwise.weight") else tensor
        other[name.replace("fc.", "last_linear.") if name.startswith("fc.") else name] = flat
    assert not load_state(build("xception", 2), other).missing


def test_resnets_weights_load_into_the_unets_encoder() -> None:
    weights = build("resnet34", 5).state_dict()
    unet = build("unet_resnet34", 1)
    report = load_state(unet.encoder, weights, drop=("fc.",))
    assert report.dropped == ["fc.weight", "fc.bias"]
    assert torch.equal(unet.encoder.layer3[4].conv1.weight, weights["layer3.4.conv1.weight"])


def test_efficientnets_weights_load_into_the_fusions_encoders() -> None:
    weights = build("efficientnet_b0", 5).state_dict()
    fusion = build("fusion_efficientnet_b0", 5)
    report = load_state(fusion.mask_encoder, weights, drop=("classifier.",))
    assert len(report.dropped) == 2 and not report.missing
