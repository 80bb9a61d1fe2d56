"""An embedding is short, of unit length, the same every time, and keeps like pictures together."""

import numpy as np
import pytest

from lentigo.evaluation.embedding import fit_embedding


def features(random: np.random.Generator, n: int = 300, width: int = 200) -> tuple[np.ndarray, np.ndarray]:
    labels = random.integers(0, 4, n)
    centres = np.random.default_rng(9).normal(0, 3, (4, width))
    return centres[labels] + random.normal(0, 1, (n, width)), labels


def test_nearest_neighbours_are_of_the_same_kind() -> None:
    known, labels = features(np.random.default_rng(0))
    embedding = fit_embedding(known)
    fresh, truth = features(np.random.default_rng(1), 50)
    first, second = embedding(known), embedding(fresh)
    assert np.linalg.norm(second, axis=1) == pytest.approx(np.ones(50), abs=1e-5)
    nearest = (second @ first.T).argmax(1)
    assert (labels[nearest] == truth).mean() > 0.95


def test_as_few_dimensions_as_hold_the_variance() -> None:
    random = np.random.default_rng(2)
    flat = random.normal(size=(500, 3)) @ random.normal(size=(3, 64))
    embedding = fit_embedding(flat)
    assert embedding.projection.shape == (3, 64) and embedding.variance > 0.999
    wide = fit_embedding(random.normal(size=(500, 300)))
    assert wide.projection.shape == (128, 300) and 0.4 < wide.variance < 0.98


def test_the_same_features_give_the_same_embedding() -> None:
    known, _ = features(np.random.default_rng(3))
    again = fit_embedding(known[::-1].copy())
    np.testing.assert_allclose(fit_embedding(known)(known[:5]), again(known[:5]), atol=1e-4)


def test_one_picture_is_too_few() -> None:
    with pytest.raises(ValueError, match="two images"):
        fit_embedding(np.ones((1, 5)))
