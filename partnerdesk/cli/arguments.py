"""The command line as argparse sees it: every command with its arguments, its help and an example."""

import argparse
from datetime import date
from pathlib import Path

from partnerdesk import __version__
from partnerdesk.cli import evaluating

EXAMPLES = """examples:
  partnerdesk                                       the window, on the book used last
  partnerdesk my.partnerdesk                        the window on this book
  partnerdesk import orders.csv --book my.partnerdesk
  partnerdesk evaluate program.toml facts/ --as-of 2026-09-30 --json
  partnerdesk COMMAND --help                        more about one command
exit codes: 0 done, 1 problems or a refusal, 2 a wrong command line, 130 stopped
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
    _evaluate(commands)
    return top


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, says: str, examples: str
) -> argparse.ArgumentParser:
    return commands.add_parser(
        name,
        help=says,
        description=says,
        epilog=f"examples:\n{examples}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )


def _evaluate(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = _command(
        commands,
        "evaluate",
        "Run a program file on plain facts, without a book: metrics, score, tier, earnings, statements.",
        """  partnerdesk evaluate program.toml facts/ --as-of 2026-09-30
  partnerdesk evaluate program.toml facts.json --as-of 2026-09-30 --partner P1 --json
  partnerdesk evaluate program.toml facts/ --as-of 2026-09-30 --partner P1 --explain csat

FACTS is a folder of CSV files (partner.csv, deal.csv, transaction.csv ...; the columns are the names of the fields)
or one TOML or JSON file with one table per kind. Amounts are decimal texts, days are written 2026-09-30.""",
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


def existing(text: str) -> Path:
    """An absolute path, because the program leaves the working folder before it reads anything."""
    return Path(text).absolute()


def day(text: str) -> date:
    """A day written 2026-09-30."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a day; write 2026-09-30") from None
