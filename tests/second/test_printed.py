"""What `partnerdesk evaluate` prints, of random programs: alike for one set of facts in each way of writing, and every
figure that it names explains itself.
"""

import csv
import json
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from partnerdesk.cli import main
from partnerdesk.cli.figures import steps
from partnerdesk.engine.evaluate import evaluate, explain
from partnerdesk.engine.facts import Facts, attributes
from partnerdesk.engine.figures.telling import value_words
from partnerdesk.engine.naming import named_figures
from partnerdesk.ops.rows.fact_checks import check
from partnerdesk.reports.figures import evaluation
from tests.second.maker.pair import Pair, pair
from tests.second.maker.toml import inline, quoted

PAIRS = range(12)


def sensible(one: Pair) -> Facts:
    """The facts without those that a command refuses: what is required and missing, days in the wrong order."""
    rows = {kind: [_in_bounds(row) for row in found] for kind, found in one.facts.rows.items()}
    rows = {kind: [row for row in found if not check(kind, [row])] for kind, found in rows.items()}
    for _ in rows:  # what named a row that is gone goes as well
        ids = {kind: {row.id for row in found} for kind, found in rows.items()}
        rows = {kind: [row for row in found if _is_whole(kind, row, ids)] for kind, found in rows.items()}
    return Facts({kind: tuple(found) for kind, found in rows.items() if found})


def _in_bounds(row: Any) -> Any:
    return replace(row, probability=None) if hasattr(row, "probability") else row


def _is_whole(kind: str, row: Any, ids: dict[str, set[str]]) -> bool:
    refs = [(a, getattr(row, a.name)) for a in attributes(kind) if a.kind == "ref"]
    return all(id in ids.get(a.to, ()) if id else not a.required for a, id in refs)


def _cells(row: Any) -> dict[str, Any]:
    """A row by its columns, own attributes beside the fields."""
    found = {f.name: getattr(row, f.name) for f in fields(row) if f.name not in ("attributes", "source")}
    found |= {f"attributes.{name}": value for name, value in row.attributes.items()}
    return {name: value for name, value in found.items() if value not in (None, "")}


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else str(value)


def written(facts: Facts, folder: Path) -> tuple[Path, Path, Path]:
    """The same facts as TOML, as JSON and as a folder of CSV files."""
    toml, tables, sheets = list[str](), dict[str, list[Any]](), folder / "sheets"
    sheets.mkdir()
    for kind, found in facts.rows.items():
        rows = [_cells(row) for row in found]
        for row in rows:
            toml += [f"[[{kind}]]", *(f"{quoted(name)} = {inline(value)}" for name, value in row.items())]
        tables[kind] = [{k: v if isinstance(v, bool | int) else _text(v) for k, v in row.items()} for row in rows]
        with (sheets / f"{kind}.csv").open("w", newline="", encoding="utf-8") as file:
            sheet = csv.DictWriter(file, list(dict.fromkeys(name for row in rows for name in row)))
            sheet.writeheader()
            sheet.writerows([{name: _text(value) for name, value in row.items()} for row in rows])
    (folder / "facts.toml").write_text("\n".join(toml), "utf-8")
    (folder / "facts.json").write_text(json.dumps(tables), "utf-8")
    return folder / "facts.toml", folder / "facts.json", sheets


def test_figures_are_the_same_however_facts_are_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in PAIRS:
        one, folder = pair(42, number), tmp_path / str(number)
        (folder / "program").mkdir(parents=True)
        for place, text in enumerate(one.texts):
            (folder / "program" / f"{place}.toml").write_text(text, "utf-8")
        facts = sensible(one)
        expected = evaluation(evaluate(one.programs, facts, one.as_of))["partners"]
        for path in written(facts, folder):
            main(["evaluate", str(folder / "program"), str(path), "--as-of", one.as_of.isoformat(), "--json"])
            found = json.loads(capsys.readouterr().out)
            assert _placeless(found.get("partners")) == _placeless(expected), f"{number} {path.name}"


def _placeless(found: Any) -> Any:
    """Without where rows stand, which differs from file to file."""
    if isinstance(found, dict):
        return {k: _placeless(v) for k, v in found.items() if k not in ("source", "reference", "problems")}
    return [_placeless(part) for part in found] if isinstance(found, list | tuple) else found


def test_every_figure_that_is_named_is_explained_by_its_value(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(steps, "say", said.append)
    for number in PAIRS:
        one = pair(43, number)
        printed = evaluation(evaluate(one.programs, one.facts, one.as_of))["partners"]
        for partner, outcome in explain(one.programs, one.facts, one.as_of).partners.items():
            for name, value in _named(printed[partner]):
                found = named_figures(outcome, name)
                assert [figure.value for _, figure in found] == [Decimal(value)], f"{number} {partner} {name}"
                ((_, figure),) = found
                said.clear()
                steps.Steps(tuple(outcome.statements), "--explain").say(figure)
                unit = "" if figure.unit == figure.label else figure.unit
                assert value_words(figure.value, unit) in said[0], f"{number} {partner} {name}: {said[0]}"


def _named(printed: Any) -> Iterator[tuple[str, str]]:
    """The names of a partner's figures as JSON has them, each with its value."""
    yield from ((line["id"], line["amount"]) for line in (*printed["earnings"], *printed["entries"]))
    for metric, periods in printed["metrics"].items():
        yield from ((f"{metric}:{at}", one["value"]) for at, one in periods.items() if one["value"] is not None)
    yield from ((f"score:{at}", score["total"]) for at, score in printed["scores"].items())
    for at, statement in printed["statements"].items():
        for key, row in statement["rows"].items():
            yield f"{at}:{key}", row["total"]
            yield from ((f"{at}:{key}.{bucket}", row[bucket]) for bucket in ("held", "payable"))
    for name, account in printed["funds"].items():
        yield from ((f"fund.{name}.{column}", account[column]) for column in ("issued", "paid", "available"))
