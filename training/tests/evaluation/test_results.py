"""A result file is read as it was written."""

import json
from pathlib import Path

import pytest

from lentigo.evaluation.results import read_result, write_result


def test_a_result_file_comes_back_as_it_was(result: dict, tmp_path: Path) -> None:
    result = {**result, "id": "made-up", "note": "brackets [stay] {as\n they} are"}
    path = write_result(result, tmp_path)
    assert read_result("made-up", tmp_path) == json.loads(json.dumps(result))
    assert read_result("never-run", tmp_path) is None
    assert path.stat().st_size < 60_000
    with pytest.raises(ValueError, match="JSON"):
        write_result({"id": "broken", "figure": float("nan")}, tmp_path)
