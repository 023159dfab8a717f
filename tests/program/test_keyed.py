"""Any key of a program text by its path: what is there, what has its default, and what cannot be."""

import tomllib
from decimal import Decimal

import pytest

from partnerdesk.program.keyed import dotted, is_value, path_of, value_at, with_key

TEXT = """\
program = "p"   # the name

[earning.upfront]
says = "Upfront"  # what it pays on
rate = { by_tier = { Gold = 0.12, "Very Gold" = 0.2 } }
vests = [
  { share = 0.5, at = "close" },
  { share = 0.5 },
]

[earning.other]
rate = 0.1
"""


def test_a_path_is_written_and_read_back() -> None:
    for path in (("rate",), ("earning", "a-b", "rate"), ("tier", "2", "Very Gold"), ("x", "a.b", "c")):
        assert path_of(dotted(path)) == path
    for wrong in ("", "a..b", "a.", "a b", ".a"):
        with pytest.raises(ValueError, match="no key"):
            path_of(wrong)


@pytest.mark.parametrize(
    ("key", "raw"),
    [
        ("earning.upfront.rate.by_tier.Gold", "0.15"),
        ('earning.upfront.rate.by_tier."Very Gold"', "0.25"),
        ("earning.upfront.most", "20_000"),  # not there yet
        ("earning.upfront.rate.by_tier.Silver", "0.1"),
        ("earning.upfront.vests.1.at", '"customer live"'),
        ("currency", '"CHF"'),
    ],
)
def test_one_key_becomes_another_and_nothing_else(key: str, raw: str) -> None:
    path = path_of(key)
    after = with_key(TEXT, path, raw)
    wanted = tomllib.loads(f"x = {raw}", parse_float=Decimal)["x"]
    assert value_at(after, path) == wanted
    assert [line for line in TEXT.splitlines() if "#" in line] == [line for line in after.splitlines() if "#" in line]
    try:
        was = value_at(TEXT, path)
    except KeyError:
        return
    back = tomllib.loads(with_key(after, path, _raw(was)), parse_float=Decimal)
    assert back == tomllib.loads(TEXT, parse_float=Decimal)


def _raw(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)


def test_a_key_without_its_table_is_not_made_up() -> None:
    for key in ("earning.third.rate", "earning.upfront.vests.7.at", "program.rate"):
        with pytest.raises(KeyError):
            with_key(TEXT, path_of(key), "1")


def test_a_value_is_one_value() -> None:
    assert all(map(is_value, ("0.15", '"Gold"', "2026-01-31", "[1, 2]", "{ share = 0.5 }")))
    assert not any(map(is_value, ("", "Gold", "1\ny = 2", "1\n[z]", "0.1 0.2")))
