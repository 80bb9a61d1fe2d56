"""The sections of docs/results.md that need no network.

They are the image quality gate (scripts/measure-gate.ts -> gate.json) and the form of a lesion
(scripts/measure-morphology.ts -> morphology.json).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lentigo.report.markdown import ABSENT, table

_TONES = (
    "Fraction of accepted phone photos that any check refuses after recolouring to the ten tones of the Monk "
    "scale. It stands in for photos of dark skin, of which the data have very few:"
)


def gate_section(results_folder: Path) -> str:
    """How often each check refuses real images and finds spoilt copies; empty without measurements."""
    found = _read(results_folder / "gate.json")
    if not found.get("domains"):
        return ""
    domains = found["domains"]
    seen = [name for name, domain in domains.items() if not domain["heldOut"]]
    unseen = f" (for {', '.join(seen)} there are none, because all images chose the limits)" if seen else ""
    words = (
        f"Fraction of real images that a check refuses; the goal is under {found['allowed']:.0%} for each. "
        f"Measured on images that did not choose the limits{unseen}. In brackets the 95 % interval (Wilson). "
        "A check without a figure does not apply to that kind of image."
    )
    checks = list(dict.fromkeys(check for domain in domains.values() for check in domain["refused"]))
    head = ["kind of image", "images", *checks]
    rows = [
        [name, str(domain["count"]), *[_rate(domain["refused"].get(check)) for check in checks]]
        for name, domain in domains.items()
    ]
    parts = ["## The image quality gate\n", f"{words}\n", table(head, rows)]
    parts += ["Fraction of spoilt copies that the named check finds:\n", _spoilt(domains)]
    if found.get("others"):
        parts += ["Fraction of images without skin that any check refuses:\n", _others(found)]
    if found.get("tones"):
        parts += [f"{_TONES}\n"]
        tones = [str(number + 1) for number in range(len(found["tones"]))]
        parts += [table(["tone", *tones], [["refused", *[_rate(tone) for tone in found["tones"]]]])]
    return "\n".join(parts)


def _spoilt(domains: Mapping[str, Any]) -> str:
    ways = list(dict.fromkeys(way for domain in domains.values() for way in domain["found"]))
    head = ["spoilt", "check", *[f"{name} (of {_max_count(domain)})" for name, domain in domains.items()]]
    rows = []
    for way in ways:
        rates = [domain["found"].get(way) for domain in domains.values()]
        check = next(rate["check"] for rate in rates if rate)
        rows.append([way, check, *[_rate(rate) for rate in rates]])
    return table(head, rows)


def _max_count(domain: Mapping[str, Any]) -> int:
    return max(int(rate["count"]) for rate in domain["found"].values())


def _others(found: Mapping[str, Any]) -> str:
    gates = list(dict.fromkeys(gate for by_gate in found["others"].values() for gate in by_gate))
    rows = []
    for name, by_gate in found["others"].items():
        count = next(iter(by_gate.values()))["count"]
        rows.append([name, str(count), *[_rate(by_gate.get(gate)) for gate in gates]])
    return table(["image", "images", *[f"gate for {gate}" for gate in gates]], rows)


def morphology_section(results_folder: Path) -> str:
    """Each measure of form among moles, and how well it alone finds melanomas; empty without measurements."""
    found = _read(results_folder / "morphology.json")
    if not found.get("measures"):
        return ""
    counts = found["counts"]
    words = (
        f"On the experts' masks of {counts['moles']} moles and {counts['melanomas']} melanomas in "
        "dermoscopy. AUC: how well a measure alone tells melanomas from moles. They do it badly, so the app "
        "shows them beside the model's result and does not make a result of them."
    )
    head = ["measure", *[f"moles, {percentile} %" for percentile in found["percentiles"]], "AUC"]
    rows = [
        [name, *[f"{value:g}" for value in measure["moles"]], f"{measure['auc']:.3f}"]
        for name, measure in found["measures"].items()
    ]
    return "\n".join(["## Form and colour of a lesion\n", f"{words}\n", table(head, rows)])


def _rate(found: Mapping[str, float] | None) -> str:
    if found is None:
        return ABSENT
    return f"{found['rate']:.1%} ({found['low']:.1%} to {found['high']:.1%})"


def _read(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return content
