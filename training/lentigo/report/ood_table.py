"""The section of docs/results.md on out-of-distribution images."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lentigo.evaluation.ood import ACCEPTANCE, MAX_REFUSED, REFUSAL_ACCEPTANCES, may_refuse
from lentigo.metrics import wilson
from lentigo.report.markdown import ABSENT, table


def ood_section(results: Sequence[Mapping[str, Any]]) -> str:
    """AUROC against each OOD set, and the fractions of images with a warning and without a result."""
    measured = [result for result in results if result["ood"]]
    if not measured:
        return ""
    names = list(dict.fromkeys(name for result in measured for name in result["ood"]["auroc"]))
    rows = [
        [
            result["id"],
            f"{1 - result['ood']['testAcceptance']:.1%}",
            _refused(result),
            *[_ood_set(result["ood"], n) for n in names],
        ]
        for result in measured
    ]
    refusals = " or ".join(f"{acceptance:.1%}" for acceptance in REFUSAL_ACCEPTANCES)
    words = (
        "AUROC of the score (squared Mahalanobis distance to the nearest class mean) between the test split "
        "and images that are not of the model's kind. The app calls a photo unusual above the threshold that "
        f"{ACCEPTANCE:.0%} of the validation split do not exceed, and gives no result above the threshold "
        f"that {refusals} do not exceed. Without a validation split the two are fitted on the test "
        "images. In brackets the fractions of the out-of-distribution images that "
        "are not called unusual, and that get a result. The gate refuses only where that takes under "
        f"{MAX_REFUSED:.0%} of the test split, whose images are all of the model's kind (95 % interval: "
        "Wilson)."
    )
    head = ["network", "real images called unusual", "real images refused", *names]
    return f"## Out of distribution\n\n{words}\n\n{table(head, rows)}"


def _refused(result: Mapping[str, Any]) -> str:
    count, refusal = result["test"]["count"], result["ood"].get("refusal")
    if refusal is None:
        return "not measured"
    refused = 1 - refusal["testAcceptance"]
    low, high = wilson(round(refused * count), count)
    return f"{refused:.1%} ({low:.1%} to {high:.1%}) at {refusal['acceptance']:.1%}" + (
        "" if may_refuse(result["ood"]) else ": too many, not done"
    )


def _ood_set(found: Mapping[str, Any], name: str) -> str:
    if name not in found["auroc"]:
        return ABSENT
    given = f", {found['refusal']['accepted'][name]:.0%}" if "refusal" in found else ""
    return f"{found['auroc'][name]:.3f} ({found['accepted'][name]:.0%}{given} of {found['counts'][name]})"
