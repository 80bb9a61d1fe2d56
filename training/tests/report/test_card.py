"""Cards: their sources, and that a card which differs from its result file is found."""

import copy
import json
import re
from pathlib import Path

import pytest

from lentigo.data.metadata import SCHEMAS, width
from lentigo.evaluation.results import read_result
from lentigo.recipe import read_recipe, recipe_names
from lentigo.recipe.panel import panel_names
from lentigo.report.card import build_card, disagreements, refresh_card, refresh_cards
from lentigo.report.card_texts import CARDS_FOLDER, class_texts, metadata_card, read_card_texts, shared
from lentigo.report.papers import paper_recipe_of, read_min_metrics

MODELS = Path(__file__).resolve().parents[3] / "public" / "models"
PACKAGES = [name for name in recipe_names() if read_recipe(name).ships]
PANELS = [name for name in panel_names() if (CARDS_FOLDER / f"{name}.yaml").is_file()]
OUTPUTS = ("logits", "cam", "ood")


def texts_in(value: object):
    """Every Text of a tree."""
    if isinstance(value, dict):
        if {"en", "ko"} & set(value):
            yield value
        else:
            for inner in value.values():
                yield from texts_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_in(inner)


def test_every_package_has_texts_and_metrics_to_reach() -> None:
    assert {*PACKAGES, *panel_names()} == set(read_min_metrics())
    assert {*PACKAGES, *PANELS} == {path.stem for path in CARDS_FOLDER.glob("*.yaml")}


@pytest.mark.parametrize("package", [*PACKAGES, *PANELS])
def test_texts_are_complete_in_both_languages(package: str) -> None:
    texts = read_card_texts(package)
    found = list(texts_in(texts)) + list(texts_in(shared("fields"))) + list(texts_in(shared("classes")))
    for text in found:
        assert set(text) - {"about"} == {"en", "ko"}, text
        assert text["en"].strip() and re.search("[가-힣]", text["ko"]), text
        assert not re.search("[가-힣]", text["en"]), text
    assert any("not a medical device; not a diagnosis" in limit["en"] for limit in texts["limits"])
    assert any("의료기기가 아니며 진단이 아닙니다" in limit["ko"] for limit in texts["limits"])


@pytest.mark.parametrize("package", PACKAGES)
def test_every_class_of_a_package_has_texts(package: str) -> None:
    recipe = read_recipe(package)
    for name in recipe.data.classes:
        assert set(class_texts(recipe.domain, name)) == {"name", "description"}
    assert set(read_card_texts(package)["merge_names"]) <= set(recipe.merge)


@pytest.mark.parametrize("schema", SCHEMAS)
def test_metadata_of_a_card_is_the_encoding(schema: str) -> None:
    card = metadata_card(schema)
    assert card["width"] == width(SCHEMAS[schema]) == sum(field["size"] for field in card["fields"])
    for field, encoded in zip(card["fields"], SCHEMAS[schema], strict=True):
        known = field["edges"] if field["kind"] == "bins" else field["choices"]
        assert field["size"] == len(known) + 1  # the last position is "unknown"
        for index, choice in enumerate(field.get("choices", [])):
            assert all(encoded.index_of(value) == index for value in choice["values"])


def test_a_card_has_every_promised_field_and_agrees_with_its_result(recipe, result) -> None:
    card = build_card(recipe, result, read_card_texts(recipe.id), OUTPUTS)
    contract = (MODELS.parents[1] / "docs" / "model-package.md").read_text(encoding="utf-8")
    example = contract.split("```jsonc")[1].split("```")[0]
    promised = set(re.findall(r'^  "(\w+)":', example, re.M)) - {"files", "golden"}
    assert promised <= set(card)
    assert card["input"]["height"] == recipe.size and card["outputs"] == dict(
        zip(OUTPUTS, OUTPUTS, strict=True)
    )
    assert [c["id"] for c in card["classes"] if c["kind"] == "malignant"] == ["mel"]
    assert card["decision"]["positive"] == ["mel"] and card["decision"]["targetSensitivity"] == 0.9
    assert card["results"]["paper"]["metrics"]["accuracy"]["paper"] == 0.9296
    assert card["results"]["paper"]["protocol"] == read_card_texts(recipe.id)["paper"]["own"]
    assert disagreements(json.loads(json.dumps(card)), result, read_card_texts(recipe.id)) == []


