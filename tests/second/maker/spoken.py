"""What a program says beside its figures: none depends on it, and it is there in some programs to show that."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from tests.second.maker.draw import Draw
from tests.second.maker.filters import where

CLAUSES = ("term", "regional", "audit", "review", "remedy", "amendment", "data", "ending")
SHARED = "partner-health 1"  # definitions that come with the program


def spoken(draw: Draw, raw: dict[str, Any]) -> None:
    """Adds words, clauses, worked cases, what partners may see of others, and shared definitions."""
    for name in ("name", "vendor", "note"):
        draw.maybe(raw, name, 0.03, lambda: "a text")
    for name in ("source", "open_points"):
        draw.maybe(raw, name, 0.03, lambda: ["a text"])
    draw.maybe(raw, "include", 0.03, lambda: [SHARED])
    draw.maybe(raw, "benchmark", 0.06, lambda: _benchmark(draw, list(raw["metric"]), "score" in raw))
    draw.maybe(raw, "clause", 0.15, lambda: {f"c{n}": _clause(draw) for n in range(draw.randint(1, 2))})
    draw.maybe(raw, "example", 0.06, lambda: [_example(draw, list(raw["metric"]))])
    for section in ("safety_net", "holdback"):
        for rule in raw.get(section, {}).values():
            draw.maybe(rule, "note", 0.06, lambda: "a note")
            draw.maybe(rule, "reference", 0.06, lambda: "1.2")
    _inside(draw, raw)


def _inside(draw: Draw, raw: Mapping[str, Any]) -> None:
    """Words inside rules that have them."""
    settled = raw.get("settlement", {})
    for part in settled.get("pays", ()):
        draw.maybe(part, "says", 0.3, lambda: "in words")
    for part in (*settled.get("tax", ()), *settled.get("minimums", ())):
        draw.maybe(part, "reference", 0.3, lambda: "7.2")
    for gate in raw.get("eligibility", {}).values():
        if "when" in gate:
            draw.maybe(gate, "says", 0.1, lambda: "in words")
            draw.maybe(gate, "reference", 0.1, lambda: "8.2")
    for stage in raw.get("stage", ()) if "earning" in raw else ():
        draw.maybe(stage, "incentive", 0.2, lambda: [next(iter(raw["earning"]))])
    for section in ("tiers", "transition", "disputes"):
        if section in raw:
            draw.maybe(raw[section], "reference", 0.06, lambda: "9.2")


def _benchmark(draw: Draw, metrics: Sequence[str], has_score: bool) -> dict[str, Any]:
    made: dict[str, Any] = {"metrics": draw.some(metrics, 2)}
    draw.maybe(made, "score", 0.8 * has_score, lambda: True)
    draw.maybe(made, "among", 0.8, lambda: draw.one(("all", "type", "type")))
    draw.maybe(made, "least", 0.5, lambda: draw.one((6, 9)))
    draw.maybe(made, "reference", 0.4, lambda: "13.1")
    return made


def _clause(draw: Draw) -> dict[str, Any]:
    made: dict[str, Any] = {"says": "A clause", "text": "Both sides keep to it.", "kind": draw.one(CLAUSES)}
    draw.maybe(made, "partner", 0.3, lambda: where(draw, "partner", 1))
    draw.maybe(made, "from", 0.3, lambda: date(2026, 2, 1))
    draw.maybe(made, "until", 0.3, lambda: date(2026, 12, 31))
    draw.maybe(made, "reference", 0.2, lambda: "14.1")
    draw.maybe(made, "note", 0.2, lambda: "a note")
    return made


def _example(draw: Draw, metrics: Sequence[str]) -> dict[str, Any]:
    """A worked case, which an evaluation of other facts does not look at."""
    figure: dict[str, Any] = {"figure": metrics[0]}
    draw.maybe(figure, "partner", 0.5, lambda: "A")
    draw.maybe(figure, "period", 0.5, lambda: "2026Q1")
    figure |= draw.one(({"value": 1}, {"text": "Gold"}, {"day": date(2026, 1, 1)}))
    made: dict[str, Any] = {"says": "A case", "as_of": date(2026, 1, 31), "expect": [figure]}
    made["facts"] = {"partner": [{"id": "A", "name": "A"}]}
    draw.maybe(made, "source", 0.5, lambda: "by hand")
    draw.maybe(made, "covers", 0.5, lambda: [f"metric.{metrics[0]}"])
    return made
