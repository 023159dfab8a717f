"""Companies and people: which account is a partner, and who a person is when the name comes in two columns."""

from partnerdesk.intake.rows import Rows
from partnerdesk.intake.values import meaning

PARTNER, CUSTOMER = "partner", "customer"
_OF_PARTNER = ("name", "type", "legal_name", "tax_id", "country", "city", "region", "segment", "parent", "owner")
_OF_CUSTOMER = ("name", "type", "legal_name", "country", "city", "segment", "industry")


def is_partner(account_type: str) -> bool:
    """Whether a company of this type is a partner; a "Customer - Channel" is a customer."""
    if meaning("account_type", account_type) == CUSTOMER:
        return False
    from partnerdesk.intake.lexicon import squash

    word = squash(account_type)
    if any(part in word for part in ("customer", "client", "kunde")):
        return False
    return meaning("account_type", account_type) == PARTNER


def account(rows: Rows) -> tuple[Rows, Rows]:
    """Accounts as partners and as customers, by their type or as the user chose."""
    chosen = rows.findings.choices.get("accounts", "")
    types = rows.get("type", "")
    partners = {text: chosen == PARTNER or (chosen != CUSTOMER and is_partner(text)) for text in set(types)}
    if not any(partners.values()) and not chosen:
        rows.findings.note("No account says that it is a partner; all are taken as customers.")
    return (
        _some(rows, PARTNER, [i for i, t in enumerate(types) if partners[t]], (*_OF_PARTNER, "joined", "status")),
        _some(rows, CUSTOMER, [i for i, t in enumerate(types) if not partners[t]], _OF_CUSTOMER),
    )


def _some(rows: Rows, kind: str, members: list[int], names: tuple[str, ...]) -> Rows:
    kept = ("key", *names)
    fields = {}
    for name, column in rows.fields.items():
        if name.removesuffix(".name") in kept or name.startswith("attributes."):
            fields[name] = [column[i] for i in members]
    some = Rows(kind, rows.table, rows.findings, rows.context, [rows.rows[i] for i in members], fields)
    some.columns, some.by = dict(rows.columns), dict(rows.by)
    return some


def partner(rows: Rows) -> None:
    """A status of its own where the file gives none: a partner that is described is active."""
    if rows.has("status"):
        rows.each("status", lambda text: text.casefold() or "active")


def person(rows: Rows) -> None:
    """One name from two columns."""
    _one_name(rows, "name")


def certification(rows: Rows) -> None:
    """The holder's name, and only what was passed."""
    _one_name(rows, "person")
    emails = rows.take("email", "")
    if rows.has("person") or any(emails):
        people = rows.get("person", "")
        rows.fields["person"] = [p or e for p, e in zip(people, emails, strict=True)]
    for i, status in enumerate(rows.take("status", "")):
        if status and meaning("done", status) != "yes":
            rows.ignore(i, f"status “{status}”: not passed")


def _one_name(rows: Rows, name: str) -> None:
    firsts, lasts = rows.take("first_name", ""), rows.take("last_name", "")
    if not any(firsts) and not any(lasts):
        return
    whole = rows.get(name, "")
    joined = [w or f"{f} {x}".strip() for w, f, x in zip(whole, firsts, lasts, strict=True)]
    rows.fields[name] = joined
    for part in ("last_name", "first_name"):
        if part in rows.columns:
            rows.columns.setdefault(name, rows.columns[part])
