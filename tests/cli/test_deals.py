"""`partnerdesk deal`: the verbs of the window, typed."""

import json
from pathlib import Path

from tests.cli.conftest import Type

DAY = ("--as-of", "2026-05-31")


def test_a_deal_from_its_name_to_its_end(book: Path, type_in: Type) -> None:
    of = ("--book", book)
    given = ("--set", "customer=Port of Bergen", "--set", "amount=48000", "--set", "stage=Qualified")
    code, out, err = type_in("deal", "add", "Harbour", "--partner", "P1", *given, *of, *DAY)
    assert code == 0, err
    id = out.strip()
    values = ("--set", "stage=Proposal", "--set", "expected_close=2026-07-01", "--set", "attribute:Tender=T-7")
    code, out, err = type_in("deal", "edit", id, *values, *of, *DAY)
    assert code == 0 and "stage: Proposal" in out and "customer_name: Port of Bergen" in out, err
    code, _, err = type_in("deal", "slip", id, "--until", "2026-06-30", "--reason", "late", *of, *DAY)
    assert code == 1 and "later day" in err
    assert type_in("deal", "slip", id, "--until", "2026-08-01", "--reason", "their board", *of, *DAY)[0] == 0
    code, out, err = type_in("deal", "won", id, "--amount", "46500", "--json", *of, *DAY)
    assert code == 0, err
    deal = json.loads(out)["deal"]
    assert (deal["status"], deal["closed"], deal["amount"]) == ("won", "2026-05-31", "46500.00")
    assert type_in("deal", "reopen", id, *of, *DAY)[0] == 0
    assert type_in("deal", "lost", id, "--reason", "no budget", *of, *DAY)[0] == 0
    out = type_in("deal", "list", "--partner", "P1", "--status", "lost", *of)[1]
    assert out.startswith(f"{id}  Harbour, AT&T <Labs>, Port of Bergen, 46,500.00 EUR, lost on 2026-05-31")
    assert len(out.splitlines()) == 1 and len(type_in("deal", "list", *of)[1].splitlines()) == 4
    assert "their board" in type_in("deal", "show", id, *of)[1]


def test_what_makes_no_sense_is_refused_with_what_does(book: Path, type_in: Type) -> None:
    for value, says in (
        ("status=won", "deal won"),
        ("colour=red", "Its fields are partner, customer"),
        ("amount=lots", "Write an amount"),
        ("partner=Nobody", "No partner is called Nobody"),
        ("probability=2", "Nothing was changed"),
    ):
        code, _, err = type_in("deal", "edit", "D1", "--set", value, "--book", book)
        assert code == 1 and says in err, (value, err)
    code, _, err = type_in("deal", "show", "D9", "--book", book)
    assert code == 1 and "deal list" in err


def test_a_deal_of_closed_statements_changes_its_partner_only_where_that_is_accepted(book: Path, type_in: Type) -> None:
    names = ("--maker", "Ana", "--checker", "Bo", "--book", book, "--as-of", "2026-06-30")
    code, _, err = type_in("close", "2026-02", "--total", "2400", *names)
    assert code == 0, err
    give = ("deal", "edit", "D1", "--set", "partner=P2", "--book", book, *DAY)
    code, out, err = type_in(*give)
    assert code == 1 and out == ""
    assert "Deal D1 (ST-2026-02) goes from P1 (AT&T <Labs>) to P2" in err and "--accept" in err
    assert "next statement of each partner corrects it" in err
    code, out, err = type_in(*give, "--accept")
    assert code == 0 and "partner: P2" in out and "rests on it" in err
    code, _, err = type_in("deal", "edit", "D4", "--set", "partner=P1", "--book", book, *DAY)
    assert code == 0, err
