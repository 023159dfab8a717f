"""Slips of a first program: each is told once, at its place, with what to write; none stops the reader."""

from pathlib import Path

import pytest

from partnerdesk.engine.problem import errors
from partnerdesk.program.reader import read_file, read_program, read_versions
from partnerdesk.program.reference import EXAMPLE


def told(text: str, name: str = "my.toml") -> list[str]:
    return [str(problem) for problem in read_program(text, name).problems]


def changed(old: str, new: str) -> str:
    assert old in EXAMPLE
    return EXAMPLE.replace(old, new, 1)


ODD = ("[{}]", "[[1]]", "2026-01-01T10:00:00", "10:00:00", "{ at_least = [1] }", "{ below = {} }", "{ not = [[2]] }")


@pytest.mark.parametrize("value", ODD)
def test_a_filter_compares_with_one_value(value: str) -> None:
    (problem,) = told(changed('["new", "cross-sell"]', value))
    assert "earning.commission.where.kind" in problem and "Write one text, number or day here." in problem


def test_a_group_of_requirements_is_a_list() -> None:
    (problem,) = told(changed('metric = "certified", at_least = 1', 'metric = "certified", at_least = 1, of = 3'))
    assert "requires.all.1.of: of is a list of requirements. Write { at_least = 2, of = [" in problem


def test_a_kind_of_fact_that_is_not_known_stops_no_check_of_what_is_made_of_it() -> None:
    total = (
        '[metric.all]\nsays = "All"\ntotal = [{ metric = "revenue" }, { metric = "certified" }]\n\n[metric.certified]'
    )
    (problem,) = told(changed("[metric.certified]", total).replace('of = "deal"', 'of = "deall"', 1))
    assert "kind of fact deall is not defined. Did you mean deal?" in problem


@pytest.mark.parametrize(
    ("old", "new", "remedy"),
    [
        ('take = "distinct"', 'take = "distinct"\nstatements = "month"', "stands above the first [table]"),
        ('base = "amount"', 'base = "amount"\nif = "churned"', "It is a key of clawback."),
        ('name = "Gold"', 'name = "Gold"\nbenefit = ["a"]', "Did you mean benefits?"),
        ("within_months = 6", "within_months = 6.5", "Write 6 or 7."),
        ("effective_from = ", "valid_from = ", "Did you mean effective_from?"),
        ("at_most = 10_000", "at_most = 10.000,00", "Write decimals with a point"),
        ("[metric.certified]", "[metric.größe]", 'stands in quotes. Write [metric."größe"].'),
    ],
)
def test_what_is_meant_is_told(old: str, new: str, remedy: str) -> None:
    assert any(remedy in problem for problem in told(changed(old, new)))


def test_a_module_that_misspells_a_rule_is_told_that_alone() -> None:
    module = '[module.msp]\nsays = "MSP"\npartner = { type = "MSP" }\nearning.commision.rate = 0.1\n\n[cap.quarter]'
    (problem,) = told(changed("[cap.quarter]", module))
    assert "the version has no earning commision that this could change. Did you mean commission?" in problem


def test_a_line_of_a_long_list_is_named() -> None:
    steps = 'rate = { bands = "marginal", steps = [\n  { from = 0, rate = 0.05 },\n  { from = 100, rte = 0.06 },\n] }'
    text = changed("rate = { by_tier = { Member = 0.05, Gold = 0.08 } }", steps)
    line = next(n for n, words in enumerate(text.splitlines(), 1) if "rte =" in words)
    assert any(f"line {line}, earning.commission.rate.steps.1.rte" in problem for problem in told(text))


def test_two_versions_of_one_name_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(EXAMPLE, encoding="utf-8")
    (tmp_path / "b.toml").write_text(changed("2026-01-01", "2027-01-01"), encoding="utf-8")
    (problem,) = errors(read_versions([tmp_path / "a.toml", tmp_path / "b.toml"])[1])
    assert str(problem).startswith("b.toml, line 2, version: a.toml is called version 2026, too.")


def test_a_later_version_in_another_currency_is_told(tmp_path: Path) -> None:
    later = changed("2026-01-01", "2027-01-01").replace('version = "2026"', 'version = "2027"')
    (tmp_path / "a.toml").write_text(EXAMPLE, encoding="utf-8")
    (tmp_path / "b.toml").write_text(later.replace('currency = "EUR"', 'currency = "USD"'), encoding="utf-8")
    (problem,) = read_versions([tmp_path / "a.toml", tmp_path / "b.toml"])[1]
    assert str(problem).startswith("b.toml, line 5, currency: it is in USD, a.toml in EUR: all is counted in the last")
    assert problem.warning


SHARED = 'definitions = "health"\nversion = "1"\n\n[metric.answers]\nsays = "Answers"\nof = "survey"\ntake = "count"\n'


def including(folder: Path, entry: str, shared: str) -> list[str]:
    (folder / "health.toml").write_text(shared, encoding="utf-8")
    program = folder / "my.toml"
    program.write_text(changed('currency = "EUR"', f'currency = "EUR"\ninclude = {entry}'), encoding="utf-8")
    return [str(problem) for problem in read_file(program).problems]


@pytest.mark.parametrize(
    ("entry", "remedy"),
    [
        ('["health 2"]', 'Write "health 1".'),
        ('["helth 1"]', "Did you mean health 1?"),
        ('["health"]', 'Write include = ["health 1"].'),
        ('"health"', 'Write include = ["health 1"].'),
    ],
)
def test_definitions_that_are_not_there_are_told_by_their_name(tmp_path: Path, entry: str, remedy: str) -> None:
    (problem,) = including(tmp_path, entry, SHARED)
    assert problem.endswith(remedy)


def test_definitions_hold_metrics_alone(tmp_path: Path) -> None:
    (problem,) = including(tmp_path, '["health 1"]', f'{SHARED}\n[tiers]\nevery = "quarter"\n')
    assert problem.startswith("health.toml, line 9, tiers: a file of definitions holds [metric.NAME] tables alone.")


def test_what_is_wrong_in_definitions_is_told_at_its_place_there(tmp_path: Path) -> None:
    (problem,) = including(tmp_path, '["health 1"]', SHARED.replace('"survey"', '"survy"'))
    assert problem.startswith("health.toml, line 6, metric.answers.of: kind of fact survy is not defined.")


def test_activity_that_nobody_verifies_is_told_also_where_a_metric_counts_it() -> None:
    metric = '[metric.talks]\nsays = "Talks"\nof = "activity"\ntake = "count"\n\n'
    paid = 'says = "Talks held"\ntype = "BONUS"\non = "period end"\nbase = { metric = "talks" }\nrate = 50\n\n'
    text = changed("[cap.quarter]", f"{metric}[earning.talks]\n{paid}[cap.quarter]")
    assert any("earning.talks.base: it pays for activity that nobody verifies." in problem for problem in told(text))
    checked = text.replace('of = "activity"', 'of = "activity"\nwhere = { verified_by = { known = true } }')
    assert not any("verifies" in problem for problem in told(checked))
