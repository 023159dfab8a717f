"""A pair as files that `partnerdesk evaluate` runs: the program texts, and the facts as one TOML file."""

from dataclasses import fields
from pathlib import Path
from typing import Any

from tests.second.maker.pair import Pair
from tests.second.maker.toml import inline

FOLDER = Path(__file__).resolve().parents[2] / "out" / "second"


def written_out(pair: Pair, name: str) -> str:
    """Writes a pair that failed; the folder, and the day to evaluate it as of."""
    folder = FOLDER / name
    folder.mkdir(parents=True, exist_ok=True)
    for number, text in enumerate(pair.texts):
        (folder / f"program{number}.toml").write_text(text, "utf-8")
    (folder / "facts.toml").write_text(facts_text(pair), "utf-8")
    return f"{folder} as of {pair.as_of}"


def facts_text(pair: Pair) -> str:
    """The facts as TOML tables, one list of rows per kind."""
    lines: list[str] = []
    for kind in sorted(pair.facts.rows):
        for row in sorted(pair.facts.of(kind), key=lambda r: str(r.id)):
            lines += [f"[[{kind}]]", *(f"{key} = {inline(value)}" for key, value in _told(row).items()), ""]
    return "\n".join(lines)


def _told(row: Any) -> dict[str, Any]:
    found = {f.name: getattr(row, f.name) for f in fields(row) if f.name not in ("attributes", "source")}
    return {k: v for k, v in (found | dict(row.attributes)).items() if v not in (None, "")}
