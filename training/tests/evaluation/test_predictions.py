"""Predictions are the same after saving, and broken predictions are refused."""

import numpy as np
import pytest
from drawn import labels_and_logits, predictions

from lentigo.evaluation.predictions import Predictions


def test_predictions_come_back_from_a_file_and_broken_predictions_are_refused(tmp_path) -> None:
    labels, logits = labels_and_logits(np.random.default_rng(9), 20)
    predictions(labels, logits).save(tmp_path / "saved.npz")
    again = Predictions.load(tmp_path / "saved.npz")
    assert again.ids[3] == "image 3" and again.groups[3] == "group 1"
    np.testing.assert_allclose(again.logits, logits, rtol=1e-6)
    with pytest.raises(ValueError, match="lengths"):
        Predictions(["a"], labels, ["g"], logits)
    with pytest.raises(ValueError, match="finite"):
        predictions(labels, logits * np.nan)
