"""The window: screens, dialogs, widgets and what they share. Computes nothing and knows no database."""

import builtins
from contextlib import suppress

with suppress(ImportError):  # `machine` says what is missing
    import PySide6  # noqa: F401

# PySide6 hooks every import to read the imported module's source for its `__feature__` switch, which this program
# does not use. The hook costs a quarter of all imports that follow, so the plain import is put back.
_plain = getattr(builtins, "__orig_import__", None)
if _plain is not None:
    builtins.__import__ = _plain
