"""What a raw call looks like in the tree of a module: one finder for each kind."""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath

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
