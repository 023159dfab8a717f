"""`partnerdesk whatif`: figures as they would be, beside those as they are; and scenarios kept under a name."""

import argparse
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from partnerdesk.cli import books, terminal
from partnerdesk.cli.command import Commands, command, day, existing, months, of_a_book
from partnerdesk.errors import Refused

if TYPE_CHECKING:
    from partnerdesk.queries.scenarios import Change, ScenarioRow


def whatif(commands: Commands) -> None:
    """The group with its actions."""
    says = "Say what would be if facts or rules were others, beside what is. Nothing of the book is changed."
    examples = """  partnerdesk whatif try P-001 --set deal:D-17:status=won --set deal:D-17:closed=2026-11-19
  partnerdesk whatif try P-001 --rule earning.upfront.rate=0.15 --on 2027-03-31 --of payable
  partnerdesk whatif save P-001 'Contoso is won' --set deal:D-17:status=won --set deal:D-17:closed=2026-11-19
  partnerdesk whatif show P-001 'Contoso is won' --against 'Contoso is lost'
  partnerdesk whatif list"""
    group = command(commands, "whatif", says, examples).add_subparsers(metavar="ACTION", required=True)
    _try(group)
    _show(group)
    _save(group)
    says = "Scenarios that were kept, with what each would change."
    made = command(group, "list", says, "  partnerdesk whatif list --partner P-001")
    made.add_argument("--partner", metavar="ID", help="this partner only")
    of_a_book(made)
    made.set_defaults(run=list_)
    says = "Give a scenario another name or reason."
    made = command(group, "rename", says, "  partnerdesk whatif rename P-001 'Contoso' 'Contoso is won'")
    _named(made)
    made.add_argument("to", metavar="NEW", help="its new name")
    made.add_argument("--reason", metavar="TEXT", help="another reason")
    of_a_book(made)
    made.set_defaults(run=rename)
    made = command(group, "delete", "Delete a scenario.", "  partnerdesk whatif delete P-001 'Contoso is won'")
    _named(made)
    of_a_book(made)
    made.set_defaults(run=delete)


def _try(group: Commands) -> None:
    says = "One what-if, side by side with what is: tier, score, metrics, money, by period, by line, and by cause."
    examples = """  partnerdesk whatif try P-001 --set deal:D-17:amount=250000 --json
  partnerdesk whatif try P-001 --add certification:NEW:partner=P-001 --add certification:NEW:person=PE-4 \\
      --add certification:NEW:certificate=Engineer --add certification:NEW:awarded=2026-11-19
  partnerdesk whatif try P-001 --remove contract:C-9 --rule 2026.2:tier.2.requires.score=70

Fields are those of the facts (`partnerdesk evaluate --help`), keys those of the program's text, with the version before
a colon where it is not the one in force. Values of keys are written as in the text: 0.15, "Gold", 2026-01-31."""
    made = command(group, "try", says, examples)
    made.add_argument("partner", metavar="PARTNER", help="the partner's id")
    _changes(made)
    _shown(made)
    made.set_defaults(run=try_)


def _show(group: Commands) -> None:
    says = "A scenario that was kept, side by side with what is or with another one."
    made = command(group, "show", says, "  partnerdesk whatif show P-001 'Contoso is won' --against 'Contoso is lost'")
    _named(made)
    _shown(made)
    made.set_defaults(run=show)


def _save(group: Commands) -> None:
    says = "Keep a what-if under a name, as one step that undo takes back."
    examples = "  partnerdesk whatif save P-001 'Contoso is lost' --set deal:D-17:status=lost --reason 'worst case'"
    made = command(group, "save", says, examples)
    _named(made)
    _changes(made)
    made.add_argument("--reason", default="", metavar="TEXT", help="why anybody asks")
    made.add_argument("--owner", default="", metavar="NAME", help="whose question it is; yours by default")
    of_a_book(made, with_day=True)
    made.set_defaults(run=save)


def _named(made: argparse.ArgumentParser) -> None:
    made.add_argument("partner", metavar="PARTNER", help="the partner's id")
    made.add_argument("name", metavar="NAME", help="the scenario's name")


def _changes(made: argparse.ArgumentParser) -> None:
    says = {
        "set": ("KIND:ID:FIELD=VALUE", "a field of a fact would have this value; empty for none"),
        "add": ("KIND:ID:FIELD=VALUE", "a field of a fact that would be there besides"),
        "remove": ("KIND:ID", "a fact would not be there, nor what hangs on it"),
        "rule": ("KEY=VALUE", "a key of the program would have this value"),
        "metric": ("NAME=NUMBER", "a metric would come to this now; shares as 0.95"),
    }
    for name, (metavar, words) in says.items():
        made.add_argument(f"--{name}", action="append", default=[], metavar=metavar, help=f"{words}; may be repeated")
    made.add_argument("--on", type=day, metavar="DAY", help="look at this day to come; payments due by then are taken")


def _shown(made: argparse.ArgumentParser) -> None:
    from partnerdesk.engine.difference import MEASURES

    made.add_argument("--against", default="", metavar="NAME", help="another scenario in the place of what is")
    made.add_argument("--out", type=existing, metavar="FOLDER", help="write both sides as a workbook for yourself, too")
    says = "draw futures of both sides, too, and say what may be earned as ranges"
    made.add_argument("--range", action="store_true", help=says)
    made.add_argument("--months", type=months, default=6, metavar="N", help="how far ranges reach; 6 months by default")
    made.add_argument("--scenarios", type=int, default=200, metavar="N", help="how many futures; 200 by default")
    made.add_argument("--seed", type=int, default=1, metavar="N", help="of the drawn futures; 1 by default")
    made.add_argument("--of", choices=tuple(MEASURES), default="balance", help="the amount told by cause; balance")
    of_a_book(made, with_day=True)


