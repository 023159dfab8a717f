"""Account statements in the formats of banks, read as the tables that they are: SWIFT MT940, and the XML of ISO 20022
(camt.052, 053 and 054).

Each entry is a row; an entry that tells several transfers apart with their amounts is a row for each. What left the
account is its debit. A row whose counterparty the bank does not name says what the bank wrote instead.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from partnerdesk.errors import Refused

HEADER = (
    *("Payment id", "Booking date", "Value date", "Payee", "Paid out", "Paid in", "Currency"),
    *("End to end id", "Reference", "Bank reference", "IBAN"),
)
_MT_LINE = re.compile(r"(\d{6})(\d{4})?(R?[CD]|E[CD])[A-Z]?(\d+,\d*)([NFS][A-Z0-9]{3})([^\n/]*)(?://([^\n]*))?")
_SUBFIELD = re.compile(r"\?(\d\d)")
_SLASHED = re.compile(r"/(EREF|REMI|NAME|IBAN|TRTP|CSID|MARF|BENM|ORDP|CNTP|BIC|PREF|ADDR|ID|PURP|RTRN|ISDT)(?=/)")
_KEYED = re.compile(r"(?:EREF|KREF|MREF|CRED|DEBT|SVWZ|ABWA|ABWE|IBAN|BIC)\+")
_TAG = re.compile(r"^:(\d\d[A-Z]?):", re.MULTILINE)
_NOTHING = frozenset(("NONREF", "NOTPROVIDED"))


@dataclass(frozen=True, slots=True)
class Entry:
    """One movement of an account; `is_out` where it left the account, days as they stand in an ISO day."""

    line: int
    booked: str
    valued: str
    amount: str
    currency: str
    is_out: bool
    name: str = ""
    item: str = ""  # the reference that the payer gave it
    text: str = ""
    reference: str = ""
    account: str = ""

    def cells(self, number: int) -> list[str]:
        """Its row under `HEADER`; `number` tells it apart from the same on the same day, in each file alike."""
        debit, credit = (self.amount, "") if self.is_out else ("", self.amount)
        item = "" if self.item in _NOTHING else self.item
        named = self.name or self.text or self.reference
        days = (self.booked or self.valued, self.valued or self.booked)
        key = " ".join(
            filter(None, (days[1], self.amount, self.reference or item or named, f"#{number}" * (number > 1)))
        )
        return [key, *days, named, debit, credit, self.currency, item, self.text, self.reference, self.account]


def entries_of(text: str, file: str) -> list[Entry] | None:
    """The entries of a statement; None where the text is no statement of a bank. Raises Refused for one without any."""
    head = text[:4000].lstrip("\ufeff \t\r\n")
    reads: Callable[[str], list[Entry]]
    if head.startswith(("<?xml", "<Document", "<document", "<ns")) and re.search(r"camt\.05[234]\.", head):
        reads = _camt
    elif re.search(r"^:20:", head, re.MULTILINE) and re.search(r"^:60[FM]:", head, re.MULTILINE):
        reads = _mt940
    else:
        return None
    if found := reads(text):
        return found
    raise Refused(f"{file} is an account statement without an entry.", "Choose one of a longer time.")


def rows_of(entries: Sequence[Entry]) -> list[list[str]]:
    """The header and a row for each entry."""
    seen: Counter[tuple[str, ...]] = Counter()
    rows = [list(HEADER)]
    for entry in entries:
        seen[same := tuple(entry.cells(1))] += 1
        rows.append(entry.cells(seen[same]))
    return rows


def _mt940(text: str) -> list[Entry]:
    """SWIFT MT940: `:61:` is an entry, the `:86:` after it what the bank tells of it."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    tags = list(_TAG.finditer(lines))
    found: list[Entry] = []
    currency = ""
    for tag, following in zip(tags, [*tags[1:], None], strict=True):
        body = lines[tag.end() : following.start() if following else len(lines)].strip("\n")
        if tag[1] in ("60F", "60M"):
            currency = body[7:10]
        elif tag[1] == "61" and (match := _MT_LINE.match(body)):
            found.append(_mt_entry(match, lines.count("\n", 0, tag.start()) + 1, currency))
        elif tag[1] == "86" and found and not found[-1].name and not found[-1].text:
            found[-1] = _told(found[-1], "".join(body.split("\n-")[0].split("\n")))
    return found


def _mt_entry(match: "re.Match[str]", line: int, currency: str) -> Entry:
    valued, booked, sign, amount, _, own, banks = match.groups()
    day = _day(valued)
    is_out = sign in ("D", "RC", "ED")
    booked_on = f"{_year(day, booked)}-{booked[:2]}-{booked[2:]}" if booked else day
    item = own.strip()
    return Entry(line, booked_on, day, amount.rstrip(","), currency, is_out, item=item, reference=(banks or "").strip())


def _day(text: str) -> str:
    return f"20{text[:2]}-{text[2:4]}-{text[4:6]}"


def _year(valued: str, booked: str) -> int:
    """The year of a booking day, which has none: the one in which it is nearest to the value day."""
    apart = int(booked[:2]) - int(valued[5:7])
    return int(valued[:4]) + (1 if apart < -6 else -1 if apart > 6 else 0)


