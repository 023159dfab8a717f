"""Says which shared library Qt is missing on this machine: exit 0 when none is, else 1 and the loader's words.

Asks the dynamic loader instead of a package list, so it holds on every distribution. With a display it also loads
the platform plugin, because Qt aborts the process when that one fails.
"""

import ctypes
import os
import sys
from pathlib import Path


def missing() -> str:
    """The loader's complaint, or nothing."""
    try:
        from PySide6 import QtSvg, QtWidgets  # noqa: F401
    except ImportError as error:
        return str(error)
    complaints = [_complaint(plugin) for plugin in _platform_plugins()]
    # One that loads is enough: with Wayland there is usually X as well, and Qt falls back.
    return "" if "" in complaints or not complaints else complaints[-1]


def _platform_plugins() -> list[str]:
    wanted = {"WAYLAND_DISPLAY": "libqwayland.so", "DISPLAY": "libqxcb.so"}
    return [plugin for variable, plugin in wanted.items() if sys.platform == "linux" and os.environ.get(variable)]


def _complaint(plugin: str) -> str:
    import PySide6

    path = Path(next(iter(PySide6.__path__))) / "Qt" / "plugins" / "platforms" / plugin
    try:
        ctypes.CDLL(str(path))
    except OSError as error:
        return str(error)
    return ""


if __name__ == "__main__":
    complaint = missing()
    if complaint:
        print(complaint)  # set_up.sh reads it
    sys.exit(bool(complaint))
