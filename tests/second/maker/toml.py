"""A table as TOML text: the top tables as sections, what is inside them in one line each."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any


def written(program: Mapping[str, Any]) -> str:
    """A program text that a person can read."""
    plain = [f"{key} = {inline(value)}" for key, value in program.items() if not _is_section(value)]
    sections = [_section(key, value) for key, value in program.items() if _is_section(value)]
    return "\n".join(plain) + "\n\n" + "\n".join(sections)


def _is_section(value: Any) -> bool:
    return isinstance(value, dict)


def _section(key: str, table: Mapping[str, Any]) -> str:
    if table and all(isinstance(value, dict) for value in table.values()):
        return "\n".join(_lines(f"{key}.{quoted(name)}", inner) for name, inner in table.items())
    return _lines(key, table)


def _lines(name: str, table: Mapping[str, Any]) -> str:
    return "\n".join([f"[{name}]", *(f"{quoted(k)} = {inline(v)}" for k, v in table.items()), ""])


def quoted(key: str) -> str:
    return key if key.replace("-", "").replace("_", "").isalnum() else f'"{key}"'


def inline(value: Any) -> str:
    """A value in one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | Decimal):
        return f"{value:f}" if isinstance(value, Decimal) else str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, dict):
        inside = ", ".join(f"{quoted(k)} = {inline(v)}" for k, v in value.items())
        return f"{{ {inside} }}" if inside else "{}"
    return f"[{', '.join(inline(v) for v in value)}]"
