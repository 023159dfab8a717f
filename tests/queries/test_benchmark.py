"""How a partner stands among the others: what is told, and what is kept back so that nobody can be worked out."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from pypdf import PdfReader

from partnerdesk.engine.rules import Benchmark, Program
from partnerdesk.ops.pack import pack_data
from partnerdesk.ops.pack.exports import export_pack
from partnerdesk.queries.figures import evaluation, needed_programs
from partnerdesk.queries.partners.benchmark import benchmark, compared, quartiles
from partnerdesk.reports.pack.data import PackData
from partnerdesk.store import Store

DAY = date(2026, 11, 19)
VALUES = [Decimal(text) for text in "41.3 55.2 62.7 70.4 83.9 91.6".split()]


def scored(value: Decimal | None) -> Any:
    """A partner's figures that hold a score alone."""
    return SimpleNamespace(scores={} if value is None else {"2026Q3": SimpleNamespace(total=value)}, metrics={})


@pytest.fixture
def program() -> Program:
    return Program(
        program="p", version="1", effective_from=date(2026, 1, 1), benchmark=Benchmark(score=True, metrics=())
    )


def told(program: Program, values: list[Decimal]) -> Any:
    (row,) = compared(program, scored(Decimal("66.6")), [scored(v) for v in [*values, None]], "2026Q3")
    return row


def test_four_others_are_too_few_and_five_are_enough(program: Program) -> None:
    refused, shown = told(program, VALUES[:4]), told(program, VALUES[:5])
    assert refused.refused == "fewer than 5 others have a figure"
    assert (refused.others, refused.lower, refused.median, refused.upper) == (0, None, None, None)
    assert shown.refused == ""
    assert (shown.others, shown.lower, shown.median, shown.upper) == (5, 60, 65, 65)  # of 58.95, 62.77, 66.55


def test_a_program_may_ask_for_more_others_and_never_for_fewer(program: Program) -> None:
    more = replace(program, benchmark=Benchmark(score=True, least=6))
    fewer = replace(program, benchmark=Benchmark(score=True, least=1))
    assert told(more, VALUES[:5]).refused
    assert not told(more, VALUES).refused
    assert told(fewer, VALUES[:4]).refused


def test_neither_the_least_nor_the_greatest_moves_what_is_told() -> None:
    inner = VALUES[1:-1]
    usual = quartiles([Decimal(0), *inner, Decimal(100)])
    assert quartiles([Decimal(50), *inner, Decimal(1_000_000)]) == usual


@pytest.mark.parametrize("many", range(5, 25))
def test_no_number_is_what_a_single_partner_has(many: int) -> None:
    values = [Decimal(n * n % 83) + Decimal(n) for n in range(1, many + 1)]  # whole numbers, as steps are
    singles = {value for value in values if values.count(value) == 1}
    assert singles.isdisjoint(quartiles(values) or ())


def test_others_that_are_all_alike_stay_unknown(program: Program) -> None:
    assert told(program, [Decimal(70)] * 8).refused == "the others are too much alike to stay unknown"


def test_quartiles_of_four_values_are_never_made() -> None:
    with pytest.raises(ValueError, match="single ones"):
        quartiles(VALUES[:4])


def test_the_sample_compares_what_its_program_names(sample: Store) -> None:
    rows = sample.read(benchmark, "P-01", "2026Q3", DAY)
    labels = [row.label for row in rows]
    assert labels == [
        "Score",
        "Renewal rate",
        "Deployment quality",
        "Joint revenue growth",
        "Customer satisfaction",
    ]
    figures = sample.read(evaluation, DAY).partners
    others = {o.scores["2026Q3"].total for id, o in figures.items() if id != "P-01"}
    score = rows[0]
    assert (score.own, score.others) == (figures["P-01"].scores["2026Q3"].total, 23)
    assert others.isdisjoint({score.lower, score.median, score.upper})
    assert score.lower is not None
    assert score.upper is not None
    assert sum(total <= score.lower for total in others) < 12 < sum(total <= score.upper for total in others)


def test_a_version_that_does_not_say_so_compares_nothing(sample: Store) -> None:
    first = min(sample.read(needed_programs), key=lambda p: p.effective_from)
    assert first.benchmark == Benchmark()
    assert sample.read(benchmark, "P-01", "2026Q1", date(2026, 6, 30)) == ()


def test_the_pack_holds_the_same_numbers(sample: Store) -> None:
    pack = sample.read(pack_data, "P-01", "2026Q3", DAY)
    assert isinstance(pack, PackData)
    rows = sample.read(benchmark, "P-01", "2026Q3", DAY)
    assert all(row.others for row in rows)
    assert [(b.label, b.median, b.others) for b in pack.appendix.beside] == [
        (r.label, r.median, r.others) for r in rows
    ]


def test_the_pack_with_the_comparison_passes_the_gate(sample: Store, tmp_path: Path) -> None:
    written = sample.read(export_pack, "P-01", "2026Q3", DAY, tmp_path)
    said = "".join(page.extract_text() for page in PdfReader(written.path).pages)
    assert "Beside other partners" in said


def test_a_share_is_told_as_one_to_a_partner_that_has_none_itself(sample: Store) -> None:
    """What nobody measured for it is measured for others, and their unit is its unit."""
    (version,) = [p for p in sample.read(needed_programs) if p.effective_from <= DAY][-1:]
    found = sample.read(evaluation, DAY).partners
    own, others = SimpleNamespace(scores={}, metrics={}), [o for id, o in found.items() if id != "P-01"]
    units = {row.label: row.unit for row in compared(version, own, others, "2026Q3")}  # type: ignore[arg-type]
    assert units["Renewal rate"] == "%"
