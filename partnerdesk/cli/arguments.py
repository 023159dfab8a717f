"""The command line as argparse sees it: every command with its arguments, its help and an example."""

import argparse
from datetime import date
from pathlib import Path
from typing import TypeAlias

from partnerdesk import __version__
from partnerdesk.cli import evaluating, explaining, exporting, importing, keeping, programs

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"

EXAMPLES = """examples:
  partnerdesk                                       the window, on the book used last
  partnerdesk my.partnerdesk                        the window on this book
  partnerdesk import orders.csv --book my.partnerdesk
  partnerdesk evaluate program.toml facts/ --as-of 2026-09-30 --json
  partnerdesk COMMAND --help                        more about one command
exit codes: 0 done, 1 problems or a refusal, 2 a wrong command line, 3 a mistake of the program, 130 stopped
"""


def parser() -> argparse.ArgumentParser:
    """The whole command line; the chosen command's function stands in `run`."""
    top = argparse.ArgumentParser(
        prog="partnerdesk",
        description="Partners, joint plans, tiers and earnings on one local file. Without a command: the window.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=f"PartnerDesk {__version__}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _import(commands)
    _program(commands)
    _evaluate(commands)
    _explain(commands)
    _statement(commands)
    _pack(commands)
    _backup(commands)
    _check(commands)
    return top


def _command(commands: Commands, name: str, says: str, examples: str) -> argparse.ArgumentParser:
    return commands.add_parser(
        name,
        help=says,
        description=says,
        epilog=f"examples:\n{examples}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )


def _import(commands: Commands) -> None:
    command = _command(
        commands,
        "import",
        "Bring CSV and XLSX files into a book: recognised, previewed, applied as one step that undo takes back.",
        """  partnerdesk import orders.csv --book my.partnerdesk
  partnerdesk import orders.csv june.csv --book new.partnerdesk --new
  partnerdesk import deals.csv --preview
  partnerdesk import deals.csv --choose 'date:Close date=day first' --choose 'column:Region=partner.region'

The same file twice changes nothing. A file with an open question, or with rows that cannot be imported, stops the
whole import; the answer says what to add.""",
    )
    command.add_argument("files", type=existing, nargs="+", metavar="FILE", help="a CSV, TSV or XLSX file")
    command.add_argument("--preview", action="store_true", help="show what importing would do, and write nothing")
    command.add_argument(
        "--new", action="store_true", help="make the book of --book first, in the currency of the region"
    )
    command.add_argument("--leave-out", action="store_true", help="import the other rows where some cannot be")
    says = "answer a question, or correct what was recognised; may be repeated"
    command.add_argument("--choose", action="append", default=[], metavar="KEY=VALUE", help=says)
    _of_a_book(command)
    command.set_defaults(run=importing.run)


def _program(commands: Commands) -> None:
    says = "Write, check, read and compare programs, and add them to a book."
    examples = """  partnerdesk program reference
  partnerdesk program check alliance.toml
  partnerdesk program add alliance.toml --book my.partnerdesk"""
    group = _command(commands, "program", says, examples).add_subparsers(metavar="ACTION", required=True)
    _program_files(group)
    _program_reference(group)
    _program_diff(group)
    _program_guide(group)


def _program_files(group: Commands) -> None:
    """Actions on the versions that stand in files."""
    add = _command(
        group,
        "add",
        "Add program versions to a book, as one step; what closed statements rest on is never changed.",
        "  partnerdesk program add 2024.toml 2026.toml --book my.partnerdesk",
    )
    says = "Name every problem of program files, and run the cases that stand in them."
    check = _command(
        group, "check", says, "  partnerdesk program check alliance.toml\n  partnerdesk program check programs/"
    )
    says = "Every rule in the sentences that a partner reads."
    words = _command(group, "words", says, "  partnerdesk program words alliance.toml")
    for command in (add, check, words):
        command.add_argument(
            "files", type=existing, nargs="+", metavar="FILE", help="a program version as TOML, or a folder of them"
        )
    _of_a_book(add)
    check.add_argument("--json", action="store_true", help="the versions and every problem as JSON")
    words.add_argument("--json", action="store_true", help="the answer as JSON")
    add.set_defaults(run=programs.add)
    check.set_defaults(run=programs.check)
    words.set_defaults(run=programs.words)


def _program_reference(group: Commands) -> None:
    command = _command(
        group,
        "reference",
        "The complete format of a program: every key, its type, default, meaning and an example.",
        "  partnerdesk program reference\n  partnerdesk program reference clawback\n"
        "  partnerdesk program reference --schema > program.schema.json",
    )
    command.add_argument("word", nargs="?", metavar="WORD", help="only the tables whose name or place holds this")
    command.add_argument("--schema", action="store_true", help="the JSON Schema, for an editor")
    command.set_defaults(run=programs.reference)


def _program_diff(group: Commands) -> None:
    command = _command(
        group,
        "diff",
        "What changed between two versions in words, and on facts in money.",
        "  partnerdesk program diff 2025.toml 2026.toml\n"
        "  partnerdesk program diff 2025.toml 2026.toml facts/ --as-of 2026-09-30",
    )
    command.add_argument("before", type=existing, metavar="BEFORE", help="a program version as TOML")
    command.add_argument("after", type=existing, metavar="AFTER", help="another one")
    command.add_argument("facts", type=existing, nargs="?", metavar="FACTS", help="facts as `evaluate` takes them")
    command.add_argument("--as-of", type=day, metavar="DAY", help="with FACTS: the day the figures stand at")
    command.add_argument("--json", action="store_true", help="the answer as JSON")
    command.set_defaults(run=programs.diff)


def _program_guide(group: Commands) -> None:
    command = _command(
        group,
        "guide",
        "The guide of a program as a PDF: its words, tiers, rules with worked examples, calendar and dispute rules.",
        "  partnerdesk program guide alliance.toml\n"
        "  partnerdesk program guide programs/2026.toml --out guides/ --locale de_DE",
    )
    command.add_argument("file", type=existing, metavar="FILE", help="a program version as TOML")
    command.add_argument(
        "--out", type=existing, default=".", metavar="FOLDER", help="where the file goes; here by default"
    )
    command.add_argument(
        "--locale", default="en_GB", metavar="NAME", help="how numbers and days are written, such as de_DE; en_GB"
    )
    command.add_argument("--json", action="store_true", help="the answer as JSON")
    command.set_defaults(run=programs.guide)


def _evaluate(commands: Commands) -> None:
    command = _command(
        commands,
        "evaluate",
        "Run a program file on plain facts, without a book: metrics, score, tier, earnings, statements.",
        """  partnerdesk evaluate program.toml facts/ --as-of 2026-09-30
  partnerdesk evaluate program.toml facts.json --as-of 2026-09-30 --partner P1 --json
  partnerdesk evaluate program.toml facts/ --as-of 2026-09-30 --partner P1 --explain csat

FACTS is a folder of CSV files (partner.csv, deal.csv, transaction.csv ...; the columns are the names of the fields)
or one TOML or JSON file with one table per kind. Amounts are decimal texts, days are written 2026-09-30.

In JSON, `versions` names every version with the sha256 of its text, as `program add` and `program check` tell it;
`program_hash` is the sha256 of those of all versions, oldest first, one a line. An explained figure has all its steps
there; as text, the closing of an earlier statement is named with how to ask for it.""",
    )
    command.add_argument(
        "program", type=existing, metavar="PROGRAM", help="a program file, or a folder of its versions"
    )
    command.add_argument("facts", type=existing, metavar="FACTS", help="a folder of CSV files, or a TOML or JSON file")
    command.add_argument("--as-of", type=day, required=True, metavar="DAY", help="the day the figures stand at")
    command.add_argument("--partner", action="append", metavar="ID", help="this partner only; may be repeated")
    command.add_argument("--json", action="store_true", help="every figure as JSON")
    command.add_argument(
        "--explain",
        action="append",
        default=[],
        metavar="ID",
        help="how a figure came about: an earning line, an entry, a metric, score, or PERIOD:ROW of a statement",
    )
    command.set_defaults(run=evaluating.run)


def _explain(commands: Commands) -> None:
    command = _command(
        commands,
        "explain",
        "Show how a figure of a book came about, down to the rows it was read from.",
        """  partnerdesk explain score:2026Q3 --partner P-001
  partnerdesk explain 2026-09:closing --partner P-001 --json
  partnerdesk explain renewal_rate --partner P-001

FIGURE is the id of an earning line or an entry; score or a metric, for every period or with :PERIOD for one; or
PERIOD:ROW of a statement, such as 2026-09:closing. Each fact is named with the file, sheet, row and column that it was
read from, or as typed. The closing of an earlier period is named with its value and how to ask for it; --json has all
steps, and the places in `origins`.""",
    )
    command.add_argument("figure", metavar="FIGURE", help="what is explained")
    command.add_argument("--partner", required=True, metavar="ID", help="whose figure")
    _of_a_book(command, with_day=True)
    command.set_defaults(run=explaining.run)


def _statement(commands: Commands) -> None:
    command = _command(
        commands,
        "statement",
        "Write the payout statements of a period as workbooks with their CSV twins; drafts while it is open.",
        """  partnerdesk statement 2026-09 --out statements/
  partnerdesk statement 2026-09 --partner P-001 --partner P-004
  partnerdesk statement 2026-09 --list""",
    )
    command.add_argument("period", metavar="PERIOD", help="a statement period of the program: 2026-09, or 2026Q3")
    command.add_argument("--partner", action="append", metavar="ID", help="this partner only; may be repeated")
    command.add_argument(
        "--out", type=existing, default=".", metavar="FOLDER", help="where the files go; here by default"
    )
    command.add_argument("--list", action="store_true", help="show the run of the period instead of writing files")
    _of_a_book(command, with_day=True)
    command.set_defaults(run=exporting.statements)


def _pack(commands: Commands) -> None:
    command = _command(
        commands,
        "qbr",
        "Write the review pack of one partner and quarter as PDF.",
        """  partnerdesk qbr P-001 2026Q3 --out packs/
  partnerdesk qbr P-001 2026Q3 --internal""",
    )
    command.add_argument("partner", metavar="PARTNER", help="the partner's id")
    command.add_argument("quarter", metavar="QUARTER", help="the reviewed quarter, such as 2026Q3")
    command.add_argument("--internal", action="store_true", help="with our own notes, marked INTERNAL on every page")
    command.add_argument(
        "--out", type=existing, default=".", metavar="FOLDER", help="where the file goes; here by default"
    )
    _of_a_book(command, with_day=True)
    command.set_defaults(run=exporting.pack)


def _backup(commands: Commands) -> None:
    command = _command(
        commands,
        "backup",
        "Make a verified backup of a book.",
        """  partnerdesk backup --book my.partnerdesk
  partnerdesk backup --list""",
    )
    command.add_argument("--reason", default="asked for", metavar="TEXT", help="why, as the list of backups shows it")
    command.add_argument("--list", action="store_true", help="name the backups there are, newest first")
    _of_a_book(command)
    command.set_defaults(run=keeping.back_up)


def _check(commands: Commands) -> None:
    command = _command(
        commands,
        "check",
        "Say what is wrong with a book: the file, references, history, rights, backups, names. Nothing is repaired.",
        """  partnerdesk check --book my.partnerdesk
  partnerdesk check --json""",
    )
    _of_a_book(command)
    command.set_defaults(run=keeping.check)


def _of_a_book(command: argparse.ArgumentParser, with_day: bool = False) -> None:
    """The arguments of every command that works on a book."""
    which = "the book; the only one in the data folder by default, or PARTNERDESK_BOOK"
    command.add_argument("--book", type=existing, metavar="FILE", help=which)
    command.add_argument("--json", action="store_true", help="the answer as JSON")
    if with_day:
        says = "the day the figures are of; the book's own day or today by default"
        command.add_argument("--as-of", type=day, metavar="DAY", help=says)


def existing(text: str) -> Path:
    """An absolute path, because the program leaves the working folder before it reads anything."""
    return Path(text).absolute()


def day(text: str) -> date:
    """A day written 2026-09-30."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a day; write 2026-09-30") from None
