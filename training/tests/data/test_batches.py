"""Batches hide metadata and perturb masks as often as they say, and keep both valid."""

import numpy as np
import torch

from lentigo.data import metadata
from lentigo.data.batches import BatchLoader, metadata_dropout, perturb_masks
from lentigo.data.dataset import Dataset
from lentigo.data.tables import Row
from lentigo.recipe import read_recipe

LARGE = """
system: A
task: classification
domain: dermoscopy
network: {name: acne_cnn}
data: {sets: [derm], classes: {nv: [nv], mel: [mel], bkl: [bkl]}}
stages: [{size: 260, epochs: 1, lr: 0.001}]
"""


def test_metadata_dropout_keeps_the_groups_whole() -> None:
    schema = metadata.SCHEMAS["derm"]
    row = Row("x", "nv", "s", "g", {"age": "30", "sex": "male", "site": "back"})
    known = torch.from_numpy(metadata.encode([row] * 200, schema))
    out = metadata_dropout(known, schema, 0.5, torch.Generator().manual_seed(0))
    assert (out.sum(1) == len(schema)).all()
    unknown_age = float((out[:, 9] == 1).float().mean())
    assert 0.4 < unknown_age < 0.75
    assert np.allclose(metadata_dropout(known, schema, 0.0, torch.Generator()), known)


def test_perturbed_masks_are_emptied_grown_or_shrunk() -> None:
    masks = torch.zeros(400, 1, 40, 40)
    masks[..., 10:30, 10:30] = 1
    out = perturb_masks(masks, 0.5, torch.Generator().manual_seed(0))
    areas = out.sum((1, 2, 3))
    changed = areas != 400
    assert 0.4 < float(changed.float().mean()) < 0.6
    assert (areas[changed] == 0).any() and (areas > 400).any() and ((areas > 0) & (areas < 400)).any()
    assert areas.max() <= 24**2 and set(out.unique().tolist()) == {0.0, 1.0}
    assert torch.equal(perturb_masks(masks, 0.0, torch.Generator()), masks)


def test_images_have_the_size_that_the_network_reads(made_up, made_up_splits, tmp_path) -> None:
    """Also above the size up to which a margin is kept."""
    path = tmp_path / "large.yaml"
    path.write_text(LARGE)
    dataset = Dataset(read_recipe(path), made_up)
    for size, margin in ((32, 1.0), (260, 1.0), (260, 1.15)):
        images = BatchLoader(dataset, "test", size, torch.device("cpu"), margin).images
        assert images.shape[-2:] == ((round(size * margin),) * 2 if size < 200 else (260, 260))
