"""Worked cases: the rules that they say they work out are there."""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from partnerdesk.engine.rules import Program
from partnerdesk.program.lint.found import Found

# A year, half or quarter (fiscal ones, too), a month or half of one, a week by its first day.
_PERIOD = re.compile(r"(FY)?\d{4}([HQ][1-4]|M\d{2})?|\d{4}-\d{2}([ab]|-\d{2})?")


def examples(program: Program) -> Iterator[Found]:
    known = _keys(program)
    for number, example in enumerate(program.example):
        for i, expected in enumerate(example.expect):
            if expected.period and not _PERIOD.fullmatch(expected.period):
                message = f"“{expected.period}” names no period."
                yield f"example.{number}.expect.{i}.period", message, "Write 2026, 2026H1, 2026Q1 or 2026-03.", False
        for key in example.covers:
            if key not in known and not any(key.startswith(f"{rule}.") for rule in known if "." in rule):
                near = get_close_matches(key, known, 1, 0.7)
                remedy = f"Did you mean {near[0]}?" if near else "Name it by its key, such as earning.upfront."
                yield f"example.{number}.covers", f"the program has no rule {key}.", remedy, True


def _keys(program: Program) -> list[str]:
    """Every rule that a case can work out, by key."""
    sections = ("metric", "earning", "cap", "safety_net", "holdback", "fund", "benefit", "module", "clause")
    found = ["score", "tiers", "settlement", "rounding", "exchange", "eligibility", "transition", "disputes"]
    found += ["fiscal_weeks"] if program.fiscal_weeks else ["fiscal_year_starts"]
    for section in sections:
        rules = getattr(program, section)
        assert isinstance(rules, Mapping)
        found += [f"{section}.{name}" for name in rules]
    return found + [f"tier.{tier.name}" for tier in program.tier] + [f"stage.{stage.name}" for stage in program.stage]
