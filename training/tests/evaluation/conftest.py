"""What tests of measuring share."""

import pytest
from threadpoolctl import threadpool_limits

from lentigo.evaluation import bootstrap


@pytest.fixture(autouse=True, scope="session")
def one_thread():
    """For small matrices, threads that wait for each other cost more time than they save."""
    with threadpool_limits(1):
        yield


@pytest.fixture
def few_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    """Intervals from 25 draws, for tests of what is measured and not of how sure a figure is."""
    drawn = bootstrap.resampled
    monkeypatch.setattr(bootstrap, "resampled", lambda groups, _, seed: drawn(groups, 25, seed))
