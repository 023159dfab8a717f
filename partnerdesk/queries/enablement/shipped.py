"""Playbooks that ship with the program: one TOML file each in `resources/playbooks`, read once.

A file has title, says, goal, and optionally stages, types (words), metrics (keys of a program, the first known one is
measured) and workdays; each [[step]] has text, team, role and days, and optionally side, measure, internal.
"""

import tomllib
from decimal import Decimal
from functools import cache
from typing import Any

from partnerdesk.paths import resource
from partnerdesk.queries.enablement.playbook import PARTNER, VENDOR, Playbook, PlaybookStep

FOLDER = "playbooks"


@cache
def shipped() -> tuple[Playbook, ...]:
    """All of them by title."""
    files = sorted(resource(FOLDER).glob("*.toml"))
    return tuple(
        sorted(
            (_playbook(f.stem, tomllib.loads(f.read_text("utf-8"), parse_float=Decimal)) for f in files),
            key=lambda p: p.title,
        )
    )


def _playbook(key: str, said: dict[str, Any]) -> Playbook:
    return Playbook(
        key=key,
        id=None,
        title=said["title"],
        says=said["says"],
        stages=tuple(said.get("stages", ())),
        types=tuple(said.get("types", ())),
        goal=said["goal"],
        metrics=tuple(said.get("metrics", ())),
        workdays=said.get("workdays", True),
        steps=tuple(_step(number, step) for number, step in enumerate(said["step"], 1)),
    )


def _step(number: int, said: dict[str, Any]) -> PlaybookStep:
    usual = PARTNER if said["team"] == "partner" else VENDOR
    return PlaybookStep(
        id=None,
        position=number,
        text=said["text"],
        side=said.get("side", usual),
        team=said["team"],
        role=said.get("role", ""),
        days=said["days"],
        measure=said.get("measure", ""),
        internal=said.get("internal", False),
    )
