"""`partnerdesk opening` and `partnerdesk close`: balances entered, confirmed with their total, then final."""

import json
from pathlib import Path

from tests.cli.conftest import Type

DAY = ("--as-of", "2026-10-05")
HELD = "kind=holdback amount=600 due=2026-09-30 line=L-7"


def test_an_opening_from_its_balances_to_its_close(book: Path, type_in: Type) -> None:
    of = ("--book", book)
    enter = ("opening", "enter", "P1", "--day", "2026-01-31", "--evidence", "ledger.xlsx")
    code, out, err = type_in(*enter, "--balance", HELD, "--balance", "kind=payable amount=250.50", *of)
    assert code == 0, err
    assert out.splitlines() == [
        "P1, balances of 2026-01-31, not confirmed yet: close its period",
        "  holdback 600.00 EUR, on 2026-09-30, line L-7, ledger.xlsx",
        "  payable 250.50 EUR, ledger.xlsx",
    ]
    names = ("--maker", "Ana", "--checker", "Bo")
    code, _, err = type_in("close", "2026-01", "--total", "850", *names, *of, *DAY)
    assert code == 1 and "is not the total of this run. " in err and "850.50" not in err
    code, out, err = type_in("close", "2026-01", "--total", "850.50", *names, *of, *DAY)
    assert (code, out) == (0, "AT&T <Labs>: 2026-01 is final, 850.50 EUR\n"), err
    assert json.loads(type_in("opening", "list", "--json", *of)[1])[0]["is_confirmed"]
    code, _, err = type_in("opening", "remove", "P1", *of)
    assert code == 1 and "is confirmed" in err
    code, out, err = type_in("explain", "2026-01:closing", "--partner", "P1", *of, *DAY)
    assert code == 0 and "posted in 2026-01: 250.50 EUR" in out and "no longer in the book" not in out, err
    code, out, err = type_in("close", "2026-02", "--total", "3250.50", *names, *of, *DAY, "--json")
    assert code == 0 and json.loads(out)["closed"][0]["held"] == "1800.00", err


def test_a_misspelt_balance_is_refused(book: Path, type_in: Type) -> None:
    enter = ("opening", "enter", "P1", "--day", "2026-01-31", "--evidence", "x", "--book", book)
    for words, says in (("kind=payable amout=1", "is no field of a balance"), ("amount=many", "is not an amount")):
        code, _, err = type_in(*enter, "--balance", words)
        assert code == 1 and says in err
    assert type_in("opening", "list", "--book", book)[1] == "No partner was taken over.\n"
