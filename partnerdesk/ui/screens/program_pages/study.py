"""What can be said of a program's text as it stands: its problems, its rules in words, its fields, what it changes.

All of it is made away from the window's thread, from texts alone, and shown as it is.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TYPE_CHECKING

from partnerdesk.program.diff import Change, differences
from partnerdesk.program.form import Group, form
from partnerdesk.program.reader import ProgramRead, read_program
from partnerdesk.program.words import definition, need_words, rule_words
from partnerdesk.program.words.naming import benefits_say
from partnerdesk.ui.widgets.wrapped import Mark

if TYPE_CHECKING:
    from partnerdesk.engine.problem import Problem
    from partnerdesk.engine.rules import Program

Named = tuple[str, str]
_LINE = re.compile(r"line (\d+)")
_WORDS = re.compile(r"\s+|[^\s]+")
GROUPS = (
    ("Score and tiers", ("score", "tiers", "tier")),
    ("What is earned", ("earning",)),
    ("Limits and timing", ("cap", "safety_net", "holdback")),
    ("Funds and benefits", ("fund", "benefit")),
    ("Metrics", ("metric",)),
)
OTHERS = "Terms"


@dataclass(frozen=True, slots=True)
class Spot:
    """A problem and the line and key where it stands."""

    line: int
    key: str
    message: str
    is_warning: bool


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule, a tier or a metric in words; `was` is its sentence before, where it differs."""

    group: str
    key: str
    reference: str
    title: str
    sentence: str
    parameters: str
    formula: str
    change: str = ""  # new or changed
    was: str = ""


@dataclass(frozen=True, slots=True)
class Study:
    """A text, and everything that the pages show of it. Without a program there are only problems."""

    text: str
    against: str
    program: "Program | None"
    spots: tuple[Spot, ...]
    rules: tuple[RuleRow, ...]
    changes: tuple[Change, ...]
    fields: tuple[Group, ...]

    @property
    def stops(self) -> int:
        """How many problems keep it from being published."""
        return sum(not spot.is_warning for spot in self.spots)

    def rule_at(self, path: tuple[str, ...]) -> RuleRow | None:
        """The rule that a key path lies in: the longest key that begins it."""
        whole = ".".join(path)
        keys = {row.key: row for row in self.rules}
        keys |= {"tier": keys["tiers"]} if "tiers" in keys else {}
        found = [key for key in keys if whole == key or whole.startswith(f"{key}.")]
        return keys[max(found, key=len)] if found else None


def study(tried: Named, against: Named | None) -> Study:
    """Read a text and say everything about it; `against` is what its changes are told from."""
    name, text = tried
    read = read_program(text, name)
    spots = tuple(spot(problem, name) for problem in read.problems)
    before = _read(*against).program if against else None
    changes = differences(before, read.program) if before and read.program else ()
    rules = tuple(_rules(read.program, {c.key: c for c in changes})) if read.program else ()
    return Study(text, against[0] if against else "", read.program, spots, rules, changes, _fields(text))


@lru_cache(maxsize=16)
def _read(name: str, text: str) -> ProgramRead:
    return read_program(text, name)


def _fields(text: str) -> tuple[Group, ...]:
    try:
        return form(text)
    except ValueError:
        return ()  # the reader says what is wrong


def spot(problem: "Problem", name: str) -> Spot:
    """Where a problem stands: its place names the text, the line and the key."""
    found = _LINE.search(problem.place) or _LINE.search(problem.message)
    place = problem.place.removeprefix(name).lstrip(", ")
    key = re.sub(r"^line \d+,? ?", "", place)
    message = problem.message
    if message.partition(" ")[0] != key.rpartition(".")[2]:  # a key is written as it is
        message = f"{message[:1].upper()}{message[1:]}"
    words = " ".join(part for part in (message, problem.remedy) if part)
    return Spot(int(found[1]) if found else 1, key, words, problem.warning)


def _rules(program: "Program", changes: dict[str, Change]) -> "Sequence[RuleRow]":
    rows = [
        _row(w.key, w.reference if w.reference != w.key else "", w.title, w.sentence, w.parameters, w.formula, changes)
        for w in rule_words(program)
    ]
    for number, tier in enumerate(program.tier):
        needs = f"Requires that {need_words(program, tier.requires)}." if tier.requires else "Open to every partner."
        brings = f"Brings {', '.join(benefits_say(program, tier))}." if tier.benefits else ""
        rows.append(_row(f"tier.{number}", tier.reference, tier.name, needs, brings, "", changes))
    for name, metric in program.metric.items():
        says = definition(program, name)
        rows.append(
            _row(f"metric.{name}", metric.reference, metric.says, f"{says[:1].upper()}{says[1:]}.", "", "", changes)
        )
    order = [group for group, _tops in GROUPS]
    order.insert(3, OTHERS)
    return sorted(rows, key=lambda row: order.index(row.group))


def _row(
    key: str, reference: str, title: str, sentence: str, parameters: str, formula: str, changes: dict[str, Change]
) -> RuleRow:
    top = key.partition(".")[0]
    group = next((name for name, tops in GROUPS if top in tops), OTHERS)
    change = changes.get(key)
    what = change.what if change else ""
    return RuleRow(group, key, reference, title, sentence, parameters, formula, what, change.before if change else "")


def word_marks(before: str, after: str) -> tuple[tuple[Mark, ...], tuple[Mark, ...]]:
    """Which words went from one sentence and which came into the other."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    went, came = [], []
    for act, a1, a2, b1, b2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if act != "equal":
            went += _mark(old, a1, a2, "bar_bad")
            came += _mark(new, b1, b2, "bar_good")
    return tuple(went), tuple(came)


def _mark(words: list[str], first: int, last: int, token: str) -> list[Mark]:
    start = sum(map(len, words[:first]))
    length = sum(map(len, words[first:last]))
    return [Mark(start, length, token)] if length else []
