"""Results that were measured before have Wilson's interval where a share is of all or no images."""

from pathlib import Path

import numpy as np

from lentigo.data.dataset import Dataset
from lentigo.evaluation.certain_shares import with_wilson
from lentigo.evaluation.classifier import measure_classifier
from lentigo.evaluation.predictions import Predictions
from lentigo.evaluation.subgroups import FIELDS
from lentigo.recipe import read_recipe

RECIPE = """
system: A
task: classification
domain: dermoscopy
network: {name: acne_cnn}
data: {sets: [derm], classes: {nv: [nv], mel: [mel], bkl: [bkl]}}
kinds: {nv: benign, mel: malignant, bkl: benign}
positive: [mel]
stages: [{size: 32, epochs: 1, lr: 0.001}]
"""


def test_they_are_those_of_a_whole_measurement(made_up, made_up_splits, tmp_path: Path) -> None:
    path = tmp_path / "small.yaml"
    path.write_text(RECIPE)
    dataset = Dataset(read_recipe(path), made_up)
    split = dataset.splits["test"]
    labels = np.asarray(split.labels)
    logits = np.where(labels[:, None] == np.arange(3), 6.0, -6.0)
    test = Predictions.of(split, {"logits": logits})
    fields = {name: field for name, field in FIELDS["derm"].items() if name != "skinTone"}
    whole = measure_classifier(
        test, test, ["nv", "mel", "bkl"], group="lesion_id", positive=["mel"], fields=fields, resamples=20
    )
    whole["classes"] = ["nv", "mel", "bkl"]
    before = _as_before(whole)
    assert before != whole
    before["validation"] = whole["validation"]  # of other images, which are not counted here
    found, left = with_wilson(before, dataset)
    assert before == whole and found > 0 and left == 0
    # Measured on other images: only shares of all of them are known.
    other = _as_before(whole)
    other["test"]["count"] += 1
    with_wilson(other, dataset)
    sets = other["calibration"]["conformal"]["test"]
    assert sets["empty"]["high"] > 0 and sets["perClass"][0]["coverage"]["low"] == 1


def _as_before(figures):
    """With the percentiles of draws that are all alike."""
    if isinstance(figures, dict):
        if set(figures) == {"value", "low", "high"} and figures["value"] in (0, 1):
            return figures | {"low": figures["value"], "high": figures["value"]}
        return {name: _as_before(value) for name, value in figures.items()}
    return [_as_before(value) for value in figures] if isinstance(figures, list) else figures
