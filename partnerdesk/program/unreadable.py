"""What keeps a text from being TOML, as its writer would see it: the line, what stands there, how it is written."""

import re
import tomllib
from collections.abc import Iterator
from datetime import date

from partnerdesk.engine.problem import Problem

_AT = re.compile(r" \((?:at line (\d+), column \d+|at end of document)\)$")
_TWICE = re.compile(r"Cannot declare \((.*?),?\) twice")
_DAY = re.compile(r"[=\[,]\s*(\d{4}-\d\d?-\d\d?)(?![\d-])")  # what looks like a date where a value stands
_OPEN = ("Unclosed array", "Unclosed inline table")

# What people write by hand where TOML wants something else: how it looks on the line, what it is, what to write.
_HABITS = tuple(
    (re.compile(looks), message, remedy)
    for looks, message, remedy in (
        ("[\u2018\u2019\u201c\u201d\u201e]", "curly quotes stand around a text", 'Write straight ones: "text".'),
        (r"^\s*//", "a comment stands here", "Begin it with #."),
        (r";\s*$", "a line ends without a semicolon", "Drop it."),
        (r"==", "a key gets its value with one equals sign", "Write key = value."),
        (r'[{,]\s*"?\w*"?\s*:', "a colon stands inside a table", "Write { key = value }."),
        (r",\s*\}", "a comma stands at the end of a table", "Drop it."),
        (r"\{[^}]*$", "a table in braces does not end on its line", "Write it on one line, or under a [name]."),
        (r"^\s*\[+[^\]]*\w \w[^\]]*\]", "a name with a space stands in quotes", 'Write [metric."my name"].'),
        (
            r"^\s*[^=#]*[^\x00-\x7f]",
            "a name with other letters than a to z stands in quotes",
            'Write [metric."größe"].',
        ),
        (r"=\s*-?[\d.]*\d\s*%", "a share is a number", "Write 0.05 for 5 %."),
        (
            r"=\s*-?[\d.]*\d,\d",
            "a comma stands in a number",
            "Write decimals with a point, 0.05, and thousands as 10_000.",
        ),
        (r"=\s*-?\d+(?:\.\d+){2,}", "points stand in a number or a date", "Write 10_000 and 2026-01-31."),
        (r"=\s*\d+/\d+(?![/\d])", "a fraction stands in place of a number", "Write its decimals, 0.25."),
        (r"=\s*-?\.\d", "a number begins with a digit", "Write 0.05."),
        (r"=\s*\d+/\d+", "a date is written otherwise", "Write it as 2026-01-31, without quotes."),
        (r"=\s*_\d", "a number begins with a digit", "Write 10_000."),
        (r"=\s*[-\d._]+\s*[A-Za-z\u20ac$\u00a3]+\s*$", "a unit stands beside a number", "Write the number alone."),
        (r"=\s*(?:True|False)\b", "true and false have small letters", "Write true or false."),
        (r"=\s*(?!true\b|false\b|inf\b|nan\b)[^\W\d_]", "a text stands without quotes", 'Write key = "text".'),
        (r"^\s*[\w.-]+\s*:", "a colon stands where a key gets its value", "Write key = value."),
        (r'^\s*[\w.-]+\s+["\d]', "a key gets its value with an equals sign", "Write key = value."),
    )
)


def unreadable(text: str, wrong: tomllib.TOMLDecodeError, file: str) -> Problem:
    """The problem of a text that is no TOML, at its line."""
    said = str(wrong)
    found = _AT.search(said)
    lines = text.splitlines()
    number = int(found[1]) if found and found[1] else len(lines)
    what = _AT.sub("", said)
    message, remedy = next(_told(lines, number, what), (f"this is not a readable TOML text: {what}.", ""))
    return Problem(f"{file}, line {max(1, number)}", message, remedy or "Correct that line, or the one before it.")


def _told(lines: list[str], number: int, what: str) -> Iterator[tuple[str, str]]:
    """What is wrong with a line in words, and the remedy; nothing where the line does not show it."""
    line = lines[number - 1] if 0 < number <= len(lines) else ""
    key = line.partition("=")[0].strip()
    if what == "Cannot overwrite a value" and key.startswith("["):
        yield f"{key} is written otherwise above.", "Write [[name]] for each table of a list."
    elif what == "Cannot overwrite a value" and key:
        yield f"{key} stands here a second time.", "Keep one of them."
    if twice := _TWICE.match(what):
        name = ".".join(part.strip(" '") for part in twice[1].split(","))
        yield f"[{name}] is declared a second time.", "Put its keys into one table."
    if what == r"Illegal character '\n'":
        yield "a text begins here and does not end.", 'Close it on its line: "text".'
    bare = re.sub(r'"[^"]*"', '""', line).partition("#")[0]
    yield from (_no_day(written) for written in _DAY.findall(bare) if not _is_day(written))
    if what.startswith("Invalid date"):
        yield "there is no such day.", "Write it as 2026-01-31, without quotes."
    if not what.startswith(_OPEN):
        for looks, message, remedy in _HABITS:
            if looks.search(bare):
                yield f"{message}.", remedy


def _is_day(written: str) -> bool:
    try:
        date.fromisoformat(written)
    except ValueError:
        return False
    return True


def _no_day(written: str) -> tuple[str, str]:
    """The parser takes a month 13, or a day of one digit, for a number with something behind it."""
    if len(written) == len("2026-01-31"):
        return f"there is no such day as {written}.", "Write one of the calendar as 2026-01-31, without quotes."
    return f"the day {written} is written otherwise.", "Write it as 2026-01-31, without quotes."
