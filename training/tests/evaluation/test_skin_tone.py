"""The typology angle against values worked out by hand, and against what must not move it."""

import numpy as np
import pytest

from lentigo.evaluation.skin_tone import BANDS, band, to_lab, typology_angle


def photo(rgb: tuple[int, int, int]) -> tuple[np.ndarray, np.ndarray]:
    picture = np.full((64, 64, 3), rgb, np.uint8)
    lesion = np.zeros((64, 64), bool)
    lesion[20:44, 20:44] = True
    picture[lesion] = (60, 30, 25)
    return picture, lesion


def test_lab_of_known_colours() -> None:
    assert to_lab(np.array([255, 255, 255], np.uint8)) == pytest.approx([100, 0, 0], abs=0.02)
    assert to_lab(np.array([255, 0, 0], np.uint8)) == pytest.approx([53.24, 80.09, 67.20], abs=0.02)
    assert to_lab(np.array([0, 0, 0], np.uint8)) == pytest.approx([0, 0, 0], abs=1e-6)


@pytest.mark.parametrize(
    ("rgb", "name"),
    [
        ((246, 220, 205), "very light"),
        ((225, 185, 150), "light"),
        ((141, 100, 70), "brown"),
        ((70, 48, 38), "dark"),
    ],
)
def test_bands_of_skin_colours(rgb: tuple[int, int, int], name: str) -> None:
    picture, lesion = photo(rgb)
    found = band(typology_angle(picture, lesion))
    assert found == name or abs([n for n, _ in BANDS].index(found) - [n for n, _ in BANDS].index(name)) <= 1


def test_the_angle_is_that_of_the_skin_alone() -> None:
    picture, lesion = photo((225, 185, 150))
    angle = typology_angle(picture, lesion)
    lab = to_lab(np.array([225, 185, 150], np.uint8))
    assert angle == pytest.approx(np.degrees(np.arctan2(lab[0] - 50, lab[2])))
    picture[:6] = 0  # the black rim of a dermatoscope
    picture[10, ::7] = 255  # reflections
    assert typology_angle(picture, lesion) == pytest.approx(angle)


def test_no_skin_in_sight_is_unknown() -> None:
    picture, _ = photo((225, 185, 150))
    assert typology_angle(picture, np.ones((64, 64), bool)) is None
    assert band(None) == "unknown"


def test_bands_meet_without_a_gap() -> None:
    assert [band(angle) for angle in (55, 54.9, 41, 28, 10, -30, -30.1, -90)] == [
        "very light", "light", "light", "intermediate", "tan", "brown", "dark", "dark",
    ]  # fmt: skip
