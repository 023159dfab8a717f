"""Workbooks part by part: honest ones with odd cells, and ones that no spreadsheet program writes."""

import struct
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

MEGABYTE = 1024 * 1024
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"

TYPES = f'<Types xmlns="{_PACKAGE}/content-types"/>'
ROOT = (
    f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" Type="{_RELS}/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>'
)
BOOK = (
    f'<workbook xmlns="{MAIN}" xmlns:r="{_RELS}">{{properties}}'
    '<sheets><sheet name="Deals" sheetId="1" r:id="r1"/></sheets></workbook>'
)
BOOK_RELS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_RELS}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="r2" Type="{_RELS}/styles" Target="styles.xml"/>'
    f'<Relationship Id="r3" Type="{_RELS}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
)
# Style 0 is plain, 1 a day, 2 a percentage.
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="10"/></cellXfs>'
    "</styleSheet>"
)
HEADER = "".join(
    f'<c r="{letter}1" t="inlineStr"><is><t>{text}</t></is></c>'
    for letter, text in zip("ABCD", ("Deal ID", "Partner", "Close date", "Amount"), strict=True)
)


def text(reference: str, value: str) -> str:
    """A text cell."""
    return f'<c r="{reference}" t="inlineStr"><is><t>{value}</t></is></c>'


def row(
    number: int, close: str = '<c r="C{n}" s="1"><v>45366</v></c>', amount: str = '<c r="D{n}"><v>100</v></c>'
) -> str:
    """A deal row with any cells for its day and its amount."""
    cells = text(f"A{number}", f"D-{number}") + text(f"B{number}", "Acme")
    return f'<row r="{number}">{cells}{close.format(n=number)}{amount.format(n=number)}</row>'


def sheet(rows: str, before: str = "", after: str = "") -> str:
    """A sheet with the usual header."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<worksheet xmlns="{MAIN}"><sheetData>'
        f'<row r="1">{HEADER}</row>{rows}</sheetData>{after}</worksheet>'
    )


def build(
    path: Path, sheet1: str | bytes, properties: str = "", parts: Mapping[str, str | bytes] | None = None
) -> Path:
    """A workbook of one sheet from its XML; `parts` replace or add parts."""
    found: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": ROOT,
        "xl/workbook.xml": BOOK.format(properties=properties),
        "xl/_rels/workbook.xml.rels": BOOK_RELS,
        "xl/styles.xml": STYLES,
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"/>',
        "xl/worksheets/sheet1.xml": sheet1,
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (found | dict(parts or {})).items():
            archive.writestr(name, content)
    return path


def sparse_last_cell(path: Path) -> Path:
    """4 KB whose last cell makes readers build a million rows of sixteen thousand cells."""
    return build(path, sheet(row(2) + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))


def row_out_of_range(path: Path) -> Path:
    return build(path, sheet(row(2) + '<row r="99999999"><c r="A99999999"><v>1</v></c></row>'))


def huge_merge(path: Path) -> Path:
    merged = '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    return build(path, sheet(row(2), after=merged))


def many_merges(path: Path) -> Path:
    cells = "".join(f'<mergeCell ref="A{i}:B{i}"/>' for i in range(2, 60_000))
    return build(path, sheet(row(2), after=f"<mergeCells>{cells}</mergeCells>"))


def bomb(path: Path) -> Path:
    """Zeros that unpack to 2 MB, and a directory that says 210 MB."""
    with zipfile.ZipFile(build(path, sheet(row(2))), "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.bin", b"\0" * (2 * MEGABYTE))
    return lying(path, "xl/media/image1.bin", 210 * MEGABYTE)


def lying(path: Path, part: str, size: int) -> Path:
    """The directory entry of a part says another size than it has."""
    data = bytearray(path.read_bytes())
    at = data.rindex(part.encode()) - 46  # the central directory's entry ends in the name
    data[at + 24 : at + 28] = struct.pack("<I", size)
    path.write_bytes(bytes(data))
    return path


def understated(path: Path) -> Path:
    """A sheet that is larger than its directory entry says."""
    rows = "".join(row(i) for i in range(2, 2000))
    return lying(build(path, sheet(rows)), "xl/worksheets/sheet1.xml", 1000)


def steep(path: Path) -> Path:
    """A sheet of blanks that unpacks to a thousand times its size, within the limit of the whole."""
    return build(path, sheet(row(2) + " " * (5 * MEGABYTE)))


def many_rows(path: Path, count: int) -> Path:
    rows = "".join(f'<row r="{i}"><c r="A{i}"><v>{i}</v></c></row>' for i in range(2, count + 2))
    return build(path, sheet(rows))


def laughs(path: Path) -> Path:
    """Entities within entities."""
    entities = '<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    return build(path, sheet(row(2, amount=text("D{n}", "&i;")), before=f"<!DOCTYPE worksheet [{entities}]>"))


def outside_file(path: Path) -> Path:
    """An entity that would read a file of the machine."""
    doctype = '<!DOCTYPE worksheet [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    return build(path, sheet(row(2, amount=text("D{n}", "&x;")), before=doctype))


def wide_doctype(path: Path) -> Path:
    """The same in UTF-16, past any search for the bytes of a document type."""
    xml = sheet(row(2, amount=text("D{n}", "&x;")), before='<!DOCTYPE worksheet [<!ENTITY x "y">]>')
    return build(path, xml.replace("UTF-8", "UTF-16").encode("utf-16"))


def prefixed(path: Path) -> Path:
    """The sparse cell under a namespace prefix, past any search for tags."""
    xml = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row>'
        '<x:row r="1048576"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )
    return build(path, xml)


def deep(path: Path) -> Path:
    """Elements nested a hundred thousand deep."""
    return build(path, sheet(row(2) + "<x>" * 100_000 + "</x>" * 100_000))


def cell_twice(path: Path) -> Path:
    return build(path, sheet(row(2) + f'<row r="3">{text("A3", "D-3")}{text("A3", "D-4")}</row>'))


def missing_text(path: Path) -> Path:
    """A cell that points behind the end of the shared texts."""
    return build(path, sheet(row(2, amount='<c r="D{n}" t="s"><v>7</v></c>')))


def truncated(path: Path) -> Path:
    build(path, sheet("".join(row(i) for i in range(2, 400))))
    path.write_bytes(path.read_bytes()[:-600])
    return path


def broken_xml(path: Path) -> Path:
    return build(path, sheet(row(2)).replace("</sheetData>", ""))


def damaged_part(path: Path) -> Path:
    """A part whose packed bytes do not unpack."""
    build(path, sheet("".join(row(i) for i in range(2, 400))))
    data = bytearray(path.read_bytes())
    at = data.index(b"xl/worksheets/sheet1.xml") + 60
    data[at : at + 40] = b"\xff" * 40
    path.write_bytes(bytes(data))
    return path


def no_workbook(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("subscriptions.csv", "id,customer_id\n1,2\n")
    return path


REFUSED: dict[Callable[[Path], Path], str] = {
    sparse_last_cell: "XFD1048576",
    row_out_of_range: "99999999",
    huge_merge: "merged cells",
    many_merges: "merged cells",
    bomb: "unpacks to",
    steep: "times its size",
    understated: "damaged",
    laughs: "document type",
    outside_file: "document type",
    wide_doctype: "document type",
    prefixed: "XFD1048576",
    cell_twice: "twice",
    truncated: "damaged",
    broken_xml: "damaged",
    damaged_part: "damaged",
    no_workbook: "ZIP archive",
}
