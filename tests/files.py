"""Files as a user brings them, and books to bring them into, for tests of the import."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from partnerdesk.ops import imports
from partnerdesk.ops.imports import Applied, Preview
from partnerdesk.store.file import Store

ORDERS = ("ResellerSales_201707_202005.csv", "as_published/ResellerSales_202006.csv")
ABOUT = ("Resellers.csv", "Products.csv", "Salespeople.csv", "SalespersonRegion.csv", "Regions.csv", "Targets_long.csv")


def csv_file(folder: Path, text: str, name: str = "q3.csv", encoding: str = "utf-8") -> Path:
    """A text table of a user."""
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def workbook(folder: Path, rows: Sequence[Sequence[Any]], name: str = "q3.xlsx", sheet: str = "Deals") -> Path:
    """A workbook with one sheet; days are dates of the workbook."""
    import xlsxwriter

    path = folder / name
    with xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy"}) as book:
        page = book.add_worksheet(sheet)
        for i, row in enumerate(rows):
            for j, value in enumerate(row):
                if value is not None:
                    page.write(i, j, value)
    return path


def look(store: Store, path: Path, choices: Mapping[str, str] | None = None) -> Preview:
    """The preview of a file; its balance always holds."""
    shown = store.read(imports.preview, path, choices)
    assert shown.read == shown.accepted + shown.rejected + shown.ignored
    assert shown.accepted == shown.rows_new + shown.rows_changed + shown.rows_same
    return shown


def bring(store: Store, path: Path, choices: Mapping[str, str] | None = None) -> Applied:
    """Look at a file and import it, as one step."""
    shown = look(store, path, choices)
    return store.transact(f"Import {shown.file}", imports.apply, shown, by="Ann").value
