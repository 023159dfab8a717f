"""The arguments of `partnerdesk agreement`."""

import argparse

from partnerdesk.cli.command import Commands, command, day, existing, of_a_book
from partnerdesk.cli.joint import agreements

STANDARD = "Standard"


def add_agreement(commands: Commands) -> None:
    """The command with its actions."""
    says = "A partner's agreement: the terms that apply to it, dated versions, the signed copy."
    examples = """  partnerdesk agreement terms P-001 --book my.partnerdesk
  partnerdesk agreement issue P-001 --from 2027-01-01 --out agreements/
  partnerdesk agreement sign P-001 signed.pdf --for-partner 'A. Berg' --for-vendor 'M. Ito'"""
    group = command(commands, "agreement", says, examples).add_subparsers(metavar="ACTION", required=True)
    _terms(group)
    _issue(group)
    _list(group)
    _export(group)
    _diff(group)
    _sign(group)
    _check(group)
    _text(group)


def _terms(group: Commands) -> None:
    says = "What the next version would say, what it changes, and which rules are not for this partner."
    made = command(
        group, "terms", says, "  partnerdesk agreement terms P-001\n  partnerdesk agreement terms P-001 --json"
    )
    _of_the_next(made)
    of_a_book(made, with_day=True)
    made.set_defaults(run=agreements.terms)


def _issue(group: Commands) -> None:
    says = "Issue the next version and write it as PDF. What is issued never changes, and is not undone."
    made = command(group, "issue", says, "  partnerdesk agreement issue P-001 --from 2027-01-01 --out agreements/")
    _of_the_next(made)
    _out(made)
    of_a_book(made, with_day=True)
    made.set_defaults(run=agreements.issue)


def _of_the_next(made: argparse.ArgumentParser) -> None:
    _partner(made)
    says = "the day from which it holds; the day of the issue by default"
    made.add_argument("--from", dest="holds_from", type=day, metavar="DAY", help=says)
    made.add_argument("--text", default=STANDARD, metavar="NAME", help="the text that it begins with")


def _list(group: Commands) -> None:
    says = "The issued versions with their state and who signed."
    made = command(group, "list", says, "  partnerdesk agreement list\n  partnerdesk agreement list P-001 --json")
    made.add_argument("partner", nargs="?", metavar="PARTNER", help="of this partner only")
    of_a_book(made)
    made.set_defaults(run=agreements.listed)


def _export(group: Commands) -> None:
    says = "Write an issued version as PDF, byte for byte as it was issued."
    made = command(group, "export", says, "  partnerdesk agreement export P-001 --version 1 --out agreements/")
    _partner(made)
    _version(made)
    _out(made)
    of_a_book(made)
    made.set_defaults(run=agreements.export)


def _diff(group: Commands) -> None:
    says = "What differs between two issued versions, in words."
    made = command(group, "diff", says, "  partnerdesk agreement diff P-001\n  partnerdesk agreement diff P-001 1 3")
    _partner(made)
    made.add_argument("before", type=int, nargs="?", metavar="BEFORE", help="a version; the one before by default")
    made.add_argument("after", type=int, nargs="?", metavar="AFTER", help="a later one; the newest by default")
    of_a_book(made)
    made.set_defaults(run=agreements.diff)


def _sign(group: Commands) -> None:
    says = "Record the signed copy of a version by its digest; the file itself is not altered."
    example = (
        "  partnerdesk agreement sign P-001 signed.pdf --for-partner 'A. Berg' --for-vendor 'M. Ito' --on 2026-07-03"
    )
    made = command(group, "sign", says, example)
    _partner(made)
    made.add_argument("file", type=existing, metavar="FILE", help="the signed copy, of any kind")
    _version(made)
    made.add_argument("--on", type=day, metavar="DAY", help="when it was signed; today by default")
    made.add_argument("--for-partner", required=True, metavar="NAME", help="who signed for the partner")
    made.add_argument("--for-vendor", required=True, metavar="NAME", help="who signed for the vendor")
    made.add_argument("--forget-name", action="store_true", help="do not keep the name of the file")
    says = "also write number and day on the partner, where rules look for them"
    made.add_argument("--note-on-partner", action="store_true", help=says)
    of_a_book(made, with_day=True)
    made.set_defaults(run=agreements.sign)


def _check(group: Commands) -> None:
    says = "Say which version a file is the signed copy of; 1 where it is none."
    made = command(group, "check", says, "  partnerdesk agreement check P-001 signed.pdf")
    _partner(made)
    made.add_argument("file", type=existing, metavar="FILE", help="a file")
    of_a_book(made)
    made.set_defaults(run=agreements.check)


def _text(group: Commands) -> None:
    says = "Show the text that agreements begin with, or put the text of a file in its place."
    example = """  partnerdesk agreement text > standard.txt
  partnerdesk agreement text standard.txt
  partnerdesk agreement text referral.txt --text Referral
  partnerdesk agreement text --places"""
    made = command(group, "text", says, example)
    made.add_argument("file", type=existing, nargs="?", metavar="FILE", help="a UTF-8 text; without one it is shown")
    made.add_argument("--text", default=STANDARD, metavar="NAME", help="which text; a new name makes another one")
    made.add_argument("--places", action="store_true", help="the places that a text can name, such as {partner}")
    of_a_book(made)
    made.set_defaults(run=agreements.text)


def _partner(made: argparse.ArgumentParser) -> None:
    made.add_argument("partner", metavar="PARTNER", help="the partner's id")


def _version(made: argparse.ArgumentParser) -> None:
    made.add_argument("--version", type=int, metavar="N", help="which version; the newest by default")


def _out(made: argparse.ArgumentParser) -> None:
    made.add_argument(
        "--out", type=existing, default=".", metavar="FOLDER", help="where the file goes; here by default"
    )
