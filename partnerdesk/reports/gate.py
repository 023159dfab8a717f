"""The only door to reportlab and matplotlib.

Both read files and variables of whoever starts the program: reportlab runs `~/.reportlab_settings`,
`~/.reportlab_mods` and modules of the working folder, `RL_*` switches its safety off, and matplotlib takes its
settings from `./matplotlibrc`. A document must not depend on any of that, so every import of the two goes through
here, late (both cost a tenth of a second and more) and with the outside shut out. Nothing is drawn here.
"""

import contextlib
import importlib
import importlib.util
import os
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

_REPORTLAB_HOOKS = ("reportlab_settings", "reportlab_mods")
_OUTSIDE = ("MPLCONFIGDIR", "MATPLOTLIBRC", "MPLBACKEND")
_SHUT = ("toColorCanUse", "rl_extended_literal_eval"), ("trustedHosts", None), ("invariant", 0)


def shut_out() -> None:
    """Takes from the environment, and puts in the way of the import system, what would change the two libraries."""
    for name in [n for n in os.environ if n.startswith("RL_") or n in _OUTSIDE]:
        del os.environ[name]
    for name in _REPORTLAB_HOOKS:
        sys.modules[name] = ModuleType(name, "Empty on purpose: nothing outside changes how documents are made.")


@lru_cache(maxsize=1)
def reportlab() -> Any:
    """The module `reportlab.pdfgen.canvas`, imported with nothing of the user's in it.

    Raises RuntimeError when a setting that guards against hostile text is not at its safe value.
    """
    shut_out()
    config: Any = importlib.import_module("reportlab.rl_config")
    for name, safe in _SHUT:
        if getattr(config, name) != safe:
            raise RuntimeError(f"reportlab came up with {name} = {getattr(config, name)!r}")
    config.useA85 = 0  # plain binary streams: a quarter smaller
    return importlib.import_module("reportlab.pdfgen.canvas")


def pdf(name: str) -> Any:
    """A module of reportlab, such as `pdfbase.ttfonts`."""
    reportlab()
    return importlib.import_module(f"reportlab.{name}")


@lru_cache(maxsize=1)
def matplotlib() -> Any:
    """The module `matplotlib` with its own defaults, whatever settings files lie around."""
    shut_out()
    with _away_from_settings():
        module: Any = importlib.import_module("matplotlib")
        importlib.import_module("matplotlib.figure")
    module.rcdefaults()
    return module


def new_figure(width_mm: float, height_mm: float, dpi: float = 72) -> Any:
    """An empty `matplotlib.figure.Figure` of that size; it belongs to no window and no global state."""
    matplotlib()
    figure = importlib.import_module("matplotlib.figure")
    return figure.Figure(figsize=(width_mm / 25.4, height_mm / 25.4), dpi=dpi, facecolor="none")


@contextlib.contextmanager
def _away_from_settings() -> Iterator[None]:
    """Points matplotlib at the settings it ships with, and away from a settings file in the working folder."""
    spec = importlib.util.find_spec("matplotlib")
    home = Path(next(iter(spec.submodule_search_locations or ()))) if spec else Path()
    os.environ["MATPLOTLIBRC"] = str(home / "mpl-data" / "matplotlibrc")
    here = Path.cwd() if Path("matplotlibrc").exists() else None
    try:
        if here is not None:
            os.chdir(home)
        yield
    finally:
        if here is not None:
            os.chdir(here)
        os.environ.pop("MATPLOTLIBRC", None)