def try_(arguments: argparse.Namespace) -> int:
    """One what-if that is not kept."""
    from partnerdesk.cli.ahead.whatif_said import say
    from partnerdesk.ops.whatif.trying import Case

    return say(arguments, Case("What-if", _read(arguments), arguments.on), strict=True)


def show(arguments: argparse.Namespace) -> int:
    """One that was kept."""
    from partnerdesk.cli.ahead.whatif_said import case_named, say

    with books.reading(arguments) as store:
        case = store.read(case_named, arguments.partner, arguments.name)
    return say(arguments, case, strict=False)


def _read(arguments: argparse.Namespace) -> "tuple[Change, ...]":
    """The changes that were typed, in the order of their kinds."""
    from partnerdesk.queries.scenarios import ADD, METRIC, REMOVE, SET, Change

    found = [Change(action, *_fact(text)) for action in (SET, ADD) for text in getattr(arguments, action)]
    found += [Change(REMOVE, *_parts(text, 2, "KIND:ID")) for text in arguments.remove]
    found += [_rule(text) for text in arguments.rule]
    for text in arguments.metric:
        name, value = _halves(text, "NAME=NUMBER")
        found.append(Change(METRIC, name, "", "", value))
    return tuple(found)


def _rule(text: str) -> "Change":
    """A key with its value; without a version it is the one in force."""
    from partnerdesk.queries.scenarios import RULE, Change

    key, value = _halves(text, "KEY=VALUE")
    version, _, path = key.rpartition(":")
    return Change(RULE, version, "", path, value)


def _fact(text: str) -> tuple[str, str, str, str]:
    place, value = _halves(text, "KIND:ID:FIELD=VALUE")
    kind, _, rest = place.partition(":")
    id, _, field = rest.rpartition(":")
    if not (kind and id and field):
        raise Refused(f"“{text}” does not name a field of a fact.", "Write KIND:ID:FIELD=VALUE.")
    return kind, id, field, value


def _halves(text: str, like: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name.strip():
        raise Refused(f"“{text}” is no change.", f"Write {like}.")
    return name.strip(), value.strip()


def _parts(text: str, count: int, like: str) -> tuple[str, ...]:
    found = tuple(text.split(":", count - 1))
    if len(found) != count or not all(found):
        raise Refused(f"“{text}” is no change.", f"Write {like}.")
    return found


def save(arguments: argparse.Namespace) -> int:
    """Keeps one."""
    from partnerdesk.cli.ahead.whatif_said import checked
    from partnerdesk.ops.whatif.scenarios import save_scenario
    from partnerdesk.ops.whatif.trying import Case

    with books.writing(arguments) as store:
        today = books.day_of(store, arguments)
        case: Case = store.read(checked, arguments.partner, Case("", _read(arguments), arguments.on), today)
        said = {"reason": arguments.reason, "owner": arguments.owner or books.user(), "day": case.day}
        label = f"Scenario {arguments.name}"
        partner, name = arguments.partner, arguments.name
        store.transact(label, save_scenario, partner, name, case.changes, today=today, at=_now(), **said)
    terminal.say(f"Kept “{arguments.name.strip()}” of {arguments.partner}.")
    return 0


def rename(arguments: argparse.Namespace) -> int:
    """Another name."""
    from partnerdesk.ops.whatif.scenarios import describe_scenario
    from partnerdesk.queries.scenarios import scenario_named

    with books.writing(arguments) as store:
        row = store.read(scenario_named, arguments.partner, arguments.name)
        reason = row.reason if arguments.reason is None else arguments.reason
        said = {"name": arguments.to, "reason": reason, "owner": row.owner, "at": _now()}
        store.transact(f"Rename scenario {row.name}", describe_scenario, row, **said)
    terminal.say(f"“{row.name}” is called “{arguments.to.strip()}” now.")
    return 0


def delete(arguments: argparse.Namespace) -> int:
    """Deletes one."""
    from partnerdesk.ops.whatif.scenarios import delete_scenario
    from partnerdesk.queries.scenarios import scenario_named

    with books.writing(arguments) as store:
        row = store.read(scenario_named, arguments.partner, arguments.name)
        store.transact(f"Delete scenario {row.name}", delete_scenario, row.id)
    terminal.say(f"Deleted “{row.name}”.")
    return 0


def list_(arguments: argparse.Namespace) -> int:
    """All that were kept."""
    from partnerdesk.engine.outcome.record import plain
    from partnerdesk.queries.scenarios import scenarios

    with books.reading(arguments) as store:
        rows = store.read(scenarios, arguments.partner)
    if arguments.json:
        terminal.say_json({"scenarios": [plain(row) for row in rows]})
        return 0
    for line in _lines(rows):
        terminal.say(line)
    if not rows:
        terminal.say("No scenario was kept.")
    return 0


def _lines(rows: "Iterable[ScenarioRow]") -> Iterable[str]:
    from partnerdesk.ops.whatif.words import change_words

    for row in rows:
        on = f", on {row.day}" if row.day else ""
        why = f": {row.reason}" if row.reason else ""
        yield f"{row.partner}  {row.name}{on}, {row.owner or 'nobody'} on {row.created}{why}"
        yield from (f"    {change_words(change)}" for change in row.changes)


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
