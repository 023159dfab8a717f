"""Forecasts that were shown or exported, kept as they were said, so that they can be scored when their months close.

They are no work of a person: showing one is no step of undo, and nothing takes one back. Only amounts, chances and
ids are kept, no names.
"""

from sqlalchemy import Column, Index, Integer, Table, Text, UniqueConstraint

from partnerdesk.models.base import NOT_JOURNALED, Day, freeze, metadata, of_our_making

WHOLE_BOOK = ""  # stands for the partner where a forecast is of all of them

kept_forecast = Table(
    "kept_forecast",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("partner", Text, nullable=False),
    Column("as_of", Day, nullable=False),
    Column("horizon", Day, nullable=False),
    Column("shown", Text, nullable=False),  # where: window, command, document
    Column("at", Text, nullable=False),  # UTC
    Column("content", Text, nullable=False),  # JSON, see `forecast.keeping`
    Column("sha256", Text, nullable=False),  # of the content
    UniqueConstraint("partner", "sha256"),
    info={**NOT_JOURNALED},
    sqlite_strict=True,
)
Index("ix_kept_forecast_partner", kept_forecast.c.partner, kept_forecast.c.as_of)
freeze(
    kept_forecast,
    "UPDATE DELETE",
    "1",
    "What was forecast stays as it was said.",
    "Make a new forecast; the record keeps both.",
)
# Figures and what they were shown in, no words.
of_our_making(kept_forecast, "shown at content sha256")
