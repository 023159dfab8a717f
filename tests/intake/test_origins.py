"""Where a file comes from and what its columns become: vendors' exports, other languages, anybody's spreadsheet."""

import pytest

from partnerdesk.intake import lexicon, mapping, origins, table
from partnerdesk.intake.characters import Decoded
from partnerdesk.intake.delimited import read
from partnerdesk.intake.limits import WINDOW
from partnerdesk.intake.mapping import Mapped
from partnerdesk.intake.targets import kinds, target, targets


def mapped(headers: str, name: str = "export.csv", **choices: str) -> tuple[Mapped, dict[str, str]]:
    """The mapping of a file with these headers, and what each header becomes."""
    sign = ";" if ";" in headers else ","
    width = headers.count(sign) + 1
    rows = "".join(sign.join(f"{c}{i}" for i in range(width)) + "\n" for c in "xyz")
    found = table.table(
        read(Decoded(f"{headers}\n{rows}", "utf-8", True), name, "", WINDOW), {}, origins.known_headers()
    )
    columns = mapping.guess(found, choices)
    return columns, {found.headers[u.column]: u.target for u in columns.uses if u.target}


VENDORS = {
    "salesforce": (
        "Id,IsDeleted,AccountId,Name,StageName,Amount,Probability,CloseDate,Type,IsClosed,IsWon,OwnerId,CreatedDate",
        "deal",
        {"Id": "deal.key", "AccountId": "deal.account", "CloseDate": "deal.close", "IsWon": "deal.is_won"},
    ),
    "salesforce accounts": (
        "Id,Name,Type,ParentId,BillingCity,BillingState,BillingCountry,Industry,AnnualRevenue,NumberOfEmployees",
        "account",
        {"Id": "account.key", "Type": "account.type", "BillingCity": "account.city"},
    ),
    "salesforce history": (
        "Id,OpportunityId,CreatedDate,StageName,Amount,ForecastCategory",
        "stage_change",
        {"OpportunityId": "stage_change.deal", "CreatedDate": "stage_change.day"},
    ),
    "salesforce report": (
        (
            "Opportunity Owner,Account Name,Opportunity Name,Stage,Fiscal Period,Amount,"
            "Expected Revenue,Probability (%),"
            "Age,Close Date,Created Date,Next Step,Lead Source,Type,Owner Role"
        ),
        "deal",
        {"Account Name": "deal.account", "Opportunity Owner": "deal.owner", "Amount": "deal.amount"},
    ),
    "dynamics": (
        (
            "(Do Not Modify) Opportunity,(Do Not Modify) Row Checksum,(Do Not Modify) Modified On,Topic,"
            "Potential Customer,Status,Est. revenue,Est. close date,Actual Revenue,Actual Close Date,"
            "Probability,Owner,Created On,Currency"
        ),
        "deal",
        {"(Do Not Modify) Opportunity": "deal.key", "Topic": "deal.name", "Est. revenue": "deal.amount"},
    ),
    "hubspot": (
        (
            "Record ID,Deal Name,Pipeline,Deal Stage,Amount,Amount in company currency,Currency,Close Date,Create Date,"
            "Deal owner,Deal Type,Associated Company IDs (Primary),Associated Company (Primary)"
        ),
        "deal",
        {"Record ID": "deal.key", "Amount": "deal.amount", "Associated Company IDs (Primary)": "deal.account"},
    ),
    "hubspot in Spanish": (
        (
            "ID de registro,Nombre del negocio,Etapa del negocio,Importe,Fecha de cierre,"
            "Associated Company IDs (Primary),"
            "Associated Company (Primary)"
        ),
        "deal",
        {"ID de registro": "deal.key", "Etapa del negocio": "deal.stage", "Importe": "deal.amount"},
    ),
    "hubspot companies": (
        (
            "Record ID,Company name,Company Domain Name,Company owner,Industry,City,Country/Region,Number of Employees,"
            "Lifecycle Stage"
        ),
        "account",
        {"Record ID": "account.key", "Company name": "account.name", "Country/Region": "account.country"},
    ),
    "zoho": (
        "Record Id,Deal Owner.id,Deal Owner,Deal Name,Amount,Stage,Closing Date,Account Name.id,Account Name",
        "deal",
        {"Deal Owner.id": "deal.owner", "Deal Owner": "deal.owner.name", "Account Name.id": "deal.account"},
    ),
    "pipedrive": (
        (
            "Deal - ID,Deal - Title,Deal - Value,Deal - Currency of Value,Deal - Organization,"
            "Deal - Stage,Deal - Status,"
            "Deal - Won time,Deal - Lost time,Deal - Expected close date"
        ),
        "deal",
        {"Deal - Title": "deal.name", "Deal - Value": "deal.amount", "Deal - Lost time": "deal.lost_on"},
    ),
    "stripe": (
        (
            "id,Customer ID,Customer Name,Plan,Quantity,Currency,Interval,Amount,Status,Start (UTC),"
            "Current Period End (UTC),Canceled At (UTC),partner (metadata)"
        ),
        "contract",
        {"Customer ID": "contract.customer", "partner (metadata)": "contract.partner", "Amount": "contract.amount"},
    ),
    "chargebee": (
        "id,customer_id,status,activated_at,cancelled_at,cancel_reason_code,current_term_start,current_term_end",
        "contract",
        {"customer_id": "contract.customer", "current_term_end": "contract.end"},
    ),
    "recurly": (
        (
            "uuid,account_code,state,plan_code,quantity,unit_amount,currency,current_period_started_at,"
            "current_period_ends_at,auto_renew,expiration_reason"
        ),
        "contract",
        {"uuid": "contract.key", "account_code": "contract.customer", "unit_amount": "contract.amount"},
    ),
    "zuora": (
        (
            "name,account_name,status,term_type,initial_term,term_start_date,term_end_date,contract_effective_date,"
            "is_latest_version,mrr"
        ),
        "contract",
        {"name": "contract.key", "term_end_date": "contract.end", "mrr": "contract.mrr"},
    ),
    "partner center": (
        (
            "TrainingActivityId,TrainingTitle,TrainingType,IndividualFirstName,IndividualLastName,Email,"
            "TrainingCompletionDate,Month,MPNId,PartnerName"
        ),
        "certification",
        {"MPNId": "certification.partner", "IndividualLastName": "certification.last_name"},
    ),
    "qualtrics": (
        "StartDate,EndDate,Status,IPAddress,Progress,Duration (in seconds),Finished,RecordedDate,ResponseId",
        "survey",
        {"ResponseId": "survey.key", "RecordedDate": "survey.day"},
    ),
}


