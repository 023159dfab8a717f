"""The command line of the window: which book, which page, and whether to end after showing it."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line asked of the window."""

    book: Path | None = None
    sample: bool = False
    screenshot: Path | None = None
    page: str = ""
    leave: str = ""  # paint or page: end after the first paint of the window, or of the page with its figures

    @property
    def is_short(self) -> bool:
        """Whether this run shows one page and ends (a picture, a measurement), and so remembers nothing."""
        return self.screenshot is not None or bool(self.leave)


def options(argv: Sequence[str]) -> Options:
    """Reads the arguments of the window; paths become absolute, because the working folder is left."""
    parser = argparse.ArgumentParser(prog="partnerdesk", allow_abbrev=False)
    parser.add_argument("book", nargs="?", type=_path, help="a book, *.partnerdesk")
    parser.add_argument("--book", dest="named", type=_path, metavar="PATH", help="the same")
    parser.add_argument("--sample", action="store_true", help="open the sample book, made when there is none")
    parser.add_argument("--screenshot", type=_path, metavar="FILE", help="paint the page, save it as PNG, and end")
    parser.add_argument("--page", default="", help="the page to open, for example statements or partners/P-001/plan")
    parser.add_argument("--leave", choices=("paint", "page"), default="", help=argparse.SUPPRESS)  # for measuring
    given = parser.parse_args(list(argv))
    return Options(given.named or given.book, given.sample, given.screenshot, given.page, given.leave)


def _path(text: str) -> Path:
    return Path(text).absolute()
