"""Our own words: every text that stands in the code of the documents. A partner may be called "Delta" or "Payable".

Read from the compiled modules themselves, so that no list of words has to be kept beside them.
"""

import importlib
import importlib.util
import pkgutil
from collections.abc import Iterator
from functools import lru_cache
from types import CodeType
from typing import Any

_PLACES = (
    "partnerdesk.reports",
    "partnerdesk.engine",
    "partnerdesk.program",
    "partnerdesk.ops",
    "partnerdesk.queries",
    "xlsxwriter",
)


@lru_cache(maxsize=1)
def phrases() -> tuple[str, ...]:
    """Every text constant of our documents' code, and of what writes them as a file, each once."""
    found: dict[str, None] = {}
    for place in _PLACES:
        package = importlib.import_module(place)
        for module in pkgutil.walk_packages(package.__path__, f"{place}."):
            loader: Any = getattr(importlib.util.find_spec(module.name), "loader", None)
            found.update(dict.fromkeys(_texts(loader.get_code(module.name))))
    return tuple(found)


def _texts(code: CodeType) -> Iterator[str]:
    for constant in code.co_consts:
        yield from _texts_of(constant)


def _texts_of(constant: object) -> Iterator[str]:
    if isinstance(constant, str):
        yield constant
    elif isinstance(constant, CodeType):
        yield from _texts(constant)
    elif isinstance(constant, tuple | frozenset):
        for part in constant:
            yield from _texts_of(part)