@pytest.mark.parametrize("name", VENDORS)
def test_an_export_is_known_by_its_signature(name: str) -> None:
    headers, kind, wanted = VENDORS[name]
    columns, found = mapped(headers)
    assert columns.origin == name.split(" ")[0] if "partner" not in name else columns.origin == "partner_center"
    assert columns.kind == kind
    assert {h: found.get(h) for h in wanted} == wanted


@pytest.mark.parametrize("name", VENDORS)
def test_a_layout_is_a_hint_and_no_condition(name: str) -> None:
    """Columns in another order, one missing, an own one added: still the same origin and targets."""
    headers, kind, wanted = VENDORS[name]
    cut = list(reversed(headers.split(",")))
    gone = next(h for h in cut if h not in wanted)
    columns, found = mapped(",".join([h for h in cut if h != gone] + ["Region Lead Comment"]))
    assert columns.kind == kind
    assert {h: found.get(h) for h in wanted} == wanted


PLAIN = {
    "Account,End customer,Opp ID,Closed,Net value,Curr.,Type,Tier mult": (
        "deal",
        {
            "Account": "deal.partner",
            "End customer": "deal.customer",
            "Opp ID": "deal.key",
            "Closed": "deal.closed",
            "Net value": "deal.amount",
            "Curr.": "deal.currency",
            "Type": "deal.kind",
        },
    ),
    "Partner-Nr.;Partnername;Land;Ort;Währung;Betreuer": (
        "partner",
        {"Partner-Nr.": "partner.key", "Partnername": "partner.name", "Land": "partner.country"},
    ),
    "Opportunité;Compte;Montant;Date de clôture;Étape;Propriétaire": (
        "deal",
        {"Opportunité": "deal.name", "Compte": "deal.account", "Montant": "deal.amount", "Étape": "deal.stage"},
    ),
    "Rechnungsnummer;Rechnungsdatum;Kunde;Partner;Nettobetrag;Währung": (
        "transaction",
        {"Rechnungsnummer": "transaction.number", "Nettobetrag": "transaction.amount", "Kunde": "transaction.customer"},
    ),
    "Contract number,Partner,Customer,Start date,End date,ARR,Currency,Status": (
        "contract",
        {"Contract number": "contract.key", "ARR": "contract.recurring", "End date": "contract.end"},
    ),
    "Contract ID,Customer,Renewal date,Annual value,Likelihood to renew": (
        "contract",
        {"Renewal date": "contract.end", "Likelihood to renew": "contract.probability"},
    ),
    "Name,Email,Company,Certification,Completion Date,Expiry Date": (
        "certification",
        {"Name": "certification.person", "Company": "certification.partner", "Expiry Date": "certification.expires"},
    ),
    "Date,Customer,Partner,Score,Comment": ("survey", {"Score": "survey.score", "Date": "survey.day"}),
    "Ticket ID,Subject,Priority,Created,Resolved,Company": (
        "case",
        {"Priority": "case.severity", "Resolved": "case.closed"},
    ),
    "Project,Partner,Customer,Planned go-live,Go-live,Kickoff": ("deployment", {"Go-live": "deployment.live"}),
    "Partner,Fund,Type,Date,Amount,Currency": ("fund_entry", {"Fund": "fund_entry.fund", "Type": "fund_entry.kind"}),
    "Partner,Quarter,Target": ("target", {"Quarter": "target.quarter", "Target": "target.amount"}),
    "Date,From currency,To currency,Rate": ("exchange_rate", {"From currency": "exchange_rate.base"}),
    "Order ID,Order Date,Customer ID,Customer Name,Product ID,Product Name,Sales,Quantity": (
        "deal_line",
        {"Order ID": "deal_line.deal", "Customer Name": "deal_line.customer.name", "Sales": "deal_line.amount"},
    ),
    "InvoiceNo,StockCode,Quantity,InvoiceDate,UnitPrice,CustomerID": (
        "transaction",
        {"InvoiceDate": "transaction.day"},
    ),
    "account,sector,year_established,revenue,employees,office_location,subsidiary_of": (
        "account",
        {"account": "account.name", "sector": "account.industry", "subsidiary_of": "account.parent"},
    ),
    "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value": (
        "deal",
        {"close_value": "deal.amount", "sales_agent": "deal.owner", "engage_date": "deal.created"},
    ),
}


