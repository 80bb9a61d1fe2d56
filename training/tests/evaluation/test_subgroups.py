"""Words of the tables become values of subgroups."""

import pytest

from lentigo.evaluation import subgroups


@pytest.mark.parametrize(
    ("word", "band"), [("0", "0-29"), ("29.5", "0-29"), ("30", "30-49"), ("70.0", "70+"), ("", "unknown")]
)
def test_age_bands(word: str, band: str) -> None:
    assert subgroups.age_band(word) == band
