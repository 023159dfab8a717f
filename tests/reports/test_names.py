"""A file is called after its partner, whatever the partner is called, and never leaves its folder."""

import random
import unicodedata
from pathlib import Path, PureWindowsPath

import pytest

from partnerdesk.reports.names import LIMIT, safe_name

HOSTILE = [
    "",
    " ",
    ".",
    "..",
    "...",
    "../../x",
    "..\\..\\x",
    "/etc/passwd",
    "C:\\Windows\\x",
    "\\\\server\\share",
    "CON",
    "con.txt",
    "CON.txt",
    "NUL.txt",
    "nul.tar.gz",
    "COM1",
    "COM¹",
    "LPT9.csv",
    "aux ",
    "PRN .x",
    "CONIN$",
    "a\0b",
    "a\nb",
    "a\r\tb",
    "name.",
    "name ",
    "~root",
    "-rf",
    ".hidden",
    "a:b",
    'a"b<c>|d?e*f',
    "\u202etxt.exe",
    "\u200bzero",
    "a\u2028b",
    "é" * 200,
    "x" * 500,
    "👩‍👩‍👧‍👦" * 40,
    "e\u0301" * 100,
    "\ud800",
    "=cmd|' /C calc'!A0",
    "AT&T",
    "R&D <Labs>",
    "/",
    "<img src=file:///dev/zero>",
]
DEVICES = {"con", "prn", "aux", "nul", "conin$", "conout$", "clock$"} | {
    f"{d}{n}" for d in ("com", "lpt") for n in "0123456789¹²³"
}


def assert_harmless(name: str, folder: Path) -> None:
    """Nothing here uses the function's own tables but the list of Windows' devices."""
    assert 0 < len(name.encode("utf-8")) <= LIMIT
    assert name == unicodedata.normalize("NFC", name)
    assert not set(name) & set('<>:"/\\|?*')
    assert all(unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"} for c in name), ascii(name)
    assert name.strip() == name and not name.endswith(".") and name[0] not in ".-~"
    assert name.split(".")[0].rstrip().casefold() not in DEVICES
    assert PureWindowsPath(name).name == name
    assert (folder / name).resolve().parent == folder.resolve()


def fold(name: str) -> str:
    """How a system sees a name that ignores case."""
    return unicodedata.normalize("NFD", unicodedata.normalize("NFD", name).casefold())


def test_a_plain_name_stays_as_it_is() -> None:
    assert safe_name("NORTHWIND", before="ST-2026-09_", after="_v1.xlsx") == "ST-2026-09_NORTHWIND_v1.xlsx"
    assert safe_name("Łużyca Systemy AT&T") == "Łużyca Systemy AT&T"


def test_a_cleaned_name_carries_a_mark_so_that_it_stays_apart() -> None:
    slashed, dashed = safe_name("A/B"), safe_name("A-B")
    assert dashed == "A-B"
    assert slashed.startswith("A-B-")
    assert safe_name("A/B") == slashed, "the same text has the same name on every day"


@pytest.mark.parametrize("after", ["", ".xlsx"])
@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_hostile_names_become_harmless(text: str, after: str, tmp_path: Path) -> None:
    name = safe_name(text, after=after)
    assert_harmless(name, tmp_path)
    assert name.endswith(after)
    (tmp_path / name).write_text("it can be written")
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_names_that_differ_in_case_alone_are_told_apart() -> None:
    taken = {safe_name("Acme")}
    other = safe_name("ACME", key="P-2", taken=taken)
    assert other.startswith("ACME-")
    assert safe_name("ACME", key="P-3", taken=taken) != other
    assert safe_name("Straße", taken={"STRASSE"}) != "Straße"
    assert safe_name("e\u0301", taken={"É"}) not in {"é", "É"}


def test_twenty_thousand_random_names_are_safe_and_all_different(tmp_path: Path) -> None:
    seed, folded = random.Random(20_260_919), set[str]()
    alphabet = [
        *map(chr, range(0x180)),
        *"\u0301\u200d\u202e\u2028\ufeff¹²³ſıK",
        "\U0001f600",
        "\udc00",
        "con",
        "nul",
    ]
    for number in range(20_000):
        text = "".join(seed.choices(alphabet, k=seed.choice((0, 1, 2, 3, 8, 60, 200))))
        after = seed.choice(("", ".csv"))
        name = safe_name(text, key=str(number), after=after)
        if fold(name) in folded:  # a text that came before; whoever passes what is taken gets another name
            name = safe_name(text, key=str(number), after=after, taken=[name])
        assert_harmless(name, tmp_path)
        assert fold(name) not in folded
        folded.add(fold(name))


def test_fixed_parts_are_cleaned_as_well(tmp_path: Path) -> None:
    assert_harmless(safe_name("x", before="../", after="/../y"), tmp_path)
    with pytest.raises(ValueError, match="fixed parts"):
        safe_name("x" * 200, before="b" * 100, after="a" * 100)
