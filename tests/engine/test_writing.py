"""Sentences have their numbers and days in the manner that holds around them, and in the usual one elsewhere."""

from datetime import date
from decimal import Decimal
from threading import Thread

from partnerdesk.engine.figures.reasons import amount_words, day_words, exact_words, percent_words, rule_amount
from partnerdesk.engine.figures.writing import written
from partnerdesk.engine.world.where_words import plain
from partnerdesk.reports.format import Formats

NUMBER = Decimal("-12345.675")


def said() -> list[str]:
    share = percent_words(Decimal("0.0755"))
    return [
        *(amount_words(NUMBER, "EUR"), amount_words(Decimal("1240"), "JPY"), rule_amount(Decimal("1000.5"), "EUR")),
        *(share, exact_words(Decimal("0.00060")), plain(Decimal("250000")), day_words(date(2026, 3, 5)), plain(True)),
    ]


USUAL = ["−12,345.68 EUR", "1,240 JPY", "1,000.50 EUR", "7.55\xa0%", "0.0006", "250,000", "5 Mar 2026", "yes"]
GERMAN = ["−12.345,68 EUR", "1.240 JPY", "1.000,50 EUR", "7,55\xa0%", "0,0006", "250.000", "05 Mar 2026", "yes"]


def test_the_manner_holds_inside_its_block_and_in_its_thread_only() -> None:
    elsewhere: list[str] = []
    assert said() == USUAL
    with written(Formats("de_DE", english=True)):
        assert said() == GERMAN
        other = Thread(target=lambda: elsewhere.extend(said()))
        other.start()
        other.join()
    assert said() == elsewhere == USUAL
