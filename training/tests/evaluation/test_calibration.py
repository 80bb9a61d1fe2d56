"""Temperature scaling finds the temperature of drawn logits."""

import numpy as np
import pytest
from drawn import labels_and_logits

from lentigo import metrics
from lentigo.evaluation.calibration import fit_temperature
from lentigo.evaluation.predictions import softmax


def test_temperature_is_found_again() -> None:
    labels, logits = labels_and_logits(np.random.default_rng(3), 4000)
    for true in (0.5, 1.0, 2.5):
        assert fit_temperature(labels, logits * true) == pytest.approx(true, rel=0.06)
    hot = softmax(logits * 2.5)
    mended = softmax(logits * 2.5 / fit_temperature(labels, logits * 2.5))
    assert metrics.calibration_error(labels, mended) < 0.3 * metrics.calibration_error(labels, hot)
