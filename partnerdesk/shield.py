"""Keeps the working folder, the home folder and the environment from running code or changing what is printed.

reportlab runs `reportlab_settings.py` and `~/.reportlab_settings` and obeys `RL_*`; matplotlib reads `matplotlibrc`
from the working folder and the home folder; `python -m` puts the working folder first on the module path.
`raise_shield` stops all of it and must run before anything else is imported, which is why this module imports only
what the interpreter has loaded already. It cannot undo what a `sitecustomize` on PYTHONPATH has done before the first
line of ours: `make run` and a frozen program start isolated (`python -I`) for that reason.
"""

import os
import sys

MODULES_THAT_RUN_USER_CODE = ("reportlab_settings", "reportlab_mods")
VARIABLES = ("MPLCONFIGDIR", "MATPLOTLIBRC", "MPLBACKEND", "QT_API")
PREFIXES = ("RL_",)


def raise_shield() -> None:
    """Cleans the module path and the environment of this process and blocks the settings files of libraries."""
    sys.path[:] = trusted_path(sys.path)
    for variable in [v for v in os.environ if v in VARIABLES or v.startswith(PREFIXES)]:
        del os.environ[variable]
    for name in MODULES_THAT_RUN_USER_CODE:
        sys.modules[name] = type(sys)(name)
    # Searched before the home folder's own; the one in the working folder goes away with `leave_working_folder`.
    os.environ["MATPLOTLIBRC"] = os.path.join(_beside("resources"), "matplotlibrc")  # noqa: PTH118


def trusted_path(entries: list[str]) -> list[str]:
    """The module path without the working folder and PYTHONPATH, except where this package itself was found."""
    outside = os.environ.get("PYTHONPATH", "").split(os.pathsep) if not sys.flags.ignore_environment else []
    banned = {_real(folder) for folder in ["", ".", *outside]}
    return [entry for entry in entries if _real(entry) == _home_of_package() or _real(entry) not in banned]


def leave_working_folder() -> None:
    """Moves to the program's own folder, once every path on the command line is absolute."""
    os.chdir(_beside("resources"))


def _real(entry: str) -> str:
    return os.path.realpath(entry or ".")


def _home_of_package() -> str:
    return os.path.dirname(os.path.dirname(os.path.realpath(__file__)))  # noqa: PTH120


def _beside(name: str) -> str:
    return os.path.join(_home_of_package(), name)  # noqa: PTH118
