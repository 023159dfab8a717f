"""A forecast by mail: the range that was shown, in the partner's language, an estimate and nobody else's."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import cast

import pytest

from partnerdesk.cli import main
from partnerdesk.errors import Refused
from partnerdesk.forecast.keeping import read_back
from partnerdesk.forecast.ranges import Forecast
from partnerdesk.ops.mail.drafting import draft_review_mail
from partnerdesk.ops.mail.estimating import draft_forecast_mail
from partnerdesk.ops.outgoing import note_outgoing
from partnerdesk.ops.pack.exports import export_pack, pack_to_print
from partnerdesk.ops.rows.facts import add_rows, change_row
from partnerdesk.queries.facts import fact
from partnerdesk.queries.forecast_record import forecast_record
from partnerdesk.queries.forecasts import ahead_of
from partnerdesk.reports.format import Formats
from partnerdesk.reports.pack.data import PackData
from partnerdesk.store import Store
from tests.cli.conftest import make_book
from tests.forecast.books import open_deal
from tests.ops.mail.test_mail import PEOPLE

DAY = date(2026, 6, 30)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    path = tmp_path / "my.partnerdesk"
    make_book(path)
    with Store.open(path, user="me") as store:
        store.transact("Add people", add_rows, PEOPLE)
        store.transact("Add deals", add_rows, [open_deal(n, 20_000 * n, "0.5", date(2026, 8, 15)) for n in (7, 8, 9)])
        yield store


@pytest.fixture
def found(store: Store) -> Forecast:
    return store.read(ahead_of, ["P1"], DAY, (40, 1), 3)[0]


def text(path: Path) -> tuple[str, str]:
    mail = cast(EmailMessage, message_from_bytes(path.read_bytes(), policy=default))
    return str(mail["Subject"]), str(mail.get_content())


@pytest.mark.parametrize(
    ("language", "no_promise"),
    [("en_GB", "not a promise"), ("de_DE", "keine Zusage"), ("fr_FR", "pas une promesse")],
)
def test_a_partner_reads_its_range_in_its_own_language(
    store: Store, found: Forecast, tmp_path: Path, language: str, no_promise: str
) -> None:
    known = store.read(fact, "partner", "P1")
    store.transact("Speak", change_row, "partner", "P1", {"language": known.language}, language=language)
    made = store.read(draft_forecast_mail, found, tmp_path / "out")
    subject, body = text(made.path)
    formats, earned = Formats(language), found.whole.earned
    assert no_promise in subject and no_promise in body
    assert earned.p10 < earned.p50 < earned.p90
    for amount in (earned.p10, earned.p50, earned.p90, *(m.earned.p90 for m in found.months)):
        assert formats.number(amount) in body
    assert all(formats.month(m.period.start) in body for m in found.months)
    assert not made.attachments
    assert made.sha256 == store.read(draft_forecast_mail, found, tmp_path / "out").sha256


def test_it_goes_through_the_gate(store: Store, found: Forecast, tmp_path: Path) -> None:
    other = store.read(fact, "partner", "P2")
    with pytest.raises(Refused, match="belongs to somebody else"):
        store.read(draft_forecast_mail, found, tmp_path / "out", text=f"Estimate\n\nLike {other.name}.")
    with pytest.raises(Refused, match="nobody of"):
        store.read(draft_forecast_mail, found, tmp_path / "out", to=["dora@second.example"])
    assert not [*(tmp_path / "out").glob("*.eml")]


def test_the_command_draws_keeps_and_drafts(store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store.close()
    book, days = str(tmp_path / "my.partnerdesk"), ["--as-of", DAY.isoformat(), "--scenarios", "20"]
    assert main(["mail", "forecast", "P1", "--book", book, *days, "--out", str(tmp_path), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert text(Path(told["path"]))[0] == told["subject"]
    assert main(["forecast", "--book", book, "--record", "--partner", "P1", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["records"]["P1"]["kept"] == 1


def test_the_range_that_a_pack_shows_is_kept_and_scored_like_any_other(store: Store, tmp_path: Path) -> None:
    shown = store.read(pack_to_print, "P1", "2026Q2", DAY).pack
    assert isinstance(shown, PackData) and shown.outlook and shown.outlook.fan
    pack = store.read(export_pack, "P1", "2026Q2", DAY, tmp_path / "out")
    mail = store.read(draft_review_mail, "P1", "2026Q2", DAY, tmp_path / "out")
    (said,) = {one.said for made in (pack, mail) for one in made.outgoing}
    told = read_back(said)
    bands = [(q.period.label, q.band.p10, q.band.p50, q.band.p90) for q in shown.outlook.fan.ahead]
    assert [(q.period.label, q.earned.p10, q.earned.p50, q.earned.p90) for q in told.quarters] == bands
    assert [m.period.start.month for m in told.months] == [7, 8, 9, 10, 11, 12]
    assert sum(m.earned.mean for m in told.months) == pytest.approx(sum(q.earned.mean for q in told.quarters))
    assert {o.id for o in told.odds} >= {"D7", "D8", "D9"} and told.scenarios == shown.outlook.fan.futures
    for made in (pack, mail):
        store.keep(note_outgoing, made.outgoing, on=DAY, by="me", at="2026-06-30T08:00:00Z")
    assert store.read(forecast_record, "P1").kept == 1
    later = replace(pack, said=said.replace(DAY.isoformat(), "2026-07-31"))
    store.keep(note_outgoing, later.outgoing, on=DAY, by="me", at="2026-06-30T08:00:00Z")
    assert store.read(forecast_record, "P1").kept == 1, "of a day that is still to come more will be known"
