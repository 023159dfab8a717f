"""What a program's text becomes, of random programs: its schema, its words, its form, and what a change tells."""

import random
import re
import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from partnerdesk.engine.rules import Program
from partnerdesk.engine.rules.changed import changed_keys
from partnerdesk.program.diff import differences
from partnerdesk.program.form import CHOICE, DAY, FLAG, NUMBER, PERCENT, Cell, Value, changed, form
from partnerdesk.program.reader import read_program
from partnerdesk.program.reference import schema
from partnerdesk.program.spans import Path, put, spans
from partnerdesk.program.words import metric_sentence, rule_words
from tests.program.test_reference import assert_fits
from tests.second.maker.pair import pair

PAIRS = range(40)
UNSAID = frozenset(("example", "program", "version", "effective_from", "note", "source", "include", "transition"))
CODE = re.compile(r"\bNone\b|\bTrue\b|\bFalse\b|Decimal\(|[{}<>]|\(\)|''")
SLIPS = re.compile(r"  | [,.;]|,,|\.\.|;;|\( | \)")
# Said of a column in words of its own, by the definitions that come with the program.
COLUMNS = ("assessed_by",)


def texts(seed: int) -> Iterator[tuple[str, Program]]:
    for number in PAIRS:
        one = pair(seed, number)
        yield from zip(one.texts, one.programs, strict=True)


def test_the_schema_takes_every_program() -> None:
    whole = schema()
    for text, _ in texts(61):
        assert_fits(whole, whole, tomllib.loads(text), "")


def test_the_schema_asks_of_a_rule_in_a_module_for_nothing_that_the_version_says() -> None:
    whole = schema()
    head = {"program": "p", "version": "1", "effective_from": "2026-01-01"}
    limit = [{"amount": 100}, {"from": "2026-02-01", "amount": "none"}]
    module = {"says": "Other terms", "earning": {"e": {"least": 10}}, "cap": {"c": {"at_most": limit}}}
    assert_fits(whole, whole, head | {"module": {"x": module}}, "")
    with pytest.raises(AssertionError, match=r"earning\.e"):
        assert_fits(whole, whole, head | {"earning": {"e": {"least": 10}}}, "")
    with pytest.raises(AssertionError):
        assert_fits(whole, whole, head | {"module": {"x": {"says": "Other", "earning": {"e": {"last": 10}}}}}, "")


def test_words_are_sentences() -> None:
    for _, program in texts(62):
        said = [(rule.key, rule.title, rule.sentence) for rule in rule_words(program)]
        said += [(f"metric.{name}", "Metric", metric_sentence(program, name)) for name in program.metric]
        for key, title, sentence in said:
            assert title.strip() and sentence.strip().endswith((".", ".”")), f"{key}: {sentence}"
            assert not CODE.search(sentence), f"{key}: {sentence}"
            assert not SLIPS.search(sentence), f"{key}: {sentence}"
            keys = set(re.findall(r"\b[a-z]+_[a-z_]+\b", sentence)) - {*COLUMNS}
            assert not keys, f"{key}: {keys} in {sentence}"


def test_a_program_does_not_differ_from_itself_and_one_leaf_is_told() -> None:
    told = 0
    for number, (text, program) in enumerate(texts(63)):
        assert differences(program, program) == ()
        for path, other in _others(text, random.Random(number)):
            read = read_program(put(text, path, other), "edited")
            if read.program is None or not changed_keys(program, read.program):
                continue
            found = differences(program, read.program)
            assert found, f"{path} = {other} is not told"
            assert all(change.before != change.after for change in found), path
            told += 1
    assert told > 40


def _others(text: str, draw: random.Random) -> Iterator[tuple[Path, str]]:
    """Some values of a text by their places, each with another one."""
    found = [(path, span.raw) for path, span in spans(text).items() if path[0] not in UNSAID]
    for path, raw in draw.sample(found, min(5, len(found))):
        if re.fullmatch(r"-?\d+(\.\d+)?", raw):
            yield path, str(Decimal(raw) * 2 + 1 if abs(Decimal(raw)) > 1 else Decimal(raw) / 2 or 1)
        elif re.fullmatch(r"\d{4}-\d\d-\d\d", raw):
            yield path, (date.fromisoformat(raw) + timedelta(days=1)).isoformat()
        elif raw in ("true", "false"):
            yield path, "false" if raw == "true" else "true"


def test_a_field_of_the_form_changes_its_own_key_and_is_read_back() -> None:
    for number, (text, _) in enumerate(texts(64)):
        draw = random.Random(number)
        before = _leaves(tomllib.loads(text, parse_float=Decimal))
        cells = _cells(text)
        assert all(changed(text, cell, cell.value) == text for cell in cells)
        for cell in draw.sample(cells, min(8, len(cells))):
            other = _another(cell, draw)
            made = changed(text, cell, other)
            after = _leaves(tomllib.loads(made, parse_float=Decimal))
            differing = {path for path in {*before, *after} if before.get(path) != after.get(path)}
            assert differing <= {cell.path}, f"{cell.path} = {other}: {differing}"
            (again,) = (one for one in _cells(made) if one.path == cell.path)
            assert again.value == other or again.kind != cell.kind, f"{cell.path}: {again.value}, not {other}"


def _cells(text: str) -> list[Cell]:
    return [cell for group in form(text) for row in group.rows for cell in row.cells]


def _another(cell: Cell, draw: random.Random) -> Value:
    if cell.kind in (NUMBER, PERCENT):
        return (cell.value or Decimal()) + 1  # type: ignore[operator]
    if cell.kind == DAY:
        return cell.value + timedelta(days=1) if isinstance(cell.value, date) else date(2026, 5, 5)
    if cell.kind == FLAG:
        return not cell.value
    if cell.kind == CHOICE:
        return draw.choice([choice for choice in cell.choices if choice])
    return 'Some “words” and "others" \\ here'


def _leaves(raw: Any, path: Path = ()) -> dict[Path, Any]:
    """Every plain value by its place; tables and lists themselves are none."""
    parts = raw.items() if isinstance(raw, dict) else enumerate(raw) if isinstance(raw, list) else None
    if parts is None:
        return {path: raw}
    return {place: value for key, part in parts for place, value in _leaves(part, (*path, str(key))).items()}
