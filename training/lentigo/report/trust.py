"""Sections of docs/results.md: calibration, coverage per class, shortcuts, maps, skin tones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lentigo.metrics import wilson
from lentigo.report.markdown import interval, number, table

# What temperature, sets and thresholds were fitted on, in words.
FITTED_ON = {"validation": "validation", "test": "these same test images, so it flatters"}
Results = Sequence[Mapping[str, Any]]


def calibration_section(results: Results) -> str:
    """Temperature, calibration error and the size of prediction sets of each classifier."""
    rows = []
    for result in results:
        found = result["calibration"]
        if found:
            sets = found["conformal"]["test"]
            rows.append(
                [
                    result["id"],
                    f"{found['temperature']:.2f}",
                    number(found["eceUncalibrated"]),
                    number(found["ece"]),
                    found["conformal"]["method"],
                    interval(sets["coverage"]),
                    interval(sets["meanSize"]),
                    interval(sets["empty"]),
                    FITTED_ON[found["fittedOn"]],
                ]
            )
    head = ["network", "temperature", "ECE before", "ECE after", "sets", "coverage (promised 0.90)"]
    head += ["classes per set", "empty (shown as the most probable class, unsure)", "fitted on"]
    return f"## Calibration and prediction sets\n\n{table(head, rows)}" if rows else ""


def coverage_section(results: Results) -> str:
    """Of the test images of each class: in how many is the class in the prediction set."""
    rows = []
    for result in results:
        conformal = (result["calibration"] or {}).get("conformal", {})
        pooled = {entry["class"]: entry["pooledWith"] for entry in conformal.get("classes", [])}
        rows += [
            [
                result["id"],
                row["class"],
                str(row["count"]),
                interval(row["coverage"]),
                ", ".join(pooled.get(row["class"], [])) or "-",
            ]
            for row in conformal.get("test", {}).get("perClass", [])
        ]
    if not rows:
        return ""
    words = (
        "Each class has a quantile of its own, fitted for a coverage of 0.90 on what the table above says. "
        "Classes with fewer than 30 such images share the quantile of others of their kind: the 0.90 is "
        "promised of these together, not of each by itself."
    )
    head = ["network", "class", "test images", "in the set", "quantile shared with"]
    return f"### Coverage per class\n\n{words}\n\n{_short_words(results)}\n\n{table(head, rows)}"


def _short_words(results: Results) -> str:
    """Names the classes that are below the promise by more than chance, as the Models screen does."""
    measured, short = 0, []
    for result in results:
        conformal = (result["calibration"] or {}).get("conformal", {})
        pooled = {entry["class"]: entry["pooledWith"] for entry in conformal.get("classes", [])}
        for row in conformal.get("test", {}).get("perClass", []):
            held = round(row["coverage"]["value"] * row["count"])
            measured += 1
            if row["count"] and wilson(held, row["count"])[1] < conformal["coverage"]:
                shared = ", ".join(pooled.get(row["class"], []))
                with_whom = f", which shares its quantile with {shared}" if shared else ""
                short.append(f"{row['class']} of {result['id']} ({held} of {row['count']}{with_whom})")
    found = f"{'; '.join(short)}. Chance alone would give one in forty." if short else "none."
    return (
        f"Of these {measured} classes, below the promise by itself by more than chance (the whole 95 % "
        f"Wilson interval, images counted one by one): {found}"
    )


def shortcut_section(results: Results) -> str:
    """What a few numbers that have nothing to do with the diagnosis reach, beside the network."""
    rows = []
    for result in results:
        for row in result["test"].get("shortcuts", []):
            for name, theirs in row["metrics"].items():
                ours = result["test"]["metrics"].get(name)
                gap = f"{ours['value'] - theirs['value']:+.3f}" if ours else "-"
                rows.append([result["id"], row["name"], name, interval(theirs), interval(ours), gap])
    if not rows:
        return ""
    words = (
        "A logistic regression on mean and standard deviation of red, green and blue (`colour`), or on which "
        "answers are missing (`missing answers`), fitted on the same training split. A network that does not "
        "beat it may have learned no more than the shortcut."
    )
    head = ["network", "shortcut", "figure", "shortcut alone", "network", "difference"]
    return f"## Shortcuts\n\n{words}\n\n{table(head, rows)}"


def explanation_section(results: Results) -> str:
    """The two checks of the maps that the app shows."""
    rows = []
    for result in results:
        found = result["test"].get("explanations", {})
        maps = [("the class shown", found)] if "count" in found else []
        maps += [("the same, flagged photos", found["flagged"])] if "flagged" in found else []
        maps += [(f"where the {query} looks", part) for query, part in found.get("attention", {}).items()]
        for name, part in maps:
            figures = [interval(part.get(figure)) for figure in ("insideLesion", "lesionArea", "randomised")]
            rows.append([result["id"], name, str(part["count"]), *figures])
    if not rows:
        return ""
    words = (
        "Of the maps that the app shows: the class shown is the most probable one, and of a flagged photo "
        "the most probable of those that the flag adds up. A fusion network shows where its two queries "
        "look. Mass of the map inside the lesion, beside the lesion's part of the image (a flat map would "
        "have that), and rank correlation with the map of the same network with random weights (near 0: the "
        "map depends on what was learned). Masks are the data set's; acne has none. Xception of BreakHis has "
        "no row: no mask, and no test image that the network that ships has not learned from. The acne "
        "paper's own network gives no map."
    )
    head = ["network", "map", "test images", "inside the lesion", "lesion's area"]
    return f"## Maps\n\n{words}\n\n{table([*head, 'correlation, random weights'], rows)}"


def skin_tone_section(results: Results) -> str:
    """How many images of each skin tone there are."""
    rows, seen = [], set()
    for result in results:
        tones = result["test"].get("skinTones")
        if not tones or str(tones) in seen:
            continue
        seen.add(str(tones))
        bands = list(dict.fromkeys(band for counts in tones.values() for band in counts))
        for split, counts in tones.items():
            counted = ", ".join(f"{band} {counts.get(band, 0)}" for band in bands)
            rows.append([result["id"], split, counted])
    if not rows:
        return ""
    words = (
        "By the individual typology angle of the skin beside the lesion (Chardon et al. 1991). Light and "
        "camera change the angle, so it sorts photos, not people. Results by band are in the subgroups "
        "below; bands with fewer than 20 test images are too few to say anything."
    )
    return f"## Skin tone\n\n{words}\n\n{table(['network', 'split', 'images'], rows)}"