def test_a_card_has_figures_by_the_papers_protocol_where_it_was_run(recipe, result) -> None:
    assert paper_recipe_of(recipe.id) == "mobilenetv2-nevus-melanoma-paper"
    by_paper = copy.deepcopy(result)
    by_paper["test"]["metrics"]["accuracy"]["value"] = 0.987
    paper = build_card(recipe, result, read_card_texts(recipe.id), OUTPUTS, by_paper)["results"]["paper"]
    assert paper["metrics"]["accuracy"] == {"paper": 0.9296, "ours": 0.987}
    assert paper["protocol"] == read_card_texts(recipe.id)["paper"]["same"]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("results", "metrics", "accuracy", "value"), 0.99),
        (("results", "confusion", "matrix", 0, 1), -1),
        (("calibration", "temperature"), 0.5),
        (("decision", "threshold"), 0.123),
        (("ood", "threshold"), 1.5),
        (("data", "splitHash"), "0" * 64),
        (("recipe", "seed"), 7),
        (("architecture", "parameters"), 1),
        (("classes", 1, "kind"), "benign"),
        (("results", "subgroups"), []),
    ],
    ids=lambda value: ".".join(map(str, value)) if isinstance(value, tuple) else "",
)
def test_a_changed_card_is_found(recipe, result, path: tuple, value: object) -> None:
    card = json.loads(json.dumps(build_card(recipe, result, read_card_texts(recipe.id), OUTPUTS)))
    inner = card
    for step in path[:-1]:
        inner = inner[step]
    assert inner[path[-1]] != value
    inner[path[-1]] = value
    assert disagreements(card, result, read_card_texts(recipe.id))


def test_card_is_refused_for_other_weights_or_another_recipe(recipe, result) -> None:
    with pytest.raises(ValueError, match="weights"):
        build_card(recipe, {**result, "weights": "trained"}, read_card_texts(recipe.id), OUTPUTS)
    with pytest.raises(ValueError, match="result is of"):
        build_card(recipe, {**result, "id": "another"}, read_card_texts(recipe.id), OUTPUTS)
    with pytest.raises(FileNotFoundError, match="title"):
        read_card_texts("no-such-package")


def test_refreshing_keeps_files_and_golden_sample(recipe, result, tmp_path) -> None:
    card = build_card(recipe, result, read_card_texts(recipe.id), OUTPUTS)
    (tmp_path / "card.json").write_text(json.dumps({"files": ["f"], "golden": {"g": 1}, "title": "old"}))
    refresh_card(tmp_path, card)
    after = json.loads((tmp_path / "card.json").read_text(encoding="utf-8"))
    assert after["files"] == ["f"] and after["golden"] == {"g": 1} and after["title"] == card["title"]


def test_all_cards_are_refreshed_from_their_results(recipe, result, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("lentigo.report.card.read_result", lambda name: result if name == recipe.id else None)
    before = build_card(recipe, result, read_card_texts(recipe.id), OUTPUTS)
    stale = {**before, "title": "old", "files": [1], "golden": 2}
    for name in (recipe.id, "without-a-result"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "card.json").write_text(json.dumps(stale))
    assert refresh_cards(tmp_path) == [recipe.id]
    after = json.loads((tmp_path / recipe.id / "card.json").read_text(encoding="utf-8"))
    assert after == json.loads(json.dumps({**before, "files": [1], "golden": 2}))


@pytest.mark.parametrize("package", [*PACKAGES, *PANELS])
def test_what_code_reads_of_a_card_says_the_same_as_its_sentences(package: str) -> None:
    texts = read_card_texts(package)
    licences = f"{texts['licence']} {texts['data']['licence']}"
    assert texts["non_commercial"] == bool(re.search(r"\bNC\b", licences))
    about = [limit.get("about") for limit in texts["limits"]]
    assert about.count("disclaimer") <= 1 and set(about) <= {None, "disclaimer", "alarm-signs"}


def test_a_card_says_what_its_threshold_was_fitted_on() -> None:
    for package, fitted_on in (("xception-breakhis", "test"), ("efficientnet-b0-ham10000", "validation")):
        card = json.loads((MODELS / package / "card.json").read_text(encoding="utf-8"))
        assert card["decision"]["fittedOn"] == card["calibration"]["fittedOn"] == fitted_on
        assert card["results"]["origin"] == "published"
        assert (shared("limits")["fitted-on-test"] in card["limits"]) == (fitted_on == "test")


def test_phone_card_has_metadata_and_all_positive_classes(made_up_result) -> None:
    recipe = read_recipe("efficientnet-lite2-phone-symptoms")
    card = build_card(recipe, made_up_result(recipe), read_card_texts(recipe.id), OUTPUTS)
    assert card["metadata"]["width"] == 43
    assert card["decision"]["positive"] == ["bcc", "mel", "scc"]
    assert {c["id"]: c["kind"] for c in card["classes"]}["ack"] == "premalignant"


def test_committed_cards_agree_with_committed_results() -> None:
    """Every card needs its result file."""
    for path in sorted(MODELS.glob("*/card.json")):
        card = json.loads(path.read_text(encoding="utf-8"))
        result = read_result(card["id"])
        assert result is not None, f"{path}: there is no result file with that id"
        by_paper = read_result(paper_recipe_of(card["id"]) or "")
        assert disagreements(card, result, read_card_texts(card["id"]), by_paper) == []
