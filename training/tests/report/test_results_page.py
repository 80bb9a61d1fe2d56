"""docs/results.md shows the result files beside the papers' figures, and "not run" without a result file."""

import copy
import json
import re
from pathlib import Path

import numpy as np

from lentigo.evaluation.results import RESULTS_FOLDER, read_results, write_result
from lentigo.evaluation.segmentation import Overlaps, measure_segmenter
from lentigo.report import results_page, shipped
from lentigo.report.figures import draw
from lentigo.report.papers import figure, read_min_metrics, read_papers

REPOSITORY = Path(__file__).resolve().parents[3]


def test_without_results_everything_is_not_run_and_the_papers_are_shown(tmp_path) -> None:
    text = results_page.write(tmp_path / "none", tmp_path / "docs" / "results.md").read_text(encoding="utf-8")
    assert text.count("not run") > 20
    for number in ("0.5048", "0.9296", "0.9626", "0.895", "0.983", "0.814"):
        assert f"| {number}" in text
    assert not (tmp_path / "docs" / "results").exists()


def test_papers_rows_fit_their_columns() -> None:
    for section in read_papers().values():
        for row in section["rows"]:
            assert len(row.get("paper", [])) <= len(section["columns"]), row["name"]
            for value in row.get("paper", []):
                assert value is None or 0 < value < 6


def test_notes_say_what_the_result_files_say() -> None:
    typed = [note for section in read_papers().values() for note in section["notes"]]
    assert any("{images xception-breakhis}" in note for note in typed)
    results = read_results(RESULTS_FOLDER)
    text = "".join(results_page.paper_section(section, results) for section in read_papers().values())
    assert not re.search(r"^- .*\{", text, re.MULTILINE)
    result = json.loads((RESULTS_FOLDER / "xception-breakhis.json").read_text(encoding="utf-8"))
    assert (
        f"Ours has {result['test']['count']:,} of its images, of {result['test']['groups']} patients" in text
    )


def test_our_figures_are_beside_the_papers(result: dict, tmp_path) -> None:
    write_result(result, tmp_path / "results")
    worse = copy.deepcopy(result)
    worse["id"] += "-paper"
    worse["test"]["metrics"]["accuracy"] = {"value": 0.111, "low": 0.1, "high": 0.12}
    write_result(worse, tmp_path / "results")
    (tmp_path / "results" / "morphology.json").write_text(json.dumps({"measures": {}}))
    text = results_page.write(tmp_path / "results", tmp_path / "docs" / "results.md").read_text(
        encoding="utf-8"
    )
    found = result["test"]["metrics"]["accuracy"]
    interval = f"{found['value']:.3f} ({found['low']:.3f} to {found['high']:.3f})"
    ours = next(line for line in text.splitlines() if line.startswith("| MobileNetV2 | ours |"))
    assert interval in ours
    by_paper = next(line for line in text.splitlines() if line.startswith("| MobileNetV2 | ours, paper's"))
    assert "0.111 (0.100 to 0.120)" in by_paper
    assert "other \\| way" in text and "## Out of distribution" in text and "by subgroup" in text
    for plot in re.findall(r"\]\((results/[^)]+)\)", text):
        assert (tmp_path / "docs" / plot).stat().st_size < 60_000


def test_tables_have_as_many_cells_as_heads(result: dict, tmp_path) -> None:
    write_result(result, tmp_path)
    text = results_page.write(tmp_path, tmp_path / "results.md").read_text(encoding="utf-8")
    width = None
    for line in text.splitlines():
        if not line.startswith("|"):
            width = None
            continue
        cells = len(re.findall(r"(?<!\\)\|", line))
        assert width in (None, cells), line
        width = cells


