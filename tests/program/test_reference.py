"""The printed format is complete, and a person can start from it."""

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import pytest

from partnerdesk.engine import rules
from partnerdesk.engine.facts import KINDS, attributes
from partnerdesk.ops.programs.cases import run_cases, without_case
from partnerdesk.paths import resource
from partnerdesk.program.reader import read_program
from partnerdesk.program.reference import EXAMPLE, reference, schema, sections
from partnerdesk.program.reference.sections import KeyEntry, Section


def kinds_of_rules() -> Iterator[type]:
    """Every declared type of a program's text."""
    for name in rules.__all__:
        kind = getattr(rules, name)
        if isinstance(kind, type) and is_dataclass(kind) and kind is not rules.Test:
            yield kind


def entries() -> list[tuple[Section, KeyEntry]]:
    return [(section, key) for section in sections() for key in section.keys]


def test_every_type_and_key_of_the_format_is_printed() -> None:
    printed = {section.kind: section for section in sections()}
    assert set(printed) == set(kinds_of_rules())
    text = reference()
    for kind, section in printed.items():
        written = [f for f in fields(kind) if "internal" not in f.metadata]
        assert len(section.keys) == len(written), kind
    for _, key in entries():
        assert key.says, key
        assert f"  {key.name}   (" in text


@pytest.mark.parametrize(("section", "key"), entries(), ids=lambda x: getattr(x, "name", "") or x.kind.__name__)
def test_a_key_says_what_it_is(section: Section, key: KeyEntry) -> None:
    assert key.type and key.example and key.example != "..."
    if key.choices and key.default not in (None, "none"):
        assert key.default is not None and key.default.strip('"') in key.choices


def test_every_fact_and_its_attributes_are_printed() -> None:
    text = reference()
    for kind in KINDS:
        assert f"## {kind}: placed in time by" in text
        for a in attributes(kind):
            assert f"  {a.name}" in text


def test_the_example_of_the_first_page_works() -> None:
    read = read_program(EXAMPLE, "harbour.toml")
    assert read.program is not None and not read.problems
    (result,) = run_cases([read.program])
    assert result.is_met, result.problems
    assert not without_case(read.program)
    assert all(line.strip() in reference() for line in EXAMPLE.splitlines())


def test_one_word_finds_its_tables() -> None:
    assert "within_months" in reference("clawback") and "[metric.*]" not in reference("clawback")
    assert reference("opening").startswith("## opening: placed in time by") and "## deal" not in reference("opening")
    assert reference("no such thing") == ""


BAND_STEPS = "steps = [{ from = 0, rate = 0.05 }, { from = 1000, rate = 0.10 }]"


def banded(rate: str) -> str:
    rule = f'[earning.banded]\nsays = "By size"\ntype = "UPFRONT"\non = "deal won"\nbase = "amount"\nrate = {rate}\n'
    return EXAMPLE[: EXAMPLE.index("[[example]]")] + rule


@pytest.mark.parametrize(
    "rate",
    [
        f'{{ bands = "marginal", {BAND_STEPS} }}',
        f'{{ bands = {{ how = "marginal", {BAND_STEPS} }} }}',
        f'{{ bands = {{ bands = "marginal", {BAND_STEPS} }} }}',
        f'{{ entries = [{{ bands = "marginal", {BAND_STEPS} }}] }}',
        f'{{ entries = [{{ bands = {{ how = "marginal", {BAND_STEPS} }} }}] }}',
    ],
)
def test_bands_are_read_however_the_reference_shows_them(rate: str) -> None:
    import tomllib

    text = banded(rate)
    read = read_program(text, "banded.toml")
    assert read.program is not None, read.problems
    found = read.program.earning["banded"].rate
    bands = found.bands or found.entries[0].bands
    assert bands is not None and bands.how == "marginal" and len(bands.steps) == 2
    made = schema()
    assert_fits(made, made, tomllib.loads(text), "")


def test_nothing_stands_beside_a_table_of_bands() -> None:
    rate = f'{{ bands = {{ how = "marginal", {BAND_STEPS} }}, resolve = "first" }}'
    stops = [problem for problem in read_program(banded(rate), "banded.toml").problems if not problem.warning]
    assert ["resolve" in str(problem) for problem in stops] == [True]


def test_the_schema_knows_what_the_reader_knows() -> None:
    found = json.loads(json.dumps(schema()))
    import tomllib

    for path in ("programs/adventureworks_growth.toml", "programs/fennmark/2026.2.toml"):
        raw = tomllib.loads(resource(path).read_text(encoding="utf-8"))
        assert_fits(found, found, raw, "")
    broken = tomllib.loads(EXAMPLE) | {"curency": "EUR"}
    with pytest.raises(AssertionError, match="curency"):
        assert_fits(found, found, broken, "")


def assert_fits(whole: Any, shape: Any, value: Any, path: str) -> None:
    """A small reading of the parts of JSON Schema that ours uses."""
    if "$ref" in shape:
        shape = whole["$defs"][shape["$ref"].rpartition("/")[2]]
    if "anyOf" in shape:
        assert any(fits(whole, option, value) for option in shape["anyOf"]), f"{path}: {value}"
        return
    allowed = shape.get("enum", [shape["const"]] if "const" in shape else None)
    if allowed is not None:
        assert value in allowed, f"{path}: {value}"
    kinds = {"object": dict, "array": list, "string": object, "boolean": bool, "number": (int, float), "integer": int}
    if isinstance(shape.get("type"), str):
        assert isinstance(value, kinds[shape["type"]]), f"{path}: {value}"
    if isinstance(value, dict):
        known, rest = shape.get("properties", {}), shape.get("additionalProperties", True)
        for name, part in value.items():
            assert name in known or rest is not False, f"{path}.{name}"
            if name in known or isinstance(rest, dict):
                assert_fits(whole, known.get(name, rest), part, f"{path}.{name}")
        assert set(shape.get("required", [])) <= set(value), path
    if isinstance(value, list):
        for i, part in enumerate(value):
            assert_fits(whole, shape.get("items", {}), part, f"{path}.{i}")


def fits(whole: Any, shape: Any, value: Any) -> bool:
    try:
        assert_fits(whole, shape, value, "")
    except (AssertionError, KeyError):
        return False
    return True
