"""The figures that the app's own metrics are held against (src/core/metrics/sklearn.test.ts) are what is measured here."""

import importlib.util
import json
import math
from pathlib import Path

HERE = Path(__file__)
spec = importlib.util.spec_from_file_location("fixture", HERE.parents[2] / "fixtures/metrics.py")
assert spec and spec.loader
made = importlib.util.module_from_spec(spec)
spec.loader.exec_module(made)


def differences(kept, now, path: str = ""):
    """Where two trees differ, numbers by more than 1e-12."""
    if isinstance(kept, dict) and isinstance(now, dict):
        if kept.keys() != now.keys():
            yield path
        for key in kept.keys() & now.keys():
            yield from differences(kept[key], now[key], f"{path}.{key}")
    elif isinstance(kept, list) and isinstance(now, list):
        if len(kept) != len(now):
            yield path
        for place, pair in enumerate(zip(kept, now, strict=False)):
            yield from differences(*pair, f"{path}[{place}]")
    elif isinstance(kept, float) and isinstance(now, (int, float)):
        if not math.isclose(kept, now, rel_tol=1e-12, abs_tol=1e-12):
            yield path
    elif kept != now:
        yield path


def test_the_committed_fixture_is_what_is_measured() -> None:
    kept = json.loads(made.OUT.read_text())
    now = json.loads(json.dumps(made.fixture()))
    assert list(differences(kept, now)) == []
