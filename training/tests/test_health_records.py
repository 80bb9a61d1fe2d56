"""What the app writes as DICOM (src/report/health), read by libraries that had no part in writing it.

`node scripts/run.mjs write-health-records` writes made-up answers; pydicom and highdicom read them.
"""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import highdicom
import numpy as np
import pydicom
import pytest
from pydicom import Dataset
from pydicom.sr._concepts_dict import concepts

REPOSITORY = Path(__file__).resolve().parents[2]
CASES = ["whole", "named-korean", "no-photo-no-patient-no-scale", "no-outline", "drawn", "no-result"]
DISCLAIMERS = ["Not a medical device", "의료기기가 아니며"]


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    node = shutil.which("node")
    assert node, "this test needs Node on the PATH"
    folder = tmp_path_factory.mktemp("health-records")
    subprocess.run([node, "scripts/run.mjs", "write-health-records", str(folder)], cwd=REPOSITORY, check=True)
    return folder


@pytest.fixture(autouse=True)
def strict(monkeypatch: pytest.MonkeyPatch) -> None:
    """A value that its VR does not allow is an error, no warning."""
    monkeypatch.setattr(pydicom.config.settings, "reading_validation_mode", pydicom.config.RAISE)


def study(folder: Path) -> dict[str, Dataset]:
    return {path.stem: pydicom.dcmread(path) for path in folder.glob("*.dcm")}


def required(name: str) -> Any:
    """The tables of PS3.3 that highdicom carries."""
    return json.loads((resources.files("highdicom") / "_standard" / f"{name}.json").read_text())


# Whether an attribute of these two is required hangs on others beside it. highdicom's own readers check them.
CONDITIONAL = {"sr-document-content", "segmentation-multi-frame-functional-groups"}


def missing(dataset: Dataset) -> Iterator[str]:
    """The attributes that a mandatory module requires (type 1: with a value; type 2: present)."""
    modules = required("module_attribute_map")
    iod = required("sop_class_iod_map")[dataset.SOPClassUID]
    for module in required("iod_module_map")[iod]:
        if module["usage"] != "M" or module["key"] in CONDITIONAL:
            continue
        for attribute in modules[module["key"]]:
            items = [dataset]
            for step in attribute["path"]:
                items = [inner for item in items for inner in (item.get(step) or [])]
            for item in items:
                keyword = attribute["keyword"]
                empty = keyword not in item or item[keyword].is_empty
                if (attribute["type"] == "1" and empty) or (attribute["type"] == "2" and keyword not in item):
                    yield f"{module['key']}: {keyword}"


@pytest.mark.parametrize("case", CASES)
def test_every_value_is_allowed_and_nothing_required_is_missing(written: Path, case: str) -> None:
    for dataset in study(written / case).values():
        assert sum(1 for element in dataset.iterall() if element.value is not Ellipsis) > 40
        assert list(missing(dataset)) == []


def test_a_missing_attribute_is_seen(written: Path) -> None:
    dataset = study(written / "whole")["segmentation"]
    del dataset.SegmentSequence[0].SegmentLabel
    del dataset.PatientID
    assert list(missing(dataset)) == ["patient: PatientID", "segmentation-image: SegmentLabel"]


@pytest.mark.parametrize("case", CASES)
def test_all_refer_to_the_photo_by_its_uid(written: Path, case: str) -> None:
    made = study(written / case)
    uids = [uid for data in made.values() for uid in (data.SOPInstanceUID, data.SeriesInstanceUID)]
    assert len(set(uids)) == len(uids)
    assert all(uid.startswith("2.25.") and uid.is_valid for uid in uids)
    assert len({data.StudyInstanceUID for data in made.values()}) == 1
    evidence = made["report"].CurrentRequestedProcedureEvidenceSequence[0]
    seen = [item.ReferencedSOPSequence[0] for item in evidence.ReferencedSeriesSequence]
    photo = next(item for item in seen if item.ReferencedSOPClassUID.name == "VL Photographic Image Storage")
    if "photo" in made:
        assert photo.ReferencedSOPInstanceUID == made["photo"].SOPInstanceUID
    if "segmentation" in made:
        (frame,) = made["segmentation"].PerFrameFunctionalGroupsSequence
        source = frame.DerivationImageSequence[0].SourceImageSequence[0]
        assert source.ReferencedSOPInstanceUID == photo.ReferencedSOPInstanceUID


