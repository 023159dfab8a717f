"""No figure depends on the clock, on chance, or on the machine: the engine cannot even ask."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import partnerdesk.engine

ENGINE = Path(partnerdesk.engine.__file__).parent
ASKS = {"today", "now", "utcnow", "time_ns", "perf_counter", "monotonic", "localtime", "getenv", "environ", "urandom"}
ASKING = {"time", "random", "os", "locale", "secrets", "uuid", "socket", "platform", "zoneinfo"}
# Another order of sets and another zone; the pairs are those of the second evaluator.
DIGEST = """
from hashlib import sha256
from partnerdesk.engine.evaluate import evaluate
from tests.second.always import text
from tests.second.maker.pair import pair
pairs = [pair(9, number) for number in range(12)]
print(sha256(b"".join(text(evaluate(p.programs, p.facts, p.as_of)) for p in pairs)).hexdigest())
"""


def asks(source: str) -> Iterator[str]:
    """What in a text asks the clock, chance or the machine."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr in ASKS:
            yield f"line {node.lineno}: {node.attr}"
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        yield from (f"line {getattr(node, 'lineno', 0)}: {name}" for name in names if name.split(".")[0] in ASKING)


def test_the_engine_asks_nothing_but_facts_programs_and_the_day() -> None:
    for bad in ("import time", "from random import choice", "date.today()", "datetime.now(tz)", "os.environ"):
        assert list(asks(bad)), bad
    found = {path.name: told for path in ENGINE.rglob("*.py") if (told := list(asks(path.read_text("utf-8"))))}
    assert found == {}


def test_every_figure_is_the_same_under_another_order_of_sets_and_another_zone() -> None:
    root = Path(__file__).parents[2]
    found = set()
    for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(root)}
        done = subprocess.run(
            [sys.executable, "-c", DIGEST], env=environment, capture_output=True, text=True, check=True, cwd=root
        )
        found.add(done.stdout)
    assert len(found) == 1 and found != {""}
