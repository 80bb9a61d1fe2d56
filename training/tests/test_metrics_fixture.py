"""The committed fixture of src/core/metrics/sklearn.test.ts is what fixtures/metrics.py measures."""

import importlib.util
import json
import math
from pathlib import Path

HERE = Path(__file__)
spec = importlib.util.spec_from_file_location("fixture", HERE.parents[1] / "fixtures/metrics.py")
assert spec and spec.loader
made = importlib.util.module_from_spec(spec)
spec.loader.exec_module(made)


def differences(committed, now, path: str = ""):
    """The paths at which two trees differ, numbers by more than 1e-12."""
    if isinstance(committed, dict) and isinstance(now, dict):
        if committed.keys() != now.keys():
            yield path
        for key in committed.keys() & now.keys():
            yield from differences(committed[key], now[key], f"{path}.{key}")
    elif isinstance(committed, list) and isinstance(now, list):
        if len(committed) != len(now):
            yield path
        for index, pair in enumerate(zip(committed, now, strict=False)):
            yield from differences(*pair, f"{path}[{index}]")
    elif isinstance(committed, float) and isinstance(now, (int, float)):
        if not math.isclose(committed, now, rel_tol=1e-12, abs_tol=1e-12):
            yield path
    elif committed != now:
        yield path


def test_the_committed_fixture_is_what_is_measured() -> None:
    committed = json.loads(made.OUT.read_text())
    now = json.loads(json.dumps(made.fixture()))
    assert list(differences(committed, now)) == []
