"""A program's text as one partner may know it: without the terms that others have by name."""

import re
from collections.abc import Collection

from partnerdesk.engine.rules import Program
from partnerdesk.program.public import naming_tests

_TABLE = re.compile(r"\s*\[\[?([^\]]+)\]")


def text_for(text: str, program: Program, names: Collection[str]) -> str:
    """The text without the tables of what is for partners by name, other than by one of `names`."""
    gone = [f"{key}." for key, named in _named(program).items() if named.isdisjoint(names)]
    kept, is_kept = [], True
    for line in text.splitlines():
        if head := _TABLE.match(line):
            path = re.sub(r"[\"'\s]", "", head[1])
            is_kept = not f"{path}.".startswith(tuple(gone))
        if is_kept:
            kept.append(line)
    return "\n".join(kept)


def _named(program: Program) -> dict[str, set[str]]:
    """The modules, clauses and earnings that name partners, by their keys, with the names."""
    found: dict[str, set[str]] = {}
    for kind in ("module", "clause", "earning"):
        for name, rule in getattr(program, kind).items():
            if named := {str(value) for test in naming_tests(rule) for value in test.one_of or ()}:
                found[f"{kind}.{name}"] = named
    return found
