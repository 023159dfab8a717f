"""What one does on the Funds page: each step asks for what it needs and runs as one undo step."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from partnerdesk.ui.dialogs.fund_step import AMOUNT, DAY, Field, StepDialog

if TYPE_CHECKING:
    from partnerdesk.ops.funds.steps import BeyondFund
    from partnerdesk.queries.funds.accounts import FundRow, FundsView, RequestRow
    from partnerdesk.queries.funds.benefits import BenefitRow
    from partnerdesk.ui.screens.base import Screen

# The steps that follow each state of a request: (key, words in the menu).
FOLLOWING: dict[str, tuple[tuple[str, str], ...]] = {
    "requested": (("approve", "Approve…"), ("deny", "Deny…")),
    "approved": (("claim", "Record claim…"), ("release", "Release what is not needed…")),
    "claimed": (("prove", "Attach proof…"), ("release", "Release what is not needed…")),
    "proven": (("reimburse", "Reimburse…"), ("release", "Release what is not needed…")),
    "denied": (("approve", "Approve after all…"),),
    "lapsed": (("approve", "Approve anew…"),),
    "paid": (),
}


class Steps:
    """Asks and runs; `screen` says what fails."""

    def __init__(self, screen: "Screen") -> None:
        self._screen = screen

    def _ask(self, title: str, words: str, verb: str, fields: Sequence[Field], then: Callable[..., object]) -> None:
        desk = self._screen.desk
        StepDialog(self._screen.window(), title, words, verb, fields, desk.today(), desk.formats, then).open()

    def _run(self, label: str, op: Callable[..., Any], *given: Any, toast: str, **values: Any) -> None:
        self._screen.run(label, op, *given, by=self._screen.desk.user, toast=toast, **values)

    def allocate(self, view: "FundsView", row: "FundRow | None" = None) -> None:
        """Money into a fund by hand."""
        from partnerdesk.ops.funds.steps import allocate

        def put(values: dict[str, Any]) -> None:
            partner, fund, money = _taken(values)
            self._run("Allocate fund money", allocate, partner, fund, money, toast="Money allocated", **values)

        fields = [
            *_whose(view, row.partner if row else "", row.key if row else ""),
            Field("amount", "Amount", "In the fund's currency; below zero takes back", AMOUNT, True),
            Field("expires", "Expires", "Last day; may be left out", DAY),
            Field("project", "For", "The joint project, if it is for one"),
            Field("approver", "Approved by", "A name", value=self._screen.desk.user),
        ]
        self._ask("Allocate fund money", "A ledger of its own: no part of a payout.", "Allocate", fields, put)

    def request(self, view: "FundsView", partner: str = "") -> None:
        """A request for a joint project."""
        from partnerdesk.ops.funds.steps import BeyondFund, request_money

        def open_(values: dict[str, Any]) -> None:
            given = _taken(values)

            def record(**how: Any) -> None:
                self._run("Request fund money", request_money, *given, toast="Request recorded", **values, **how)

            def failed(error: Exception) -> None:
                if isinstance(error, BeyondFund):
                    self._confirm_beyond(error, lambda: record(anyway=True))
                else:
                    self._screen.show_error(error)

            record(failed=failed)

        fields = [
            *_whose(view, partner, ""),
            Field("project", "Joint project", "What the money is for", needed=True),
            Field("amount", "Amount", "In the fund's currency", AMOUNT, True),
        ]
        self._ask("New request", "", "Add request", fields, open_)

    def _confirm_beyond(self, beyond: "BeyondFund", then: Callable[[], object]) -> None:
        """A request for more than there is may be a slip of the keyboard, or wait for money that is still to come."""
        from partnerdesk.ui.dialogs.confirm import ConfirmDialog

        words = f"{beyond.sentence} It cannot be approved like this until more is allocated."
        title = "Record a request for more than there is?"
        ConfirmDialog(self._screen.window(), title, words, "Record all the same", then).open()

    def take(self, key: str, row: "RequestRow") -> None:
        """A step of a request."""
        getattr(self, f"_{key}")(row)

    def _approve(self, row: "RequestRow") -> None:
        from partnerdesk.ops.funds.steps import decide

        def approve(values: dict[str, Any]) -> None:
            money = _money(values)
            self._run(f"Approve {row.id}", decide, row.id, "approve", money, toast="Approved", **values)

        fields = [
            Field("amount", f"Amount, {row.currency}", self._shown(row.requested), AMOUNT),
            Field("approver", "Approved by", "A name", needed=True, value=self._screen.desk.user),
            Field("due", "To be claimed by", "By the program's time if left out", DAY),
        ]
        self._ask(f"Approve {row.id}", self._about(row), "Approve", fields, approve)

    def _deny(self, row: "RequestRow") -> None:
        from partnerdesk.ops.funds.steps import Money, decide

        def deny(values: dict[str, Any]) -> None:
            none = Money(amount=None)
            self._run(f"Deny {row.id}", decide, row.id, "deny", none, toast="Denied", **values)

        fields = [Field("approver", "Decided by", "A name", needed=True, value=self._screen.desk.user)]
        self._ask(f"Deny {row.id}", self._about(row), "Deny", fields, deny)

    def _claim(self, row: "RequestRow") -> None:
        from partnerdesk.ops.funds.steps import claim

        def put(values: dict[str, Any]) -> None:
            money = _money(values)
            self._run(f"Claim of {row.id}", claim, row.id, money, toast="Claim recorded", **values)

        fields = [
            Field("amount", f"Claimed, {row.currency}", f"At most {self._shown(row.approved)}", AMOUNT),
            Field("cost", "Cost of the activity", "Its share is worked out by the program", AMOUNT),
            Field("evidence", "Proof", "Where it lies, if it came with the claim"),
        ]
        self._ask(f"Claim of {row.id}", self._about(row), "Record claim", fields, put)

    def _prove(self, row: "RequestRow") -> None:
        from partnerdesk.ops.funds.steps import prove

        def put(values: dict[str, Any]) -> None:
            evidence = values.pop("evidence")
            self._run(f"Proof of {row.id}", prove, row.id, evidence, toast="Proof recorded", **values)

        fields = [
            Field("evidence", "Proof", "Where it lies", needed=True),
            Field("result", "Result", "What came of it: leads, deals, people"),
        ]
        self._ask(f"Proof of {row.id}", self._about(row), "Attach proof", fields, put)

    def _reimburse(self, row: "RequestRow") -> None:
        from partnerdesk.ops.funds.steps import reimburse

        def pay(values: dict[str, Any]) -> None:
            money = _money(values)
            self._run(f"Reimburse {row.id}", reimburse, row.id, money, toast="Reimbursed", **values)

        fields = [
            Field("amount", f"Amount, {row.currency}", self._shown(row.claimed), AMOUNT),
            Field("approver", "Approved by", "A name", needed=True, value=self._screen.desk.user),
            Field("result", "Result", "What came of it", value=row.result),
        ]
        self._ask(f"Reimburse {row.id}", self._about(row), "Reimburse", fields, pay)

    def _release(self, row: "RequestRow") -> None:
        from partnerdesk.ops.funds.steps import release

        def give(values: dict[str, Any]) -> None:
            self._run(f"Release {row.id}", release, row.id, _money(values), toast="Released", **values)

        hint = self._shown(row.approved + row.claimed)
        fields = [Field("amount", f"Amount, {row.currency}", hint, AMOUNT)]
        self._ask(f"Release {row.id}", self._about(row), "Release", fields, give)

    def expire(self, row: "FundRow") -> None:
        """What was not used is lost."""
        from partnerdesk.ops.funds.steps import expire

        def lose(values: dict[str, Any]) -> None:
            money = _money(values)
            self._run("Expire fund money", expire, row.partner, row.key, money, toast="Expired", **values)

        fields = [Field("amount", f"Amount, {row.currency}", f"At most {self._shown(row.available)}", AMOUNT, True)]
        self._ask(f"Expire money of {row.says}", row.partner_name, "Expire", fields, lose)

    def deliver(self, row: "BenefitRow") -> None:
        """A benefit was delivered."""
        from partnerdesk.ops.funds.delivering import deliver

        def done(values: dict[str, Any]) -> None:
            key = row.benefit.key
            self._run(f"Deliver {row.benefit.says}", deliver, row.partner, key, toast="Delivery recorded", **values)

        fields = [Field("evidence", "Evidence", "What shows it")]
        self._ask(f"{row.benefit.says} was delivered", row.partner_name, "Record delivery", fields, done)

    def _shown(self, amount: Decimal) -> str:
        return self._screen.desk.formats.accounting(amount)

    def _about(self, row: "RequestRow") -> str:
        said = f"{row.partner_name}: {row.project or row.activity or row.fund_says}"
        return f"{said}, {self._shown(row.requested)} {row.currency} requested from {row.fund_says}."


def _whose(view: "FundsView", partner: str, fund: str) -> list[Field]:
    """The partner and the fund; where the book has none, the first one is named."""
    names = view.names or ((fund, fund),)
    return [
        Field("partner", "Partner", value=partner, choices=view.partners),
        Field("fund", "Fund", choices=names, value=fund)
        if view.names
        else Field("fund", "Fund", "Its name", needed=True),
    ]


def _taken(values: dict[str, Any]) -> tuple[str, str, Any]:
    """Partner, fund and money out of the values; the others stay."""
    return str(values.pop("partner")), str(values.pop("fund")), _money(values)


def _money(values: dict[str, Any]) -> Any:
    from partnerdesk.ops.funds.steps import Money

    return Money(amount=values.pop("amount"))
