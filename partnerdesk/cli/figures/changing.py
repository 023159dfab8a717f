"""`partnerdesk program diff`: what changed between two versions of a program, in words and on facts in money."""

import argparse
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from partnerdesk.cli import terminal
from partnerdesk.cli.figures.versions import named
from partnerdesk.engine.problem import errors
from partnerdesk.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from partnerdesk.engine.rules import Program
    from partnerdesk.program.diff import Change, Comes

BASIS = (
    "Each version is computed alone, as if it had always been in force: also before its first day, and without its"
    " transition."
)
DATED = "partnerdesk difference --before BEFORE FACTS DAY --after FOLDER FACTS DAY"  # first days and transitions count


def diff(arguments: argparse.Namespace) -> int:
    """What changed between two versions in words, and on given facts in money."""
    from partnerdesk.program.diff import differences, first_day, titled
    from partnerdesk.program.reader import read_file

    for path in (arguments.before, arguments.after):
        _one_version(path)
    reads = [read_file(path) for path in (arguments.before, arguments.after)]
    read, problems = [r.program for r in reads if r.program], [p for r in reads for p in r.problems]
    if errors(problems) or len(read) != 2:
        return terminal.report(problems)
    if arguments.facts and not arguments.as_of:
        raise Refused("Facts need a day on which the figures stand.", "Add --as-of 2026-09-30.")
    rules = differences(*read)
    changes = (*first_day(*read), *rules)
    moved = _moved(read, arguments) if arguments.facts else None
    if arguments.json:
        terminal.say_json(
            {"changes": [_change(c) for c in changes], **({"basis": BASIS, "money": moved} if moved else {})}
        )
        return terminal.report(problems)
    terminal.say(f"{named(read[0])} -> {named(read[1])}")
    for change in changes:
        terminal.say()
        terminal.say(f"{change.what}: {titled(change, *read)} ({change.key})")
        for mark, text in (("-", change.before), ("+", change.after)):
            if text:
                terminal.say(f"  {mark} {text}")
    if not rules:
        terminal.say()
        terminal.say("No rule differs.")
    if moved:
        _say_moved(moved)
    return terminal.report(problems)


def _one_version(path: Path) -> None:
    """Raises Refused where a folder stands in place of a file."""
    if path.is_dir():
        raise Refused(
            f"{path.name} is a folder, and one version is compared with one here.",
            f"Name a file of it. Folders of versions are taken by: {DATED}",
        )


def _moved(read: "list[Program]", arguments: argparse.Namespace) -> dict[str, Any]:
    """Per partner what each version comes to on the facts, each taken as if it had always been in force."""
    from partnerdesk.cli.figures.evaluating import plain_facts
    from partnerdesk.program.diff import under

    facts, problems = plain_facts(arguments.facts, read)
    if errors(problems):
        raise Refused(str(errors(problems)[0]), "Correct the facts.")
    before, after = (under(program, facts, arguments.as_of) for program in read)
    return {partner: _both(old, after[partner]) for partner, old in before.items()}


def _both(old: "Comes", new: "Comes") -> dict[str, Any]:
    """Earned under both versions; beside it what is kept of that, what was put into funds, and what of it is left."""
    return {
        **_beside(old.earned, new.earned),
        "kept": _beside(old.kept, new.kept),
        "funds": _each_beside(old.funds, new.funds),
        "available": _each_beside(old.available, new.available),
    }


def _each_beside(old: "Mapping[str, Decimal]", new: "Mapping[str, Decimal]") -> dict[str, dict[str, str]]:
    """Amounts by fund under both versions."""
    return {name: _beside(old.get(name, Decimal()), new.get(name, Decimal())) for name in {**old, **new}}


def _beside(old: Decimal, new: Decimal) -> dict[str, str]:
    return {"before": format(old, "f"), "after": format(new, "f"), "difference": format(new - old, "f")}


def _say_moved(moved: dict[str, Any]) -> None:
    """A row for what each partner earns; others where something was taken back of it, or put into a fund."""
    terminal.say()
    terminal.say(BASIS)
    terminal.say(f"With first days and transitions: {DATED}")
    terminal.say()
    rows = []
    for partner, found in moved.items():
        earned = {side: found[side] for side in ("before", "after", "difference")}
        funds = found["funds"]
        left = {f"{name}, available": has for name, has in found["available"].items() if has != funds[name]}
        said = {"earned": earned, "kept after clawbacks": found["kept"], **funds, **left}
        rows += [
            (partner, name, *amounts.values()) for name, amounts in said.items() if _says_more(name, amounts, earned)
        ]
    for line in terminal.table(("partner", "", "before", "after", "difference"), rows, frozenset({2, 3, 4})):
        terminal.say(line)


def _says_more(name: str, amounts: dict[str, str], earned: dict[str, str]) -> bool:
    """Whether a row says something that what is earned does not."""
    if name == "kept after clawbacks":
        return any(Decimal(amounts[side]) != Decimal(earned[side]) for side in earned)
    return name == "earned" or any(Decimal(amount) for amount in amounts.values())


def _change(change: "Change") -> dict[str, str]:
    return {"what": change.what, "key": change.key, "before": change.before, "after": change.after}
