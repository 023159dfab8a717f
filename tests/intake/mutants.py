"""Files damaged at random: whatever comes out is a draft that balances, or one sentence; never anything else."""

import random
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path

from partnerdesk.errors import Refused
from partnerdesk.intake import characters, delimited, drafts, files, workbook
from partnerdesk.intake.drafts import Draft
from partnerdesk.intake.limits import WINDOW
from partnerdesk.intake.rows import Context
from partnerdesk.intake.sheet import Sheet
from tests.hostile import tables, workbooks

TEXTS: tuple[bytes, ...] = (
    *(content.encode("utf-8", "replace") for content, _ in tables.PROBLEMS.values()),
    tables.deals(*(f"D-{i},Köln {i},2024-03-{i:02d},1.{i:02d},EUR" for i in range(2, 28))).encode("utf-16"),
    b"Account;Betrag;Datum;Status\nM\xfcller;1.234,56;17.11.2026;Won\nKn\xf6ll;5;18.11.2026;Lost\n",
    b"1|637|AW00000001|Reseller|2011\n2|635|AW00000002|Shop|2012\n",
    b"Partner,Jan 2024,Feb 2024,Mar 2024\nAcme,1,2,3\n",
)
_SPLICES = (
    b'"',
    b",",
    b";",
    b"\n",
    b"\r",
    b"\0",
    b"\xff",
    b"\xef\xbb\xbf",
    b"1e999",
    b"NaN",
    b"-",
    b"'=1",
    b"\t" * 9,
    b"%",
)
_XML = (b"<", b">", b"&", b'"', b'r="A1"', b"1e999999", b"<v>", b"</c>", b't="s"', b's="-1"', b"\xff", b"XFD9")


def mutated(chosen: random.Random, data: bytes, splices: Sequence[bytes]) -> bytes:
    """The bytes with a few of them flipped, cut, doubled, moved or replaced."""
    out = bytearray(data)
    for _ in range(chosen.randint(1, 6)):
        at = chosen.randrange(len(out) + 1)
        way = chosen.randrange(6)
        if way == 0 and out:
            out[at % len(out)] = chosen.randrange(256)
        elif way == 1:
            del out[at : at + chosen.choice((1, 3, 40))]
        elif way == 2:
            out[at:at] = chosen.choice(splices)
        elif way == 3:
            out[at:at] = out[at : at + chosen.choice((5, 60, 400))]
        elif way == 4:
            start = chosen.randrange(len(out) + 1)
            out[at : at + 8] = out[start : start + 8]
        elif chosen.random() < 0.1:
            del out[at:]
    return bytes(out)


def text_case(chosen: random.Random) -> str:
    """One damaged text table; returns "read" or the refusal."""
    data = mutated(chosen, chosen.choice(TEXTS), _SPLICES)
    return _case(lambda: [_read_text(data)])


def _read_text(data: bytes) -> Sheet:
    files._refuse_other("q3.csv", data)
    decoded = characters.decode(data)
    files._refuse_markup("q3.csv", decoded.text)
    return delimited.read(decoded, "q3.csv", "", WINDOW)


def workbook_case(chosen: random.Random, folder: Path) -> str:
    """One damaged workbook: its parts, or its archive; read in this process, to see what it raises."""
    rows = "".join(workbooks.row(i) for i in range(2, 30))
    path = workbooks.build(folder / "q3.xlsx", workbooks.sheet(rows))
    if chosen.random() < 0.3:
        path.write_bytes(mutated(chosen, path.read_bytes(), _XML))
    else:
        _damage_part(chosen, path)
    return _case(lambda: [files._sheet("q3.xlsx", "", s, ()) for s in workbook.read(path, WINDOW)])


def _damage_part(chosen: random.Random, path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = chosen.choice([n for n in parts if n.endswith((".xml", ".rels"))])
    parts[name] = mutated(chosen, parts[name], _XML)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)


def _case(read: object) -> str:
    began = time.monotonic()
    try:
        draft = drafts.best(read(), {}, Context())  # type: ignore[operator]
    except Refused as refused:
        assert refused.sentence.strip() and len(refused.sentence) < 500
        return refused.sentence
    _holds(draft)
    assert time.monotonic() - began < 10
    return "read"


def _holds(draft: Draft) -> None:
    assert draft.read == draft.accepted + draft.rejected + draft.ignored_count
    for problem in draft.problems:
        assert problem.place and problem.message
    for part in draft.parts:
        assert len(part.keys) == len(part.rows)
        assert all(len(column) == len(part.keys) for column in part.fields.values())
