"""What the head of a text settles for all of it: the fiscal year, the smallest unit that lines are rounded to."""

import re
from dataclasses import replace
from typing import Any

from partnerdesk.engine.money import decimals
from partnerdesk.engine.rules import Program, Rounding
from partnerdesk.program.structure import Structure, show

# Month and day, as every fourth year has them.
DAY_OF_YEAR = "(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-9])|(0[13-9]|1[0-2])-30|(0[13578]|1[02])-31"


def rounding(structure: Structure, raw: Any, path: str) -> Any:
    """How lines are rounded; of whose decimals the currency says how many there are, the text says none."""
    if isinstance(raw, dict) and raw.get("decimals_of") == "currency" and "decimals" in raw:
        message = "the currency says how many decimals there are."
        return structure.problem(f"{path}.decimals", message, "Drop decimals, or decimals_of.")
    return structure.table(Rounding, raw, path)


def in_smallest_unit(program: Program) -> Program:
    """The program with the decimals of its currency, where it rounds to those."""
    rule = program.rounding
    if rule.decimals_of != "currency":
        return program
    return replace(program, rounding=replace(rule, decimals=decimals(program.currency)))


def fiscal_day(structure: Structure, raw: dict[str, Any]) -> dict[str, Any]:
    """The text of a program whose `fiscal_year_starts`, if there is one, is the day of a year: a leap year's, too."""
    text = raw.get("fiscal_year_starts", "01-01")
    if isinstance(text, str) and re.fullmatch(DAY_OF_YEAR, text):
        return raw
    path = "fiscal_year_starts"
    structure.problem(path, f"{show(text)} is no day of a year.", 'Write "02-01" for 1 February, "04-06" for 6 April.')
    return {key: value for key, value in raw.items() if key != path}
