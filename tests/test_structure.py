"""The house keeps its shape: who imports whom, how long things get, what every module says about itself.

Every check here is also run on something that breaks it, because a check that cannot fail proves nothing.
"""

import ast
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import grimp
import pytest

from tests.conftest import ROOT

LONGEST_FILE = 400
LONGEST_FUNCTION = 40
REASON = "in one piece because"  # what a docstring says where something is better longer

EXACT = {"ceil", "floor", "gcd", "isqrt", "lcm", "comb", "prod", "trunc", "median"}  # exact on Decimals and ints
MONEY_MODULES = ("engine", "program", "models", "queries", "ops", "intake")


def modules(*folders: str) -> list[Path]:
    return [p for folder in folders or ("partnerdesk", "packaging", "resources") for p in (ROOT / folder).rglob("*.py")]


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    command = (
        "import sys; from importlinter.cli import lint_imports as lint; sys.exit(lint(no_logo=True, no_cache=True))"
    )
    return subprocess.run(
        [sys.executable, "-I", "-c", command], cwd=folder, capture_output=True, text=True, timeout=120, check=False
    )


def test_imports_go_downward_only() -> None:
    done = lint_imports(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("engine/planted.py", "import partnerdesk.queries", "downward only"),
        ("engine/world/planted.py", "import partnerdesk.engine.tiers.tiers", "from facts and rules up"),
        ("store/planted.py", "import partnerdesk.ops", "downward only"),
        ("ops/planted.py", "import PySide6.QtCore", "PySide6 appears only"),
        ("ui/planted.py", "import partnerdesk.models", "frozen rows"),
        ("ui/screens/planted.py", "import partnerdesk.store", "only through Desk"),
        ("reports/planted.py", "import sqlalchemy", "know no database"),
        ("planted.py", "", "downward only"),
    ],
)
def test_a_forbidden_import_is_found(tmp_path: Path, module: str, line: str, contract: str) -> None:
    shutil.copytree(ROOT / "partnerdesk", tmp_path / "partnerdesk", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "partnerdesk" / module).write_text(f"{line}\n")
    done = lint_imports(tmp_path)
    assert done.returncode == 1, done.stdout
    broken = [text for text in done.stdout.splitlines() if "BROKEN" in text]
    assert any(contract in text for text in broken), done.stdout


def circles(graph: grimp.ImportGraph) -> set[frozenset[str]]:
    """Modules that lead back to themselves, by circle; imports for the type checker and late ones count as well."""
    rounds = (graph.find_upstream_modules(m) & graph.find_downstream_modules(m) | {m} for m in graph.modules)
    return {frozenset(circle) for circle in rounds if len(circle) > 1}


# How many modules of a package still stand in circles: a number here may only fall, and what is not named has none.
STILL_THERE = {"engine": 34, "ui": 12}


def test_modules_of_a_package_import_one_way() -> None:
    found: dict[str, list[list[str]]] = defaultdict(list)
    for circle in circles(grimp.build_graph("partnerdesk", cache_dir=None)):
        found[min(circle).split(".")[1]].append(sorted(circle))
    counts = {package: sum(map(len, rounds)) for package, rounds in found.items()}
    more = [", ".join(one) for name, all_ in found.items() if counts[name] > STILL_THERE.get(name, 0) for one in all_]
    assert not more, f"{counts} import each other in a circle:\n" + "\n".join(more)


def test_a_circle_is_found_and_a_line_is_none() -> None:
    graph = grimp.ImportGraph()
    for importer, imported in ("ab", "bc", "ca", "cd", "de"):
        graph.add_import(importer=importer, imported=imported)
    assert circles(graph) == {frozenset("abc")}


def undocumented(path: Path, source: str) -> Iterator[str]:
    if not (ast.get_docstring(ast.parse(source)) or "").strip():
        yield f"{path} does not open with a docstring"


def too_long(path: Path, source: str) -> Iterator[str]:
    tree = ast.parse(source)
    lines = source.count("\n")
    if lines > LONGEST_FILE and REASON not in _prose(tree):
        yield f"{path} has {lines} lines; its docstring does not say why it stays {REASON} ..."
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > LONGEST_FUNCTION and REASON not in _prose(node):
                yield f"{path}:{node.lineno} {node.name} has {length} lines; its docstring does not say why"


def _prose(node: ast.Module | ast.FunctionDef | ast.AsyncFunctionDef) -> str:
    return re.sub(r"\s+", " ", ast.get_docstring(node) or "")