@pytest.mark.parametrize("headers", PLAIN)
def test_anybodys_spreadsheet_is_understood_by_its_words(headers: str) -> None:
    kind, wanted = PLAIN[headers]
    columns, found = mapped(headers)
    assert columns.kind == kind
    assert {h: found.get(h) for h in wanted} == wanted


@pytest.mark.parametrize("kind", [k for k in kinds() if k != "account"])
def test_our_own_field_names_are_always_understood(kind: str) -> None:
    """A file whose columns are the field names of a kind, as `evaluate` reads them."""
    own = [f for f, t in targets(kind).items() if t.kind == kind and f != "key" and target(f"{kind}.{f}")][:14]
    columns, found = mapped(",".join(["id", *own]), f"{kind}.csv", kind=kind)
    assert columns.kind == kind
    assert [found.get(h) for h in ("id", *own)] == [f"{kind}.key", *[f"{kind}.{f}" for f in own]]


def test_nothing_is_made_up_where_no_word_is_known() -> None:
    columns, found = mapped("Foo,Bar,Baz")
    assert (columns.kind, found) == ("", {})


def test_a_choice_wins_over_any_guess() -> None:
    _, found = mapped("Deal ID,Amount,Net value,Stage", **{"column:Net value": "deal.amount", "column:Amount": ""})
    assert (found["Net value"], found.get("Amount")) == ("deal.amount", None)
    columns, _ = mapped("Id,StageName,CloseDate,IsWon,AccountId", origin="plain")
    assert columns.origin == "plain"


def test_headers_are_compared_without_case_accents_and_signs() -> None:
    assert {lexicon.squash(h) for h in ("Close Date", "close_date", "CLOSE-DATE", "Closé  Date")} == {"closedate"}


@pytest.mark.parametrize("layout", origins.layouts(), ids=lambda layout: f"{layout.origin} {layout.title}")
def test_every_layout_maps_to_fields_that_exist(layout: origins.Layout) -> None:
    assert layout.kind in kinds()
    assert 1 <= layout.need <= len(layout.signature)
    for header, (name, reading) in layout.columns.items():
        assert not name or target(name) is not None, (header, name)
        assert reading in ("", "sfid", "percent", "month", "until", "unix", "employee", "email", "name", "any"), reading
    for name in layout.constants or {}:
        assert target(name) is not None
    assert layout.sure <= layout.signature
    for field in (*layout.key, *layout.required):
        assert field in targets(layout.kind)
