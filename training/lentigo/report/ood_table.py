"""How well strange pictures are told from a model's kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lentigo.evaluation.metrics import wilson
from lentigo.evaluation.ood import ACCEPTANCE, REFUSED, UNREFUSED, may_refuse
from lentigo.report.markdown import ABSENT, table


def strangeness_section(results: list) -> str:
    """AUROC against each kind of strange picture, and the shares that are warned of and refused."""
    measured = [result for result in results if result["ood"]]
    if not measured:
        return ""
    names = list(dict.fromkeys(name for result in measured for name in result["ood"]["auroc"]))
    rows = [
        [
            result["id"],
            f"{1 - result['ood']['testAcceptance']:.1%}",
            _refused(result),
            *[_strange(result["ood"], n) for n in names],
        ]
        for result in measured
    ]
    shares = " or ".join(f"{share:.1%}" for share in UNREFUSED)
    words = (
        "AUROC of the score (squared Mahalanobis distance to the nearest class mean) between the test side and pictures "
        f"that are not of the model's kind. A photo over the threshold that {ACCEPTANCE:.0%} of the validation side do not "
        f"exceed is called unusual; over the one that {shares} do not exceed it gets no result. In brackets the "
        "shares of the strange pictures that are not called unusual, and that get a result. The gate refuses only where "
        f"that takes under {REFUSED:.0%} of the test side, which are real images of the model's kind (95 % interval: "
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


def _strange(found: Mapping[str, Any], name: str) -> str:
    if name not in found["auroc"]:
        return ABSENT
    given = f", {found['refusal']['accepted'][name]:.0%}" if "refusal" in found else ""
    return f"{found['auroc'][name]:.3f} ({found['accepted'][name]:.0%}{given} of {found['counts'][name]})"
