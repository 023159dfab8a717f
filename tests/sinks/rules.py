"""Which raw calls are forbidden, where they are allowed, and what to call in their place."""

import ast

from tests.sinks.finders import (
    Rule,
    binary_toml,
    called,
    clock,
    document_written,
    form_row_with_text,
    generic_cell,
    imported,
    opened_for_writing,
    shell,
    transaction,
    unescaped_csv,
    used,
)

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
