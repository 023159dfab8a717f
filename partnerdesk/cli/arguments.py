"""The command line as argparse sees it: every command with its arguments, its help and an example."""

import argparse

from partnerdesk import __version__
from partnerdesk.cli.ahead import forecast_arguments
from partnerdesk.cli.command import Commands, Parser, command, day, existing, of_a_book
from partnerdesk.cli.figures import auditing, changing, figure_arguments, programs
from partnerdesk.cli.joint import dating, enablement_arguments, mailing, outgoing, pack_arguments
from partnerdesk.cli.joint.agreement_arguments import add_agreement
from partnerdesk.cli.joint.plan_arguments import add_plan
from partnerdesk.cli.money import (
    dispute_arguments,
    exporting,
    fund_arguments,
    holding,
    opening_arguments,
    payment_arguments,
    reconciling,
    settling_arguments,
)
from partnerdesk.cli.rows import importing, keeping, recording, vanishing

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
    top: argparse.ArgumentParser = Parser(
        prog="partnerdesk",
        description="Partners, joint plans, tiers and earnings on one local file. Without a command: the window.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=f"PartnerDesk {__version__}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", dest="command", required=True)
    _import(commands)
    _program(commands)
    figure_arguments.evaluate(commands)
    figure_arguments.explain(commands)
    figure_arguments.difference(commands)
    forecast_arguments.ahead(commands)
    recording.records(commands)
    outgoing.documents(commands)
    opening_arguments.opening(commands)
    _statement(commands)
    settling_arguments.settling(commands)
    payment_arguments.payments(commands)
    reconciling.reconcile(commands)
    pack_arguments.qbr(commands)
    pack_arguments.brief(commands)
    pack_arguments.digest(commands)
    add_plan(commands)
    enablement_arguments.enablement(commands)
    enablement_arguments.playbook(commands)
    add_agreement(commands)
    mailing.mail(commands)
    dating.calendar(commands)
    dispute_arguments.dispute(commands)
    holding.hold(commands)
    auditing.audit(commands)
    fund_arguments.funds(commands)
    _backup(commands)
    _check(commands)
    return top


def _import(commands: Commands) -> None:
    made = command(
        commands,
        "import",
        "Bring CSV and XLSX files into a book: recognised, previewed, applied as one step that undo takes back.",
        """  partnerdesk import orders.csv --book my.partnerdesk
  partnerdesk import orders.csv june.csv --book new.partnerdesk --new
  partnerdesk import deals.csv --preview
  partnerdesk import deals.csv --choose 'date:Close date=day first' --choose 'column:Region=partner.region'
  partnerdesk import --undo 7 --keep 'order forms 17 to 19'

The same file twice changes nothing. A file with an open question, or with rows that cannot be imported, stops the
whole import; the answer says what to add. Rows that such a file brought before and lacks now stay until --keep,
--accept or `partnerdesk gone` answers for them; the statements that they count in are not closed meanwhile.""",
    )
    which = made.add_mutually_exclusive_group(required=True)
    which.add_argument("files", type=existing, nargs="*", default=[], metavar="FILE", help="a CSV, TSV or XLSX file")
    which.add_argument("--undo", type=int, metavar="BATCH", help="take this import back, such as 7 for B-0007")
    vanishing.answering(made)
    made.add_argument("--preview", action="store_true", help="show what importing would do, and write nothing")
    says = "with --preview: also what each file by itself would move of tiers, earnings and true-ups"
    made.add_argument("--effect", action="store_true", help=says)
    made.add_argument("--new", action="store_true", help="make the book of --book first, in the currency of the region")
    made.add_argument("--leave-out", action="store_true", help="import the other rows where some cannot be")
    says = "answer a question, or correct what was recognised; may be repeated"
    made.add_argument("--choose", action="append", default=[], metavar="KEY=VALUE", help=says)
    of_a_book(made)
    made.set_defaults(run=importing.run)
    vanishing.gone(commands)


def _program(commands: Commands) -> None:
    says = "Write, check, read and compare programs, and add them to a book."
    examples = """  partnerdesk program reference
  partnerdesk program check alliance.toml
  partnerdesk program add alliance.toml --book my.partnerdesk"""
    group = command(commands, "program", says, examples).add_subparsers(metavar="ACTION", required=True)
    _program_files(group)
    _program_reference(group)
    _program_diff(group)
    _program_guide(group)


def _program_files(group: Commands) -> None:
    """Actions on the versions that stand in files."""
    add = command(
        group,
        "add",
        "Add program versions to a book, as one step; what closed statements rest on is never changed.",
        "  partnerdesk program add 2024.toml 2026.toml --book my.partnerdesk",
    )
    says = "Name every problem of program files, and run the cases that stand in them."
    check = command(
        group, "check", says, "  partnerdesk program check alliance.toml\n  partnerdesk program check programs/"
    )
    says = "Every rule in the sentences that a partner reads."
    words = command(group, "words", says, "  partnerdesk program words alliance.toml")
    for made in (add, check, words):
        made.add_argument(
            "files", type=existing, nargs="+", metavar="FILE", help="a program version as TOML, or a folder of them"
        )
    of_a_book(add)
    check.add_argument("--json", action="store_true", help="the versions and every problem as JSON")
    words.add_argument("--json", action="store_true", help="the answer as JSON")
    add.set_defaults(run=programs.add)
    check.set_defaults(run=programs.check)
    words.set_defaults(run=programs.words)


def _program_reference(group: Commands) -> None:
    made = command(
        group,
        "reference",
        "The complete format of a program: every key, its type, default, meaning and an example.",
        "  partnerdesk program reference\n  partnerdesk program reference clawback\n"
        "  partnerdesk program reference --schema > program.schema.json",
    )
    made.add_argument("word", nargs="?", metavar="WORD", help="only the tables whose name or place holds this")
    made.add_argument("--schema", action="store_true", help="the JSON Schema, for an editor")
    made.set_defaults(run=programs.reference)


def _program_diff(group: Commands) -> None:
    made = command(
        group,
        "diff",
        "What changed between two versions in words, and on facts in money.",
        "  partnerdesk program diff 2025.toml 2026.toml\n"
        "  partnerdesk program diff 2025.toml 2026.toml facts/ --as-of 2026-09-30\n\n"
        f"{changing.BASIS}\nWith first days and transitions:\n  {changing.DATED}",
    )
    made.add_argument("before", type=existing, metavar="BEFORE", help="a program version as TOML")
    made.add_argument("after", type=existing, metavar="AFTER", help="another one")
    made.add_argument("facts", type=existing, nargs="?", metavar="FACTS", help="facts as `evaluate` takes them")
    made.add_argument("--as-of", type=day, metavar="DAY", help="with FACTS: the day the figures stand at")
    made.add_argument("--json", action="store_true", help="the answer as JSON")
    made.set_defaults(run=changing.diff)


def _program_guide(group: Commands) -> None:
    made = command(
        group,
        "guide",
        "The guide of a program as a PDF: its words, tiers, rules with worked examples, calendar and dispute rules.",
        "  partnerdesk program guide alliance.toml\n"
        "  partnerdesk program guide programs/2026.toml --out guides/ --locale de_DE",
    )
    made.add_argument("file", type=existing, metavar="FILE", help="a program version as TOML")
    made.add_argument(
        "--out", type=existing, default=".", metavar="FOLDER", help="where the file goes; here by default"
    )
    made.add_argument(
        "--locale", default="en_GB", metavar="NAME", help="how numbers and days are written, such as de_DE; en_GB"
    )
    made.add_argument("--json", action="store_true", help="the answer as JSON")
    made.set_defaults(run=programs.guide)


def _statement(commands: Commands) -> None:
    made = command(
        commands,
        "statement",
        "Write the payout statements of a period as workbooks with their CSV files; drafts while it is open.",
        """  partnerdesk statement 2026-09 --all --out statements/
  partnerdesk statement 2026-09 --partner P-001 --partner P-004 --pdf
  partnerdesk statement 2026-09 --list
  partnerdesk statement 2026-09 --verify --out statements/

A run of all partners leaves a list of its files with their digests (INTERNAL_manifest_2026-09.json), which names all
partners and is for nobody outside.""",
    )
    says = "a statement period of the program: 2026-09, or 2026Q3; the last one that ended by default"
    made.add_argument("period", metavar="PERIOD", nargs="?", help=says)
    which = made.add_mutually_exclusive_group()
    which.add_argument("--partner", action="append", metavar="ID", help="this partner only; may be repeated")
    which.add_argument("--all", action="store_true", help="all partners that have a statement: the default")
    made.add_argument("--out", type=existing, default=".", metavar="FOLDER", help="where the files go; here by default")
    made.add_argument("--pdf", action="store_true", help="each on two pages to print as well")
    says = "restated ones in this revision; in the latest one by default"
    made.add_argument("--revision", type=int, metavar="N", help=says)
    made.add_argument("--list", action="store_true", help="show the run of the period instead of writing files")
    made.add_argument("--verify", action="store_true", help="compare the files in FOLDER with what their run wrote")
    of_a_book(made, with_day=True)
    made.set_defaults(run=exporting.statements)


def _backup(commands: Commands) -> None:
    made = command(
        commands,
        "backup",
        "Make a verified backup of a book.",
        """  partnerdesk backup --book my.partnerdesk
  partnerdesk backup --list""",
    )
    made.add_argument("--reason", default="asked for", metavar="TEXT", help="why, as the list of backups shows it")
    made.add_argument("--list", action="store_true", help="name the backups there are, newest first")
    of_a_book(made)
    made.set_defaults(run=keeping.back_up)


def _check(commands: Commands) -> None:
    made = command(
        commands,
        "check",
        "Say what is wrong with a book: the file, references, history, rights, backups, names. Nothing is repaired.",
        """  partnerdesk check --book my.partnerdesk
  partnerdesk check --json""",
    )
    of_a_book(made)
    made.set_defaults(run=keeping.check)
