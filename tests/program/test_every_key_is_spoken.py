"""A key that is set changes the words of its program, wherever it stands; what is not spoken is named here, and why."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from partnerdesk.engine.rules import Need, Program
from partnerdesk.paths import resource
from partnerdesk.program.reader import read_versions
from partnerdesk.program.reference.sections import sections
from partnerdesk.program.words import metric_sentence, rule_words

HERE = Path(__file__).parent
FOLDERS = sorted({path.parent for path in HERE.parent.glob("programs/*/*.toml")})

HEAD = "names the version: it stands at the head of every document"
WHY = "why a rule is so stands beside it, under Why in the guide"
CASE = "a worked case is shown as such, not said"
UNSPOKEN = {
    **{("Program", name): HEAD for name in ("program", "version", "effective_from", "name", "vendor", "note")},
    **{("Program", name): HEAD for name in ("source", "statements")},
    ("Program", "open_points"): "the guide's last page lists them",
    ("Program", "example"): CASE,
    ("Program", "disputes"): "the guide, the agreement and every statement have a passage on disputes",
    **{("Disputes", name): "as the table" for name in ("within_days", "answer_days", "meanwhile", "reference")},
    **{("Program", name): "how a text came together" for name in ("include", "included")},
    ("Clause", "kind"): "the section of the agreement in which it stands",
    ("Metric", "reference"): "the clause stands beside the name",
    ("Metric", "unit"): "it stands with every value",
    ("Earning", "type"): "a code of the statement",
    **{(kind, "note"): WHY for kind in ("Earning", "Cap", "SafetyNet", "Holdback", "Fund", "Benefit")},
}
# Keys that cannot stand beside others of the texts here: the tests of their own words set them.
ELSEWHERE = {
    ("Draw", "recoverable"),
    ("Settlement", "each"),
    ("Settlement", "week_starts"),
    ("Settlement", "week_ends"),
    ("Need", "says"),
}
WHOLE = ("Trigger", "Example", "Expected", "Included", "Clause")  # kinds of which no key is a rule of its own


@dataclass(frozen=True)
class Set:
    """A key that is set: the pattern of its place, its kind and name, and programs with other values of it."""

    place: str
    key: tuple[str, str]
    others: tuple[Callable[[], Program], ...]


def programs() -> Iterator[Program]:
    for files in [sorted(folder.glob("*.toml")) for folder in FOLDERS] + [
        sorted(Path(resource("programs/fennmark")).glob("*.toml")),
        [HERE / "every_key.toml"],
        [HERE / "whole_yen.toml"],
    ]:
        yield from read_versions(files)[0]


def words(program: Program) -> object:
    said = [(w.title, w.reference, w.sentence, w.formula, w.parameters) for w in rule_words(program)]
    return said, [metric_sentence(program, name) for name in program.metric]


def default_of(field: "Field[Any]") -> Any:
    return field.default_factory() if field.default_factory is not MISSING else field.default


def others(value: Any, field: "Field[Any]") -> Iterator[Any]:
    """Other values of a key: its default, the other choices, a little more."""
    if default_of(field) is not MISSING:
        yield default_of(field)
    choices = [choice for choice in field.metadata.get("choices", ()) if choice != value]
    if choices:
        yield from choices
    elif isinstance(value, Decimal | int):
        yield (not value) if isinstance(value, bool) else value + 1
    elif field.name == "on":
        yield from ("deal registered", "period end")
    elif isinstance(value, str):
        yield f"{value} x"
    elif isinstance(value, date):
        yield value + timedelta(days=40)


def keys_set(value: Any, place: str, put: Callable[[Any], Program]) -> Iterator[Set]:
    """Every key that is set in a value and inside it; `put` makes a program with another value in its place."""
    if isinstance(value, Need) and value.says:
        return  # its own words stand for all of it
    if is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            if "internal" not in field.metadata:
                yield from _of_field(value, field, place, put)
    elif isinstance(value, tuple):
        for i, item in enumerate(value):
            yield from keys_set(item, place, lambda new, i=i: put((*value[:i], new, *value[i + 1 :])))
    elif isinstance(value, Mapping):
        for name, item in value.items():
            yield from keys_set(item, place, lambda new, name=name: put({**value, name: new}))


def _of_field(owner: Any, field: "Field[Any]", place: str, put: Callable[[Any], Program]) -> Iterator[Set]:
    value, at = getattr(owner, field.name), f"{place}.{field.name}"
    if value in (default_of(field), None, (), {}, ""):
        return

    def set_(new: Any) -> Program:
        return put(replace(owner, **{field.name: new}))

    different = tuple(lambda other=other: set_(other) for other in others(value, field))
    yield Set(at, (type(owner).__name__, field.name), different)
    yield from keys_set(value, at, set_)


def changes_words(found: Set, before: object) -> bool | None:
    """Whether another value changes the words; None where every other value means nothing."""
    told = None
    for other in found.others:
        try:
            changed = words(other()) != before
        except (AssertionError, AttributeError, KeyError, IndexError, TypeError, ValueError):
            continue  # no such program can be written
        told = bool(told) or changed
    return told


@pytest.fixture(scope="module")
def told() -> dict[str, tuple[tuple[str, str], bool]]:
    """By place: which key stands there, and whether the words of some program hang on it."""
    found: dict[str, tuple[tuple[str, str], bool]] = {}
    for written in programs():
        program = replace(written, example=())
        before = words(program)
        for one in keys_set(program, "", lambda new: new):
            spoken = changes_words(one, before) is not False  # of one without other values its parts are looked at
            found[one.place] = one.key, spoken or found.get(one.place, ("", False))[1]
    return found


def test_a_key_that_is_set_is_spoken_wherever_it_stands(told: dict[str, tuple[tuple[str, str], bool]]) -> None:
    assert {place: key for place, (key, spoken) in told.items() if not spoken and key not in UNSPOKEN} == {}


def test_no_key_is_excused_that_is_spoken_everywhere(told: dict[str, tuple[tuple[str, str], bool]]) -> None:
    silent = {key for key, spoken in told.values() if not spoken}
    seen = {key for key, _spoken in told.values()}
    assert {key for key in UNSPOKEN if key in seen} - silent <= {("Program", "effective_from"), ("Metric", "unit")}


def test_every_key_of_the_format_is_looked_at(told: dict[str, tuple[tuple[str, str], bool]]) -> None:
    every = {(s.kind.__name__, f.name) for s in sections() for f in fields(s.kind) if "internal" not in f.metadata}
    seen = {key for key, _spoken in told.values()}
    assert {key for key in every - seen - ELSEWHERE if key not in UNSPOKEN and key[0] not in WHOLE} == set()
