"""Cells and tables of Markdown, for the results page."""

from __future__ import annotations

from collections.abc import Mapping

ABSENT = "-"


def interval(found: Mapping[str, float] | None, signed: bool = False) -> str:
    """A figure with its 95 % interval, three digits. signed: with its sign, for a difference."""
    if found is None:
        return ABSENT
    sign = "+" if signed else ""
    value = format(found["value"], f"{sign}.3f")
    if "low" not in found:
        return value
    return f"{value} ({format(found['low'], f'{sign}.3f')} to {format(found['high'], f'{sign}.3f')})"


def number(value: float | None, places: int = 3) -> str:
    """A value, or ABSENT."""
    return ABSENT if value is None else f"{value:.{places}f}"


def table(head: list[str], rows: list[list[str]]) -> str:
    """A table. A bar within a cell is escaped."""
    lines = [head, ["---"] * len(head), *rows]
    cells = [[cell.replace("|", "\\|") for cell in line] for line in lines]
    return "".join(f"| {' | '.join(line)} |\n" for line in cells)
