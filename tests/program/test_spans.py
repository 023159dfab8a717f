"""Where each value stands: what the scan finds is what the reader reads, and one value is replaced alone."""

import tomllib
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from partnerdesk.paths import resource
from partnerdesk.program.spans import put, spans

PROGRAMS = sorted(str(p.relative_to(resource("programs"))) for p in resource("programs").rglob("*.toml"))
ODD = '''
# "not a value" = 1
a.b = """three
"quoted" lines""" # after
'c d' = [ 1, # one
  { e = 2026-01-31, f = ['x', "y, }"] },
]
[[t]]
k = 'it''
[[t.u]]
k = true
[[t.u]]
k = -1_000.50
[[t]]
[t.v]
k = 2026-01-31 10:00:00
'''.replace("'it''", "'it'")


def leaves(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else None
    if parts is None:
        yield path, value
    else:
        for key, part in parts:
            yield from leaves(part, (*path, str(key)))


def read(text: str) -> dict[str, Any]:
    return tomllib.loads(text, parse_float=Decimal)


def texts() -> list[str]:
    return [ODD, *(resource(f"programs/{name}").read_text(encoding="utf-8") for name in PROGRAMS)]


@pytest.mark.parametrize("text", texts())
def test_every_value_is_found_where_it_is_written(text: str) -> None:
    found = spans(text)
    assert {path: read(f"x = {span.raw}")["x"] for path, span in found.items()} == dict(leaves(read(text)))
    assert all(text[span.start : span.end] == span.raw for span in found.values())


@pytest.mark.parametrize("text", texts())
def test_one_value_is_replaced_and_all_else_stays(text: str) -> None:
    """In a long text one value of many, each at another place of its table: every kind of value is among them."""
    before = dict(leaves(read(text)))
    found = list(spans(text).items())
    for path, span in found[:: 1 + len(found) // 60]:
        changed = put(text, path, '"other"')
        assert dict(leaves(read(changed))) == {**before, path: "other"}
        assert changed.count("#") == text.count("#") - span.raw.count("#")


def test_a_first_line_that_is_missing_is_added_below_the_others() -> None:
    text = '# mine\nprogram = "p" # here\n\n[metric.x]\nsays = "X"\n'
    assert put(text, ("note",), '"n"') == '# mine\nprogram = "p" # here\nnote = "n"\n\n[metric.x]\nsays = "X"\n'
    assert put("a = 1", ("b",), "2") == "a = 1\nb = 2\n"
    assert put("", ("b",), "2") == "b = 2\n"
    with pytest.raises(KeyError):
        put(text, ("metric", "y", "says"), '"n"')


@pytest.mark.parametrize("text", ["a = ", "= 1", "[a", "a = [1", "a"])
def test_what_is_no_toml_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"at|missing"):
        spans(text)