def test_the_photo_is_the_photo(written: Path) -> None:
    whole = study(written / "whole")["photo"]
    assert whole.file_meta.TransferSyntaxUID.name == "JPEG Baseline (Process 1)"
    assert whole.LossyImageCompression == "01"
    assert [float(value) for value in whole.PixelSpacing] == [0.02, 0.02]
    pixels = whole.pixel_array
    assert pixels.shape == (450, 600, 3)
    # A dark disc on skin.
    assert np.abs(pixels[225, 300].astype(int) - [90, 50, 40]).max() < 8
    assert np.abs(pixels[5, 5].astype(int) - [210, 170, 150]).max() < 8
    exact = study(written / "named-korean")["photo"]
    assert exact.LossyImageCompression == "00"
    y, x = np.mgrid[:450, :600]
    expected = np.stack([(600 * y + x) % 251, y % 256, np.full_like(x, 90)], axis=-1)
    assert (exact.pixel_array == expected).all()


def test_the_outline_is_a_binary_segment_at_its_place(written: Path) -> None:
    segmentation = highdicom.seg.segread(written / "whole/segmentation.dcm")
    mask = segmentation.pixel_array
    # 40 x 30 pixels of a mask of 60 x 45 are 400 x 300 of the photo.
    expected = np.zeros((450, 600), np.uint8)
    expected[100:400, 100:500] = 1
    assert (mask == expected).all()
    segment = segmentation.get_segment_description(1)
    assert segment.segmented_property_type.meaning == "Lesion"
    assert segment.algorithm_type.value == "AUTOMATIC"
    assert segment.SegmentAlgorithmName == "Lentigo tiny-segmenter 2.0.0"
    drawn = highdicom.seg.segread(written / "drawn/segmentation.dcm").get_segment_description(1)
    assert drawn.algorithm_type.value == "MANUAL"


def measured(group: Any) -> dict[str, tuple[float, str]]:
    return {item.name.meaning: (item.value, item.unit.value) for item in group.get_measurements()}


def said(group: Any) -> list[tuple[str, str]]:
    return [(item.name.meaning, item.value.meaning) for item in group.get_qualitative_evaluations()]


def test_the_report_measures_the_segment(written: Path) -> None:
    report = highdicom.sr.srread(written / "whole/report.dcm")
    (group,) = report.content.get_planar_roi_measurement_groups()
    assert measured(group) == {
        "Long axis": (10.0, "mm"),
        "Area": (48.0, "mm2"),
        "Asymmetry of shape": (0.0625, "1"),
        "Irregular border": (1.25, "1"),
    }
    made = study(written / "whole")
    segment = made["segmentation"].SegmentSequence[0]
    assert group.tracking_uid == segment.TrackingUID
    reference = group.referenced_segmentation_frame[0].ReferencedSOPSequence[0]
    assert reference.ReferencedSOPInstanceUID == made["segmentation"].SOPInstanceUID
    assert group.finding_sites[0].value.meaning == "Skin of back"
    unscaled = highdicom.sr.srread(written / "no-photo-no-patient-no-scale/report.dcm")
    (group,) = unscaled.content.get_planar_roi_measurement_groups()
    assert list(measured(group)) == ["Asymmetry of shape", "Irregular border"]


@pytest.mark.parametrize(
    ("case", "letter", "side"),
    [("whole", "L", "Left"), ("drawn", "R", "Right"), ("no-outline", "U", None)],
)
def test_the_side_is_in_photo_outline_and_report(
    written: Path, case: str, letter: str, side: str | None
) -> None:
    made = study(written / case)
    assert made["photo"].ImageLaterality == letter
    regions = [made["photo"].AnatomicRegionSequence[0]]
    if "segmentation" in made:
        regions.append(made["segmentation"].SegmentSequence[0].AnatomicRegionSequence[0])
    for region in regions:
        assert region.CodeMeaning == "Skin of back"
        modifiers = [item.CodeMeaning for item in region.get("AnatomicRegionModifierSequence", [])]
        assert modifiers == ([] if side is None else [side])
    content = highdicom.sr.srread(written / case / "report.dcm").content
    groups = [*content.get_image_measurement_groups(), *content.get_planar_roi_measurement_groups()]
    assert len(groups) == len(regions)
    for group in groups:
        (site,) = group.finding_sites
        assert site.value.meaning == "Skin of back"
        assert (site.laterality and site.laterality.meaning) == side


