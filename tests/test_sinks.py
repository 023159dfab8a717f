"""Data text is never markup, formula, path or code: the raw calls that would make it so stand nowhere in the source.

Each sink has one helper module; a rule forbids the raw call everywhere else. Each rule is also shown a snippet that
breaks it and one that keeps it, because a rule that cannot fail proves nothing.
"""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath

import pytest

from tests.conftest import ROOT

Finder = Callable[[ast.AST], bool]


@dataclass(frozen=True)
class Rule:
    """`finds` a forbidden node in modules under `where`, except in `helpers` (full-match patterns of paths)."""

    says: str
    where: tuple[str, ...]
    finds: Finder
    bad: str
    good: str
    helpers: tuple[str, ...] = ()

    def applies(self, path: str) -> bool:
        inside = any(PurePosixPath(path).is_relative_to(folder) for folder in self.where)
        return inside and not any(re.fullmatch(helper, path) for helper in self.helpers)

    def lines(self, source: str) -> Iterator[int]:
        return (getattr(node, "lineno", 0) for node in nodes(source) if self.finds(node))


@cache
def nodes(source: str) -> list[ast.AST]:
    """Every node of a source, taken apart once for all rules."""
    return list(ast.walk(ast.parse(source)))


def called(*names: str) -> Finder:
    """A call of a function or method of one of these names."""
    return lambda node: isinstance(node, ast.Call) and _name(node.func) in names


def used(*names: str) -> Finder:
    """Any mention of one of these names: a call, a base class, an import."""

    def finds(node: ast.AST) -> bool:
        if isinstance(node, ast.ImportFrom | ast.Import):
            return bool({alias.name.split(".")[-1] for alias in node.names} & set(names))
        return isinstance(node, ast.Name | ast.Attribute) and _name(node) in names

    return finds


