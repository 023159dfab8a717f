"""Words inside cells that mean one of a few things: "Closed Won", "gewonnen" and "Won" are all won.

The words are data (`resources/intake/values.toml`). A word that is not there means nothing here; what to do then is
up to the field.
"""

import tomllib
from functools import lru_cache
from typing import Any

from partnerdesk.intake.lexicon import squash
from partnerdesk.paths import resource


@lru_cache(maxsize=1)
def _all() -> dict[str, Any]:
    return tomllib.loads(resource("intake/values.toml").read_text("utf-8"))


@lru_cache(maxsize=64)
def _exact(field: str) -> dict[str, str]:
    return {_squash(word): value for value, given in _all()[field].items() for word in given.get("words", ())}


def _squash(text: str) -> str:
    return squash(text) or text.strip()


@lru_cache(maxsize=8192)
def meaning(field: str, cell: str) -> str:
    """Which of the field's few values a cell means, or ""."""
    word = _squash(cell)
    if not word:
        return ""
    if found := _exact(field).get(word):
        return found
    for value, given in _all()[field].items():
        if any(word.startswith(squash(start)) for start in given.get("starts", ())):
            return str(value)
        if any(squash(part) in word for part in given.get("holds", ())):
            return str(value)
    return ""


def known(field: str) -> tuple[str, ...]:
    """The values that the field can mean."""
    return tuple(_all()[field])