def test_no_side_is_said_of_nobody(written: Path) -> None:
    for dataset in study(written / "no-photo-no-patient-no-scale").values():
        assert "Laterality" not in str(dataset)


def test_the_report_has_decision_probabilities_and_prediction_set(written: Path) -> None:
    report = highdicom.sr.srread(written / "whole/report.dcm")
    (group,) = report.content.get_image_measurement_groups()
    assert measured(group) == {
        "Probability of the flagged classes": (0.3, "1"),
        "Threshold of the flag": (0.21, "1"),
        "Sensitivity that the threshold was chosen for": (0.9, "1"),
        "Calibrated probability of Nevus": (0.7, "1"),
        "Calibrated probability of Melanoma": (0.3, "1"),
    }
    assert said(group) == [
        ("Decision against the threshold", "Flagged"),
        ("Where the threshold comes from", "Threshold of the model package"),
        ("Prediction set: cannot be ruled out", "Melanocytic nevus"),
        ("Prediction set: cannot be ruled out", "Malignant melanoma of skin"),
    ]


def test_no_result_has_no_number_and_keeps_the_flag(written: Path) -> None:
    report = highdicom.sr.srread(written / "no-result/report.dcm")
    (group,) = report.content.get_image_measurement_groups()
    assert measured(group) == {}
    assert said(group) == [
        ("Decision against the threshold", "No result: unlike the photos that the model knows"),
        ("Decision against the threshold", "Flagged"),
    ]


@pytest.mark.parametrize("case", CASES)
def test_the_report_is_preliminary_and_no_medical_device(written: Path, case: str) -> None:
    report = study(written / case)["report"]
    assert (report.PreliminaryFlag, report.VerificationFlag) == ("PRELIMINARY", "UNVERIFIED")
    texts = " ".join(element.value for element in report.iterall() if element.keyword == "TextValue")
    for sentence in DISCLAIMERS:
        assert sentence in texts


def test_names_are_in_it_only_where_they_were_asked_for(written: Path) -> None:
    for case in CASES:
        for path in (written / case).glob("*.dcm"):
            named = "환자".encode() in path.read_bytes()
            assert named == (case == "named-korean"), path
            assert b"Private words" not in path.read_bytes()
    patient = study(written / "named-korean")["report"]
    assert (patient.PatientName, patient.PatientSex, patient.PatientAge) == ("환자 <12> & café", "F", "045Y")
    nobody = study(written / "no-photo-no-patient-no-scale")["report"]
    assert (nobody.PatientName, nobody.PatientSex, "PatientAge" in nobody) == ("", "", False)


# SNOMED CT's diagnoses of skin and software, and LOINC's own names, are not in DICOM's lists:
# docs/health-records.md has where each was looked up.
ELSEWHERE = {
    *("254701007", "93655004", "400096001", "254651007", "25499005", "427186000", "706689003"),
    *("18748-4", "72170-4", "30525-0", "22637-3"),
}


def test_each_code_has_its_meaning_in_the_lists_of_dicom(written: Path) -> None:
    meanings: dict[tuple[str, str], set[str]] = {}
    for scheme, words in concepts.items():
        for named in words.values():
            for value, (meaning, _) in named.items():
                # Some names end with SNOMED CT's kind of concept: "Source (attribute)".
                plain = re.sub(r" \([a-z ]+\)$", "", meaning.lower())
                meanings.setdefault((scheme, value), set()).update((meaning.lower(), plain))
    codes = [tuple(code.values()) for code in json.loads((written / "codes.json").read_text())]
    for case in CASES:
        for dataset in study(written / case).values():
            codes += [
                (item.CodingSchemeDesignator, item.CodeValue, item.CodeMeaning)
                for element in dataset.iterall()
                if element.VR == "SQ"
                for item in element.value
                if "CodeValue" in item
            ]
    public = {code for code in codes if code[0] in ("SCT", "DCM", "LN", "UCUM")}
    assert len(public) > 40
    wrong = {
        (scheme, value, meaning)
        for scheme, value, meaning in public
        if value not in ELSEWHERE and meaning.lower() not in meanings.get((scheme, value), set())
    }
    assert wrong == set()