def binary_floats(path: Path, source: str) -> Iterator[str]:
    tree = ast.parse(source)
    likeness = {id(part) for call in ast.walk(tree) if _compares_names(call) for part in ast.walk(call)}
    for node in ast.walk(tree):
        if id(node) in likeness:
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, float | complex):
            yield f"{path}:{node.lineno} holds the binary float {node.value}"
        elif isinstance(node, ast.Name) and node.id in ("float", "round"):
            yield f"{path}:{node.lineno} uses {node.id}"
        elif isinstance(node, ast.ImportFrom) and {a.name for a in node.names} <= EXACT:
            continue
        elif isinstance(node, ast.Import | ast.ImportFrom) and {"math", "statistics"} & _imported(node):
            yield f"{path}:{node.lineno} imports a module that computes in binary floats"


def _compares_names(node: ast.AST) -> bool:
    """How alike two names must be is no amount."""
    return isinstance(node, ast.Call) and "get_close_matches" in ast.unparse(node.func)


def standard_sqlite(path: Path, source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import | ast.ImportFrom) and "sqlite3" in _imported(node):
            yield f"{path}:{node.lineno} imports the standard library's sqlite3"


def foreign_to_the_engine(path: Path, source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        for imported in _imported(node):
            if imported not in sys.stdlib_module_names and imported != "partnerdesk":
                yield f"{path}:{getattr(node, 'lineno', 0)} imports {imported}"


def _imported(node: ast.AST) -> set[str]:
    if isinstance(node, ast.Import):
        return {alias.name.split(".")[0] for alias in node.names}
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        return {node.module.split(".")[0]}
    return set()


CHECKS = {
    "docstrings": (undocumented, (), "x = 1\n"),
    "lengths": (too_long, (), "def f():\n" + "    x = 1\n" * LONGEST_FUNCTION),
    "file lengths": (too_long, (), '"""Long."""\n' + "x = 1\n" * LONGEST_FILE),
    "money": (binary_floats, tuple(f"partnerdesk/{m}" for m in MONEY_MODULES), "rate = 0.1\n"),
    "money rounding": (binary_floats, tuple(f"partnerdesk/{m}" for m in MONEY_MODULES), "x = round(y, 2)\n"),
    "sqlite": (standard_sqlite, ("partnerdesk", "packaging"), "from sqlite3 import connect\n"),
    "engine": (foreign_to_the_engine, ("partnerdesk/engine",), "import numpy as np\n"),
}


@pytest.mark.parametrize("check", CHECKS)
def test_the_source_keeps_the_rule(check: str) -> None:
    find, folders, bad = CHECKS[check]
    assert list(find(Path("bad.py"), bad)), "the check does not see what it is for"
    found = [text for path in modules(*folders) for text in find(Path(name(path)), path.read_text("utf-8"))]
    assert not found, "\n".join(found)


def test_a_reason_makes_length_right() -> None:
    body = "    x = 1\n" * LONGEST_FUNCTION
    excused = f'"""M."""\ndef f():\n    """Stays {REASON} splitting hides the order."""\n{body}'
    assert not list(too_long(Path("ok.py"), excused))


def pins(lock: str) -> set[str]:
    text = (ROOT / lock).read_text("utf-8")
    return {line.rstrip(" \\") for line in text.splitlines() if re.match(r"[a-z0-9]", line)}


def test_the_tests_run_on_the_locked_packages_of_the_program() -> None:
    assert pins("requirements.lock") <= pins("requirements-test.lock")


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-test.lock"])
def test_every_locked_package_has_a_hash_and_is_asked_for(lock: str) -> None:
    blocks = re.split(r"\n(?=[a-z0-9])", (ROOT / lock).read_text("utf-8"))
    assert all("--hash=sha256:" in block for block in blocks if re.match(r"[a-z0-9]", block))
    wanted = re.findall(
        r"^([A-Za-z0-9][A-Za-z0-9-]*)", (ROOT / lock.replace(".lock", ".in")).read_text("utf-8"), re.MULTILINE
    )
    locked = {pin.split("==")[0] for pin in pins(lock)}
    assert {w.lower() for w in wanted} <= locked


def test_the_package_names_no_place_of_the_machine_it_was_written_on() -> None:
    text = {name(p): p.read_text("utf-8") for p in modules("partnerdesk", "packaging", "resources", "tests")}
    machine = re.compile(r"['\"\s(]/(work|root|tmp)/")
    assert not [path for path, source in text.items() if machine.search(source) and path != "tests/test_structure.py"]