def test_a_package_below_its_minimum_shows_what_was_tried(result: dict, tmp_path, monkeypatch) -> None:
    goals = copy.deepcopy(read_min_metrics())
    goals[result["id"]] = {"min": {"accuracy": 0.9, "auc": 0.9}, "tried": "Twice as long."}
    monkeypatch.setattr(shipped, "read_min_metrics", lambda: goals)
    for value, reached in ((0.99, "yes"), (0.5, "no (accuracy, auc)")):
        changed = copy.deepcopy(result)
        for name in ("accuracy", "auc"):
            changed["test"]["metrics"][name]["value"] = value
        write_result(changed, tmp_path)
        text = results_page.write(tmp_path, tmp_path / "results.md").read_text(encoding="utf-8")
        line = next(line for line in text.splitlines() if line.startswith(f"| `{result['id']}`"))
        assert f"| {reached} |" in line
        assert ("Twice as long." in text) == (reached != "yes")


def test_rates_of_the_gate_and_measures_of_form_come_from_their_files(tmp_path) -> None:
    rate = {"count": 40, "rate": 0.025, "low": 0.0044, "high": 0.1288}
    domain = {
        "count": 40,
        "heldOut": True,
        "refused": {"dark": rate},
        "found": {"dimmed": {"check": "dark", **rate}},
    }
    gate = {
        "allowed": 0.02,
        "domains": {"phone": domain, "acne": {**domain, "refused": {}, "heldOut": False}},
    }
    gate |= {"others": {"noise": {"phone": rate}}, "tones": [rate, rate]}
    form = {"percentiles": [5, 95], "counts": {"moles": 3, "melanomas": 2}}
    form["measures"] = {"asymmetry": {"moles": [0.028, 0.132], "auc": 0.62}}
    for name, content in (("gate", gate), ("morphology", form)):
        (tmp_path / f"{name}.json").write_text(json.dumps(content))
    lines = results_page.write(tmp_path, tmp_path / "results.md").read_text(encoding="utf-8").splitlines()
    shown = "2.5% (0.4% to 12.9%)"
    assert f"| phone | 40 | {shown} |" in lines and "| acne | 40 | - |" in lines
    assert f"| dimmed | dark | {shown} | {shown} |" in lines and f"| noise | 40 | {shown} |" in lines
    assert f"| refused | {shown} | {shown} |" in lines
    assert "| asymmetry | 0.028 | 0.132 | 0.620 |" in lines
    assert any("for acne there are none" in line for line in lines)


def test_magnifications_are_read_from_the_subgroups(result: dict) -> None:
    changed = copy.deepcopy(result)
    part = {"field": "magnification", "value": "100", "count": 90, "metrics": {"accuracy": {"value": 0.5}}}
    changed["test"]["subgroups"] = [part]
    where = {"field": "magnification", "value": "100"}
    assert figure(changed, "test.accuracy", where) == {"value": 0.5}
    assert figure(changed, "test.accuracy", {**where, "value": "40"}) is None
    assert figure(changed, "test.neverMeasured") is None


def test_a_segmenter_has_a_row_and_no_confusion_matrix(result: dict, tmp_path) -> None:
    counts = (np.array(part) for part in ([80, 90], [90, 100], [100, 95]))
    overlaps = Overlaps(["a", "b"], ["a", "b"], ["derm", "phone"], *counts)
    measured = measure_segmenter(overlaps, overlaps, group="lesion_id", resamples=10)
    segmenter = {**result, **measured, "id": "unet-resnet34-lesion", "comparisons": [], "curves": []}
    write_result(segmenter, tmp_path)
    assert draw(segmenter, tmp_path) is None
    text = results_page.write(tmp_path, tmp_path / "results.md").read_text(encoding="utf-8")
    assert re.search(r"\| U-Net \| ours \| 0\.\d{3} \(", text)


def test_the_same_result_draws_the_same_plot(result: dict, tmp_path) -> None:
    first, second = tmp_path / "1", tmp_path / "2"
    name = draw(result, first)
    assert draw(result, second) == name
    assert (first / name).read_bytes() == (second / name).read_bytes()


def test_committed_page_is_made_from_the_committed_results(tmp_path) -> None:
    committed = REPOSITORY / "docs" / "results.md"
    written = results_page.write(RESULTS_FOLDER, tmp_path / "results.md")
    message = "docs/results.md is not what the result files say: run `lentigo report` and commit"
    assert committed.read_text(encoding="utf-8") == written.read_text(encoding="utf-8"), message