def imported(*modules: str) -> Finder:
    """An import of one of these modules or of something in them."""

    def finds(node: ast.AST) -> bool:
        found = [a.name for a in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module:
            found = [node.module, *(f"{node.module}.{a.name}" for a in node.names)]
        return any(f == m or f.startswith(f"{m}.") for f in found for m in modules)

    return finds


def _name(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def form_row_with_text(node: ast.AST) -> bool:
    """`addRow(str, ...)`: Qt makes a rich-text label of the string."""
    return called("addRow")(node) and isinstance(node, ast.Call) and bool(node.args) and _is_text(node.args[0])


def opened_for_writing(node: ast.AST) -> bool:
    """`open(p, "w")`, `p.open("w")`, `p.write_text(...)`, `p.write_bytes(...)`."""
    if not isinstance(node, ast.Call):
        return False
    if _name(node.func) in ("write_text", "write_bytes"):
        return True
    modes = [a for a in node.args if isinstance(a, ast.Constant)] + [k.value for k in node.keywords if k.arg == "mode"]
    texts = [m.value for m in modes if isinstance(m, ast.Constant) and isinstance(m.value, str)]
    return _name(node.func) == "open" and any(re.fullmatch("[rwaxbt+]*[wax+][rwaxbt+]*", t) for t in texts)


def document_written(node: ast.AST) -> bool:
    """`atomic.write`, `atomic.written`, however they were imported; and what writes a statement without its owner."""
    if isinstance(node, ast.ImportFrom):
        names = {name.name for name in node.names}
        if node.module == "partnerdesk.reports.atomic":
            return not names.isdisjoint({"write", "written"})
        return not names.isdisjoint({"write_statement", "write_csv", "write_pdf"})
    return isinstance(node, ast.Attribute) and ast.unparse(node) in ("atomic.write", "atomic.written")


def generic_cell(node: ast.AST) -> bool:
    """`sheet.write(row, column, value)`: XlsxWriter guesses what the value is."""
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "write"
        and len(node.args) >= 3
    )


def unescaped_csv(node: ast.AST) -> bool:
    """A csv reader that swallows rows after a stray quote instead of saying so."""
    if not (isinstance(node, ast.Call) and _name(node.func) in ("reader", "DictReader")):
        return False
    owner = node.func.value if isinstance(node.func, ast.Attribute) else None
    return isinstance(owner, ast.Name) and owner.id == "csv" and not _is_careful(node)


def _is_careful(node: ast.Call) -> bool:
    return _has(node, "strict", True) or any("QUOTE_NONE" in ast.unparse(k.value) for k in node.keywords)


def binary_toml(node: ast.AST) -> bool:
    """TOML or JSON read with binary floats."""
    if not (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("load", "loads")
    ):
        return False
    return _name(node.func.value) == "tomllib" and not any(k.arg == "parse_float" for k in node.keywords)


def shell(node: ast.AST) -> bool:
    """A command line that a shell takes apart."""
    return isinstance(node, ast.Call) and (
        _has(node, "shell", True) or ast.unparse(node.func) in ("os.system", "os.popen")
    )


def _has(node: ast.Call, keyword: str, value: object) -> bool:
    return any(k.arg == keyword and isinstance(k.value, ast.Constant) and k.value.value is value for k in node.keywords)


def clock(node: ast.AST) -> bool:
    """Today's date or time; figures come from facts, version and as-of day alone."""
    return isinstance(node, ast.Call) and ast.unparse(node.func).endswith(
        ("date.today", "datetime.now", "datetime.today", "datetime.utcnow", "time.time", "time.localtime")
    )


def transaction(node: ast.AST) -> bool:
    """`session.commit()` and its kin; `edit.commit` of a table cell is something else."""
    if not (called("commit", "begin", "begin_nested", "rollback")(node) and isinstance(node, ast.Call)):
        return False
    owner = node.func.value if isinstance(node.func, ast.Attribute) else node.func
    return bool(re.search("session|connection|engine|store|db$", ast.unparse(owner).lower()))


XML_READERS = ("parse", "iterparse", "fromstring", "XML", "XMLParser", "XMLPullParser", "ElementTree")
PACKAGE = ("partnerdesk",)
UI = ("partnerdesk/ui", "partnerdesk/app.py")
TEXT = (r"partnerdesk/ui/widgets/text\.py",)
PAGES = (r"partnerdesk/reports/pages?(_\w+)?\.py", r"partnerdesk/reports/pages?/\w+\.py")
SHEET = (r"partnerdesk/reports/sheet\.py",)

RULES = [
    Rule(
        "a label shows data as plain text: ui/widgets/text.py",
        UI,
        called("QLabel"),
        "x = QLabel(partner.name)",
        "x = Label(partner.name)",
        TEXT,
    ),
    Rule(
        "message boxes and their kin render HTML: ui/widgets/text.py",
        UI,
        used("QMessageBox", "QErrorMessage", "QProgressDialog", "QInputDialog", "QWhatsThis", "QToolTip"),
        "from PySide6.QtWidgets import QMessageBox",
        "from PySide6.QtWidgets import QDialog",
        TEXT,
    ),
    Rule(
        "tooltips render HTML: ui/widgets/text.py",
        UI,
        called("setToolTip", "setWhatsThis"),
        "button.setToolTip(name)",
        "tip(button, name)",
        TEXT,
    ),
    Rule(
        "no HTML is built from data",
        UI,
        called("setHtml", "insertHtml", "appendHtml", "setMarkdown", "setDefaultStyleSheet"),
        "view.setHtml(name)",
        "view.setPlainText(name)",
        (r"partnerdesk/ui/clipboard\.py",),  # an escaped table for other programs, never shown by ours
    ),
    Rule(
        "rich-text editors take pasted markup and images; QPlainTextEdit does not",
        UI,
        used("QTextEdit", "QTextBrowser"),
        "from PySide6.QtWidgets import QTextEdit",
        "from PySide6.QtWidgets import QPlainTextEdit",
    ),
    Rule(
        "rich text is never switched on",
        UI,
        used("RichText", "AutoText", "MarkdownText"),
        "label.setTextFormat(Qt.TextFormat.RichText)",
        "label.setTextFormat(Qt.TextFormat.PlainText)",
    ),
    Rule(
        "a form row's label is a widget of ours, not a string that Qt renders",
        UI,
        form_row_with_text,
        "form.addRow(f'{name}', field)",
        "form.addRow(label('Name'), field)",
        TEXT,
    ),
    Rule(
        "sorting by proxy over a Python model takes seconds",
        UI,
        used("QSortFilterProxyModel"),
        "from PySide6.QtCore import QSortFilterProxyModel",
        "from PySide6.QtCore import QAbstractTableModel",
    ),
    Rule(
        "a paragraph parses markup: reports/page*.py escapes",
        PACKAGE,
        called("Paragraph", "XPreformatted"),
        "Paragraph(name, style)",
        "paragraph(name, style)",
        PAGES,
    ),
    Rule(
        "a document's links and images come from our templates, never from data",
        ("partnerdesk/reports",),
        called("linkURL", "write_url", "insert_image", "write_rich_string"),
        "sheet.write_url(0, 0, text)",
        "sheet.write_string(0, 0, text)",
    ),
    Rule(
        "reportlab and matplotlib come in through reports/gate.py, with the user's settings files shut out",
        PACKAGE,
        imported("reportlab", "matplotlib", "mpl_toolkits"),
        "from reportlab.pdfgen import canvas",
        "from partnerdesk.reports import gate",
        (r"partnerdesk/reports/gate\.py", r"partnerdesk/reports/charts/\w+\.py"),
    ),
    Rule(
        "pyplot keeps figures between partners",
        PACKAGE,
        imported("matplotlib.pyplot", "pylab"),
        "from matplotlib import pyplot as plt",
        "from matplotlib.figure import Figure",
    ),
    Rule(
        "documents are built new, never from an earlier workbook",
        ("partnerdesk/reports", "partnerdesk/ops"),
        used("load_workbook"),
        "from openpyxl import load_workbook",
        "from xlsxwriter import Workbook",
    ),
    Rule(
        "a workbook cell says what it holds: write_string, write_number, write_datetime, write_formula",
        ("partnerdesk/reports",),
        generic_cell,
        "sheet.write(0, 0, name)",
        "sheet.write_string(0, 0, name)",
    ),
    Rule(
        "a workbook is opened in one place, with every guess switched off: reports/sheet.py",
        PACKAGE,
        imported("xlsxwriter"),
        "import xlsxwriter",
        "from partnerdesk.reports import sheet",
        (*SHEET, r"partnerdesk/reports/(sheet|workbook)\w*\.py", r"partnerdesk/reports/(sheet|workbook)/\w+\.py"),
    ),
    Rule(
        "files are written under another name and then put in place: reports/atomic.py",
        ("partnerdesk/reports", "partnerdesk/ops", "partnerdesk/cli", "partnerdesk/queries", "partnerdesk/ui"),
        opened_for_writing,
        "path.open('w', encoding='utf-8')",
        "path.open('r', encoding='utf-8')",
        (r"partnerdesk/reports/atomic\.py",),
    ),
    Rule(
        "a document leaves through the gate: reports/release, which knows what is whose",
        ("partnerdesk/ops", "partnerdesk/cli", "partnerdesk/queries", "partnerdesk/ui"),
        document_written,
        "atomic.write(path, composed.content)",
        "release(path, composed.content, world, data)",
        # Where windows stand and which page is open; a payment run and the reconciliation of a whole book are for our
        # own finance and hold all partners, as our own calendar does. A what-if is for ourselves: the gate refuses it.
        (
            r"partnerdesk/ui/state\.py",
            r"partnerdesk/ops/payments/files\.py",
            r"partnerdesk/ops/calendars/ours\.py",
            r"partnerdesk/ops/reconcile/documents\.py",
            r"partnerdesk/ops/whatif/documents\.py",
        ),
    ),
    Rule(
        "a csv reader says so when a quote is left open",
        ("partnerdesk/intake",),
        unescaped_csv,
        "csv.reader(lines)",
        "csv.reader(lines, strict=True)",
        (r"partnerdesk/intake/separators\.py",),  # weighs separators; what it reads is thrown away
    ),
    Rule(
        "programs and facts are read with exact numbers",
        PACKAGE,
        binary_toml,
        "tomllib.loads(text)",
        "tomllib.loads(text, parse_float=Decimal)",
        # our own lists of words and tempers, none of them an amount
        (
            r"partnerdesk/intake/(lexicon|settlements|values|origins|official/parts)\.py",
            r"partnerdesk/ops/sample/\w+\.py",
        ),
    ),
    Rule(
        "text is never run as code",
        PACKAGE,
        lambda node: (
            isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("eval", "exec")
        ),
        "eval(text)",
        "dialog.exec()",
    ),
    Rule(
        "stored bytes are never objects",
        PACKAGE,
        imported("pickle", "marshal", "shelve", "dill"),
        "import pickle",
        "import json",
        (r"partnerdesk/ui/crunch\.py",),  # speaks only to the process it started itself
    ),
    Rule(
        "tables reach the clipboard through copy_table, which takes them off again in time",
        PACKAGE,
        called("setMimeData"),
        "clipboard.setMimeData(table_data(rows, None))",
        "copy_table(rows, None)",
        (r"partnerdesk/ui/clipboard\.py",),
    ),
    Rule("no shell", PACKAGE, shell, "run(line, shell=True)", "run([program, path])"),
    Rule(
        "XML from outside is read with defusedxml",
        PACKAGE,
        imported(*(f"xml.etree.ElementTree.{n}" for n in XML_READERS), "xml.dom", "xml.sax.expatreader", "lxml"),
        "from xml.etree.ElementTree import fromstring",
        "from defusedxml import ElementTree",
    ),
    Rule(
        "no figure depends on the clock",
        tuple(f"partnerdesk/{m}" for m in ("engine", "program", "reports", "queries", "models")),
        clock,
        "day = date.today()",
        "day = book.as_of",
    ),
    Rule(
        "only Store.transact commits",
        tuple(f"partnerdesk/{m}" for m in ("ops", "queries", "ui", "cli", "reports", "intake")),
        transaction,
        "session.commit()",
        "session.execute(statement)",
    ),
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.says)
def test_a_sink_is_reached_through_its_helper_only(rule: Rule) -> None:
    assert list(rule.lines(rule.bad)), "the rule does not see what it forbids"
    assert not list(rule.lines(rule.good)), "the rule forbids what is right"
    sources = [path for path in (ROOT / "partnerdesk").rglob("*.py") if rule.applies(_relative(path))]
    found = [f"{_relative(path)}:{line}" for path in sources for line in rule.lines(path.read_text("utf-8"))]
    assert not found, f"{rule.says}\n" + "\n".join(found)


def _relative(path: object) -> str:
    return str(PurePosixPath(str(path)).relative_to(PurePosixPath(str(ROOT))))


@pytest.mark.parametrize(
    "line",
    [
        'open(path, "w")',
        'open(path, mode="ab")',
        "path.write_text(text)",
        "path.write_bytes(b'')",
        'path.open("r+")',
    ],
)
def test_every_way_of_opening_for_writing_is_seen(line: str) -> None:
    assert any(opened_for_writing(node) for node in ast.walk(ast.parse(line)))


@pytest.mark.parametrize("line", ['open("words.txt")', 'path.open("rb")', 'opened("w")', "os.open(path, flags)"])
def test_reading_is_not_taken_for_writing(line: str) -> None:
    assert not any(opened_for_writing(node) for node in ast.walk(ast.parse(line)))


def test_a_helper_is_allowed_what_others_are_not() -> None:
    label = RULES[0]
    assert label.applies("partnerdesk/ui/screens/today.py")
    assert not label.applies("partnerdesk/ui/widgets/text.py")
