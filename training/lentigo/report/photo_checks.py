"""The parts of docs/results.md that are measured on photos and masks alone, without a network: the input gate
(scripts/measure-gate.ts -> gate.json) and the form of a lesion (scripts/measure-morphology.ts -> morphology.json).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lentigo.report.markdown import ABSENT, table

_TONES = (
    "Share of accepted phone photos that are refused, by any check, once they are recoloured to the ten tones of the Monk "
    "scale; a stand-in, because the data hold next to no dark skin:"
)


def gate_section(results_folder: Path) -> str:
    """How often each check refuses real images, and finds spoilt ones; empty where nothing was measured."""
    found = _read(results_folder / "gate.json")
    if not found.get("domains"):
        return ""
    domains = found["domains"]
    seen = [name for name, one in domains.items() if not one["heldOut"]]
    unseen = f" (for {', '.join(seen)} there are none: all of them were seen)" if seen else ""
    words = (
        f"Share of real images that a check refuses; under {found['allowed']:.0%} is wanted of each. Measured on images "
        f"that the limits were not chosen on{unseen}. In brackets the 95 % interval (Wilson). A check without a figure "
        "is not made of that kind of image."
    )
    checks = list(dict.fromkeys(check for one in domains.values() for check in one["refused"]))
    head = ["kind of image", "images", *checks]
    rows = [
        [name, str(one["count"]), *[_rate(one["refused"].get(check)) for check in checks]]
        for name, one in domains.items()
    ]
    parts = ["## The input gate\n", f"{words}\n", table(head, rows)]
    parts += ["Share of spoilt copies that the check named finds:\n", _spoilt(domains)]
    if found.get("others"):
        parts += [
            "Share of pictures that show no skin and are refused, by any check:\n",
            _others(found),
        ]
    if found.get("tones"):
        parts += [f"{_TONES}\n"]
        tones = [str(number + 1) for number in range(len(found["tones"]))]
        parts += [table(["tone", *tones], [["refused", *[_rate(one) for one in found["tones"]]]])]
    return "\n".join(parts)


def _spoilt(domains: Mapping[str, Any]) -> str:
    ways = list(dict.fromkeys(way for one in domains.values() for way in one["found"]))
    head = ["spoilt", "check", *[f"{name} (of {_most(one)})" for name, one in domains.items()]]
    rows = []
    for way in ways:
        found = [one["found"].get(way) for one in domains.values()]
        check = next(one["check"] for one in found if one)
        rows.append([way, check, *[_rate(one) for one in found]])
    return table(head, rows)


def _most(domain: Mapping[str, Any]) -> int:
    return max(one["count"] for one in domain["found"].values())


def _others(found: Mapping[str, Any]) -> str:
    gates = list(dict.fromkeys(gate for one in found["others"].values() for gate in one))
    rows = []
    for name, by_gate in found["others"].items():
        count = next(iter(by_gate.values()))["count"]
        rows.append([name, str(count), *[_rate(by_gate.get(gate)) for gate in gates]])
    return table(["picture", "pictures", *[f"gate for {gate}" for gate in gates]], rows)


def morphology_section(results_folder: Path) -> str:
    """What each measure of form is among moles, and how well it alone tells melanomas; empty where unmeasured."""
    found = _read(results_folder / "morphology.json")
    if not found.get("measures"):
        return ""
    counts = found["counts"]
    words = (
        f"On the experts' masks of {counts['moles']} moles and {counts['melanomas']} melanomas in dermoscopy. AUC: how well "
        "a measure alone tells melanomas from moles (badly: they stand beside the answer and are not made into one)."
    )
    head = ["measure", *[f"moles, {share} %" for share in found["percentiles"]], "AUC"]
    rows = [
        [name, *[f"{value:g}" for value in one["moles"]], f"{one['auc']:.3f}"]
        for name, one in found["measures"].items()
    ]
    return "\n".join(["## Form and colour of a lesion\n", f"{words}\n", table(head, rows)])


def _rate(found: Mapping[str, float] | None) -> str:
    if found is None:
        return ABSENT
    return f"{found['rate']:.1%} ({found['low']:.1%} to {found['high']:.1%})"


def _read(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
