"""The command lines of review packs, call briefs and digests."""

import argparse

from partnerdesk.cli.command import Commands, command, existing, of_a_book
from partnerdesk.cli.joint import packs


def qbr(commands: Commands) -> None:
    """`partnerdesk qbr`."""
    made = command(
        commands,
        "qbr",
        "Write the review pack of one partner and quarter as PDF, or those of all partners that are due.",
        """  partnerdesk qbr P-001 2026Q3 --out packs/
  partnerdesk qbr P-001 2026Q3 --internal
  partnerdesk qbr --all 2026Q3 --out packs/       # with a list of their digests
  partnerdesk qbr --all 2026Q3 --list             # who is due

The quarters are those of the program's fiscal year, FY2027Q2; calendar quarters where that is the calendar year.""",
    )
    made.add_argument("partner", metavar="PARTNER", nargs="?", help="the partner's id")
    made.add_argument("quarter", metavar="QUARTER", help="the reviewed quarter, such as 2026Q3 or FY2027Q2")
    made.add_argument("--all", action="store_true", help="for every active partner whose review was not held yet")
    made.add_argument("--list", action="store_true", help="with --all: name those partners instead of writing files")
    says = "with --all: so many processes share the work; 1 by default"
    made.add_argument("--processes", type=int, default=1, metavar="N", help=says)
    made.add_argument("--internal", action="store_true", help="with our own notes, marked INTERNAL on every page")
    _written(made)
    made.set_defaults(run=packs.pack)


def brief(commands: Commands) -> None:
    """`partnerdesk brief`."""
    made = command(
        commands,
        "brief",
        "Write one page to read before a call as PDF: standing, deals, renewals, promises, our notes. INTERNAL.",
        "  partnerdesk brief P-001 --out briefs/",
    )
    made.add_argument("partner", metavar="PARTNER", help="the partner's id")
    _written(made)
    made.set_defaults(run=packs.brief)


def digest(commands: Commands) -> None:
    """`partnerdesk digest`."""
    made = command(
        commands,
        "digest",
        "Write one page for partners that have no review as PDF: the same as the brief without anything internal.",
        """  partnerdesk digest P-001 P-002 --out digests/
  partnerdesk digest --without-review 2026Q3 --out digests/""",
    )
    made.add_argument("partner", metavar="PARTNER", nargs="*", help="the partners' ids")
    says = "for every active partner that nobody opened a review of this quarter for"
    made.add_argument("--without-review", metavar="QUARTER", help=says)
    _written(made)
    made.set_defaults(run=packs.digest)


def _written(made: argparse.ArgumentParser) -> None:
    says = "the size of the pages; what the partner's region prints on by default"
    made.add_argument("--paper", choices=("A4", "Letter"), default="", help=says)
    says = "where the file goes; here by default"
    made.add_argument("--out", type=existing, default=".", metavar="FOLDER", help=says)
    of_a_book(made, with_day=True)
