"""Keeps the working folder from running code: nothing is imported from where the user happens to stand.

`python -m` puts the working folder first on the module path, and PYTHONPATH adds more. `raise_shield` takes both away
and must run before anything else is imported, which is why this module imports only what the interpreter has loaded
already. It cannot undo what a `sitecustomize` on PYTHONPATH has done before the first line of ours: `make run` and a
frozen program start isolated (`python -I`) for that reason. What reportlab and matplotlib would read of the user's is
shut out in `reports.gate`.
"""

import os
import sys


def raise_shield() -> None:
    """Cleans the module path of this process."""
    sys.path[:] = trusted_path(sys.path)


def trusted_path(entries: list[str]) -> list[str]:
    """The module path without the working folder and PYTHONPATH, except where this package itself was found."""
    outside = [] if sys.flags.ignore_environment else os.environ.get("PYTHONPATH", "").split(os.pathsep)
    banned = {_real(folder) for folder in ["", *outside]}
    return [entry for entry in entries if _real(entry) == _home_of_package() or _real(entry) not in banned]


def leave_working_folder() -> None:
    """Moves into the program's own folder, once every path on the command line is absolute."""
    os.chdir(os.path.dirname(os.path.realpath(__file__)))  # noqa: PTH120 # pathlib is not loaded yet


def _real(entry: str) -> str:
    return os.path.realpath(entry or ".")


def _home_of_package() -> str:
    return os.path.dirname(os.path.dirname(os.path.realpath(__file__)))  # noqa: PTH120
