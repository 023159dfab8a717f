"""The first place where two canonical statements differ, as a reader can find it."""

import json
from collections.abc import Iterator
from typing import Any

ABSENT = "nothing"


def first_difference(then: bytes, now: bytes) -> str:
    """`statement, rows, closing, payable: 480 then, 500 now`; both are canonical JSON and not the same."""
    for place, one, other in _differences(json.loads(then), json.loads(now), ()):
        return f"{', '.join(place) or 'the whole'}: {_shown(one)} then, {_shown(other)} now"
    return "the same values, written differently"


def _differences(one: Any, other: Any, place: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any, Any]]:
    """Every place that differs, in the order of the text, figures of the statement before what is made of them."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in sorted({*one, *other}, key=lambda k: (k != "statement", k)):
            step = place if key == "document" else (*place, key)
            yield from _differences(one.get(key, ABSENT), other.get(key, ABSENT), step)
    elif isinstance(one, list) and isinstance(other, list):
        for at in range(max(len(one), len(other))):
            left, right = (side[at] if at < len(side) else ABSENT for side in (one, other))
            yield from _differences(left, right, (*place, _name(left, right, at)))
    elif one != other:
        yield place, one, other


def _name(left: Any, right: Any, at: int) -> str:
    """A row by its key or id where it has one, else by its number."""
    for row in (left, right):
        if isinstance(row, dict) and (name := row.get("key") or row.get("id")):
            return str(name)
    return str(at + 1)


def _shown(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:57]}..."