def _told(entry: Entry, body: str) -> Entry:
    """What `:86:` tells: numbered parts as German banks write them, words between strokes as Dutch ones, or a text."""
    parts = _parts(_SUBFIELD.split(body))
    if parts:
        text = "".join(parts.get(f"{n}", "") for n in (*range(20, 30), *range(60, 64)))
        name, account = f"{parts.get('32', '')}{parts.get('33', '')}", parts.get("31", "")
        item = _after(text, "EREF+")
        text = _after(text, "SVWZ+") if _KEYED.search(text) else text
    else:
        slashed = _parts(_SLASHED.split(body))
        name, account, item = (slashed.get(key, "").strip("/") for key in ("NAME", "IBAN", "EREF"))
        text = slashed.get("REMI", "").removeprefix("/USTD//").strip("/") if slashed else body
    return Entry(
        *(entry.line, entry.booked, entry.valued, entry.amount, entry.currency, entry.is_out, name.strip()),
        *(item.strip() or entry.item, text.strip(), entry.reference, account.strip()),
    )


def _parts(split: Sequence[str]) -> dict[str, str]:
    """Key -> text of a body that was split at its keys; the first of a key counts."""
    found: dict[str, str] = {}
    for key, text in zip(split[1::2], split[2::2], strict=True):
        found.setdefault(key, text)
    return found


def _after(text: str, key: str) -> str:
    """What stands behind a key, up to the next one."""
    rest = text.partition(key)[2]
    return _KEYED.split(rest)[0].strip()


@dataclass(slots=True)
class _Node:
    """An element: its children by name in order, and its own text."""

    name: str
    line: int
    currency: str = ""
    text: str = ""
    children: list["_Node"] = field(default_factory=list)

    def all(self, *path: str) -> Iterator["_Node"]:
        """The elements at a path below."""
        for child in self.children if path else ():
            if child.name == path[0]:
                yield from child.all(*path[1:]) if len(path) > 1 else (child,)

    def first(self, *paths: str) -> "_Node | None":
        """The first element at one of several paths, written with strokes."""
        return next((node for path in paths for node in self.all(*path.split("/"))), None)

    def said(self, *paths: str) -> str:
        """Its text; empty where there is none."""
        return next((text for path in paths for node in self.all(*path.split("/")) if (text := node.text.strip())), "")


def _camt(text: str) -> list[Entry]:
    root = _tree(text)
    statements = [n for kind in ("Stmt", "Rpt", "Ntfctn") for message in root.children for n in message.all(kind)]
    return [entry for one in statements for node in one.all("Ntry") for entry in _entries(node)]


def _entries(node: _Node) -> Iterator[Entry]:
    """An entry as a whole, or its transfers where each has an amount of its own."""
    if node.said("Sts", "Sts/Cd") in ("PDNG", "INFO"):
        return
    transfers = list(node.all("NtryDtls", "TxDtls"))
    amounts = [t.first("Amt", "AmtDtls/TxAmt/Amt") for t in transfers]
    if len(transfers) > 1 and all(amounts):
        yield from (_entry(node, t, a or node) for t, a in zip(transfers, amounts, strict=True))
    elif (amount := node.first("Amt")) is not None:
        yield _entry(node, transfers[0] if len(transfers) == 1 else _Node("", node.line), amount)


def _entry(node: _Node, transfer: _Node, amount: _Node) -> Entry:
    is_out = (transfer.said("CdtDbtInd") or node.said("CdtDbtInd")) == "DBIT"
    sides = ("Cdtr", "Dbtr") if is_out else ("Dbtr", "Cdtr")
    name = transfer.said(*(f"RltdPties/{side}/{way}" for side in sides for way in ("Nm", "Pty/Nm")))
    account = transfer.said(f"RltdPties/{sides[0]}Acct/Id/IBAN", f"RltdPties/{sides[0]}Acct/Id/Othr/Id")
    lines = [n.text.strip() for n in transfer.all("RmtInf", "Ustrd")]
    lines += [t for n in transfer.all("RmtInf", "Strd") if (t := n.said("CdtrRefInf/Ref"))]
    text = " ".join(lines) or transfer.said("AddtlTxInf") or node.said("AddtlNtryInf")
    booked, valued = (node.said(f"{day}/Dt", f"{day}/DtTm")[:10] for day in ("BookgDt", "ValDt"))
    item = transfer.said("Refs/EndToEndId") or transfer.said("Refs/InstrId")
    reference = transfer.said("Refs/AcctSvcrRef", "Refs/TxId") or node.said("AcctSvcrRef", "NtryRef")
    return Entry(
        *(node.line, booked, valued, amount.text.strip(), amount.currency, is_out, name, item, text, reference, account)
    )


def _tree(text: str) -> _Node:
    """The elements of a document without their namespaces. Raises Refused where it is none, or brings its own rules."""
    from xml.parsers import expat

    root = _Node("", 0)
    open_ = [root]
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True

    def start(name: str, attributes: dict[str, str]) -> None:
        node = _Node(name.rpartition("}")[2], parser.CurrentLineNumber, attributes.get("Ccy", ""))
        open_[-1].children.append(node)
        open_.append(node)

    def words(data: str) -> None:
        open_[-1].text += data

    def doctype(*_: object) -> None:
        raise Refused("The statement declares a document type, which no bank does.", "Export it from the bank again.")

    parser.StartElementHandler, parser.EndElementHandler = start, lambda _name: open_.pop()
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = words, doctype
    try:
        parser.Parse(re.sub(r"^\s*<\?xml[^>]*\?>", "", text.lstrip("\ufeff")).encode(), True)
    except expat.ExpatError as error:
        message = f"The statement is damaged: it breaks off or is no XML in line {error.lineno}."
        raise Refused(message, "Export it from the bank again.") from None
    return root.children[0]
