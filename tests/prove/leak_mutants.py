"""The leaks that the gate must find, each planted into a clean file: what a careless template, a reused workbook or a
wrong query would leave in it."""

import io
import re
import zipfile
from collections.abc import Callable
from decimal import Decimal

from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Link

Mutant = Callable[[bytes, str], bytes]
_SHEET = "xl/worksheets/sheet2.xml"


def _zipped(content: bytes, changes: dict[str, Callable[[str], str]], added: dict[str, bytes | str]) -> bytes:
    """The workbook with some parts rewritten and others added; a change that finds nothing fails."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            body = old.read(item)
            if item.filename in changes:
                text = changes[item.filename](body.decode("utf-8"))
                assert text != body.decode("utf-8"), item.filename
                body = text.encode("utf-8")
            new.writestr(item.filename, body)
        for name, text in added.items():
            new.writestr(name, text)
    return made.getvalue()


def _in(part: str, before: str, after: str) -> Mutant:
    """Puts `after`, with the secret for `{}`, before the first place of `before` in a part."""
    return lambda content, secret: _zipped(
        content, {part: lambda text: text.replace(before, after.replace("{}", secret) + before, 1)}, {}
    )


def _hidden_row(content: bytes, secret: str) -> bytes:
    row = f'<row r="900" hidden="1"><c r="A900" t="inlineStr"><is><t>{secret}</t></is></c></row>'
    return _in(_SHEET, "</sheetData>", row)(content, secret)


def _hidden_sheet(content: bytes, secret: str) -> bytes:
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
        f'<c r="A1" t="inlineStr"><is><t>{secret}</t></is></c></row></sheetData></worksheet>'
    )
    entry = '<sheet name="Old" sheetId="99" state="hidden" r:id="rId99"/></sheets>'
    return _zipped(
        content,
        {"xl/workbook.xml": lambda text: text.replace("</sheets>", entry, 1)},
        {"xl/worksheets/sheet99.xml": sheet},
    )


def _comment(content: bytes, secret: str) -> bytes:
    head = '<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors><author/></authors>'
    body = f'<commentList><comment ref="B2"><text><r><t>{secret}</t></r></text></comment></commentList></comments>'
    return _zipped(content, {}, {"xl/comments1.xml": head + body})


def _chart_number(content: bytes, secret: str) -> bytes:
    """A point of a chart's kept data is another partner's figure."""
    return _number(content, "xl/charts/chart1.xml", r"<c:v>(-?\d+(?:\.\d+)?)</c:v>", Decimal("765432.19"))


def off_by_a_cent(content: bytes, secret: str = "") -> bytes:
    """The kept value of the largest formula over money is a cent too high; a cent beside a small one may be another's,
    as beside the half of an odd sum.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        text = archive.read(_SHEET).decode("utf-8")
    part = _SHEET if re.search(r"</f><v>-?\d{4}", text) else "xl/worksheets/sheet1.xml"
    return _number(content, part, r"</f><v>(-?\d{3,}(?:\.\d+)?)</v>", None)


def _number(content: bytes, part: str, pattern: str, instead: Decimal | None) -> bytes:
    """The largest number of a pattern is a cent higher, or another altogether."""

    def change(text: str) -> str:
        hit = max(re.finditer(pattern, text), key=lambda found: abs(Decimal(found[1])), default=None)
        assert hit, f"{part} has no such number"
        value = instead if instead is not None else Decimal(hit[1]) + Decimal("0.01")
        return f"{text[: hit.start(1)]}{value}{text[hit.end(1) :]}"

    return _zipped(content, {part: change}, {})


WORKBOOK: dict[str, Mutant] = {
    "a visible cell": _in(
        _SHEET, "</sheetData>", '<row r="900"><c r="A900" t="inlineStr"><is><t>{}</t></is></c></row>'
    ),
    "a shared string": _in("xl/sharedStrings.xml", "</sst>", "<si><t>{}</t></si>"),
    "a hidden sheet": _hidden_sheet,
    "a hidden row": _hidden_row,
    "a comment": _comment,
    "a comment of the XML": _in(_SHEET, "<sheetData>", "<!-- {} -->"),
    "a defined name": _in("xl/workbook.xml", "</definedNames>", '<definedName name="{}">1</definedName>'),
    "a number format": _in("xl/styles.xml", "</numFmts>", '<numFmt numFmtId="999" formatCode="&quot;{}&quot;0"/>'),
    "the properties": _in("docProps/core.xml", "</cp:coreProperties>", "<dc:description>{}</dc:description>"),
    "a header": _in(_SHEET, "</headerFooter>", "<oddHeader>&amp;L{}</oddHeader>"),
    "a chart's label": _in("xl/charts/chart1.xml", "</c:chart>", "<c:note>{}</c:note>"),
    "a chart's data": _chart_number,
    "a formula": _in(_SHEET, "</sheetData>", '<row r="900"><c r="A900"><f>LEN("{}")</f><v>14</v></c></row>'),
    "a kept value off by a cent": off_by_a_cent,
    "an attachment": lambda content, secret: _zipped(content, {}, {"xl/embeddings/a.bin": secret.encode("utf-16")}),
}


def _written(content: bytes, change: Callable[[PdfWriter], None]) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    change(writer)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def _outline(content: bytes, secret: str) -> bytes:
    return _written(content, lambda writer: writer.add_outline_item(title=secret, page_number=0) and None)


def _properties(content: bytes, secret: str) -> bytes:
    return _written(content, lambda writer: writer.add_metadata({"/Keywords": secret}))


def _link(content: bytes, secret: str) -> bytes:
    link = Link(rect=(10, 10, 90, 90), url=f"https://example.org/{secret}")
    return _written(content, lambda writer: writer.add_annotation(0, link) and None)


def _attachment(content: bytes, secret: str) -> bytes:
    return _written(content, lambda writer: writer.add_attachment("a.txt", secret.encode()) and None)


PDF: dict[str, Mutant] = {
    "the outline": _outline,
    "the properties": _properties,
    "a link's target": _link,
    "an attachment": _attachment,
}
CSV: dict[str, Mutant] = {
    "a cell": lambda content, secret: content + f'"{secret}"\r\n'.encode(),
    "a part of a cell": lambda content, secret: content + f'"for {secret}, soon"\r\n'.encode(),
}
