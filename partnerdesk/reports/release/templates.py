"""Our own words: every text that stands in the code of the documents. A partner may be called "Delta" or "Payable".

Read from the compiled modules themselves, so that no list of words has to be kept beside them.
"""

import importlib
import pkgutil
from collections.abc import Iterable, Iterator
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
        for code in _codes(importlib.import_module(place).__path__, f"{place}."):
            found.update(dict.fromkeys(_texts(code)))
    return tuple(found)


def _codes(folders: Iterable[str], prefix: str) -> Iterator[CodeType]:
    """The code of every module in some folders and below them. None is imported: that would take most of the time."""
    for module in pkgutil.iter_modules(folders, prefix):
        spec: Any = module.module_finder.find_spec(module.name, None)
        yield spec.loader.get_code(module.name)
        if module.ispkg:
            yield from _codes(spec.submodule_search_locations, f"{module.name}.")


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
