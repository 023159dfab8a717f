"""What the window needs of the machine, asked before Qt is: where it is missing, Qt ends the whole process by a signal.

Asks the dynamic loader and the display themselves instead of a package list, so it holds on every distribution. A
DISPLAY that nobody answers (an old shell, a closed connection) counts as none.
"""

import ctypes
import os
import socket
import sys
from pathlib import Path

from partnerdesk import paths

# Debian's names, as in packaging/set_up.sh: what Qt is linked against, and what a window on an X display needs besides.
LIBRARIES = "libgl1 libegl1 libxkbcommon0 libglib2.0-0 libfontconfig1 libdbus-1-3"
WINDOW_LIBRARIES = "libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxcb-xkb1 libxkbcommon-x11-0"
_PLUGINS = {"WAYLAND_DISPLAY": "libqwayland.so", "DISPLAY": "libqxcb.so"}


def trouble() -> str:
    """Why the window cannot open, and what to do about it; nothing where it can."""
    library = _not_loaded()
    if not library and not os.environ.get("QT_QPA_PLATFORM"):  # whoever chose a platform knows what it needs
        if not has_display():
            return (
                "There is no display here, so the window cannot open. "
                "Start it where a desktop runs; every job is also a command: partnerdesk --help."
            )
        library = missing_plugin()
    if library:
        return (
            f"Qt cannot start: {library}. Install that library with the package manager of your system; on Debian or "
            f"Ubuntu: apt-get install -y --no-install-recommends {LIBRARIES} {WINDOW_LIBRARIES}"
        )
    return _no_home()


def has_display() -> bool:
    """Whether a window can be shown: always on Windows and macOS, else when an X or Wayland server answers."""
    if sys.platform in ("win32", "darwin"):
        return True
    return _wayland_answers() or _x_answers()


def missing_library() -> str:
    """What the loader says about a shared library that Qt is linked against and that is missing, or nothing.

    With a display that also goes for the platform plugin.
    """
    return _not_loaded() or missing_plugin()


def missing_plugin() -> str:
    """What the loader says about the platform plugin of this display, or nothing."""
    complaints = [_complaint(plugin) for plugin in _platform_plugins()]
    # One that loads is enough: with Wayland there is usually X as well, and Qt falls back.
    return "" if "" in complaints or not complaints else complaints[-1]


def _not_loaded() -> str:
    try:
        from PySide6 import QtWidgets  # noqa: F401
    except ImportError as error:
        return str(error)
    return ""


def _platform_plugins() -> list[str]:
    if sys.platform != "linux":
        return []
    return [plugin for variable, plugin in _PLUGINS.items() if os.environ.get(variable)]


def _complaint(plugin: str) -> str:
    import PySide6

    path = Path(next(iter(PySide6.__path__))) / "Qt" / "plugins" / "platforms" / plugin
    try:
        ctypes.CDLL(str(path))
    except OSError as error:
        return str(error)
    return ""


def _wayland_answers() -> bool:
    name = os.environ.get("WAYLAND_DISPLAY")
    if not name:
        return False
    path = Path(os.environ.get("XDG_RUNTIME_DIR", "/nowhere")) / name  # an absolute name replaces the folder
    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(str(path)) == 0


def _x_answers() -> bool:
    if not os.environ.get("DISPLAY"):
        return False
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return False
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    answered = not xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return answered


def _no_home() -> str:
    """A data folder that cannot be used: settings, backups and the sample book lie there."""
    try:
        home = paths.home()
    except OSError as error:
        return paths.unusable(error)
    return "" if os.access(home, os.W_OK) else paths.unusable(PermissionError(13, "Permission denied", str(home)))
