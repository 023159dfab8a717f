"""Some groups, and parts of series, of which only the greatest count, aside from all other draws."""

from typing import Any

from tests.second.maker.draw import Draw


def best_ones(draw: Draw, raw: dict[str, Any]) -> None:
    """Some metrics keep the best."""
    for metric in raw["metric"].values():
        for kind in ("groups", "series"):
            if kind in metric and draw.has(0.3):
                metric[kind]["keep"] = metric[kind].get("keep", {}) | {"best": draw.one((1, 1, 2, 3))}
