"""Text tables as they come from machines and hands, each with the sentence that a user reads about it."""

DEALS = "Deal ID,Partner,Closed,Amount,Currency\n"
GOOD = "D-1,Acme,2024-03-15,100.00,EUR\n"
ORDERS = (
    "SalesOrderNumber,OrderDate,ProductKey,ResellerKey,EmployeeKey,SalesTerritoryKey,Quantity,Unit Price,Sales,Cost\n"
)


def deals(*rows: str) -> str:
    """A table of deals with one good row first."""
    return DEALS + GOOD + "".join(f"{row}\n" for row in rows)


_NUMBER = "Correct the number or leave the cell empty."
_DATE = "Correct the date or leave the cell empty."
_RAGGED = "A separator or a quotation mark is missing, or there is one too many; correct the line."
_QUOTE = "Double the quotation mark inside the text or remove it."
_NEEDED = "Fill it in, or leave the row out."
_REEXPORT = "Export the file again and do not open it in a spreadsheet program before importing."


def _amount(text: str) -> str:
    return deals(f"D-2,Acme,2024-03-15,{text},EUR")


def _day(text: str) -> str:
    return deals(f"D-2,Acme,{text},100,EUR")


# name -> (file, the first problem)
PROBLEMS: dict[str, tuple[str, str]] = {
    "an underscore in a number": (_amount("1_000"), f"line 3, column Amount: “1_000” is not a number. {_NUMBER}"),
    "not a number": (_amount("NaN"), f"line 3, column Amount: “NaN” is not a number. {_NUMBER}"),
    "infinity": (_amount("Infinity"), f"line 3, column Amount: “Infinity” is not a number. {_NUMBER}"),
    "full-width digits": (_amount("１００"), f"line 3, column Amount: “１００” is not a number. {_NUMBER}"),
    "arabic digits": (_amount("٣٤"), f"line 3, column Amount: “٣٤” is not a number. {_NUMBER}"),
    "a word for a number": (_amount("tbd"), f"line 3, column Amount: “tbd” is not a number. {_NUMBER}"),
    "hexadecimal": (_amount("0x10"), f"line 3, column Amount: “0x10” is not a number. {_NUMBER}"),
    "two decimal marks": (_amount("1.2.3"), f"line 3, column Amount: “1.2.3” is not a number. {_NUMBER}"),
    "groups of a wrong length": (
        _amount('"1,23,4.00"'),
        f"line 3, column Amount: “1,23,4.00” is not a number. {_NUMBER}",
    ),
    "digits lost": (_amount("1.5E+17"), f"line 3, column Amount: “1.5E+17” is not a number. {_NUMBER}"),
    "an amount too large": (
        _amount("9999999999999999.00"),
        "line 3, column Amount: 9999999999999999 is too large for an amount. Correct the amount.",
    ),
    "finer than a cent": (
        _amount("10.005"),
        (
            "line 3, column Amount: 10.005 is finer than the smallest unit of EUR. "
            "Choose to round the column, or correct the amount."
        ),
    ),
    "no such day": (
        _day("2024-02-30"),
        f"line 3, column Closed: “2024-02-30” is not a day of the calendar. {_DATE}",
    ),
    "no such month": (
        _day("2024-13-01"),
        f"line 3, column Closed: “2024-13-01” is not a day of the calendar. {_DATE}",
    ),
    "the year 24": (
        _day("0024-03-02"),
        f"line 3, column Closed: “0024-03-02” is a day in the year 24, which cannot be meant. {_DATE}",
    ),
    "a month alone": (_day("Mar 2024"), f"line 3, column Closed: “Mar 2024” has no day. {_DATE}"),
    "a narrow column": (_day("########"), f"line 3, column Closed: “########” is not a date. {_DATE}"),
    "no currency": (
        deals("D-2,Acme,2024-03-15,100,Taler"),
        "line 3, column Currency: “Taler” is no currency. Write its code, such as EUR or USD.",
    ),
    "two currencies": (
        _amount("£100"),
        "line 3, column Amount: The amount says GBP, the currency column EUR. Correct one of them.",
    ),
    "a shortened identifier": (
        deals("1.21143E+15,Acme,2024-03-15,100,EUR"),
        "line 3, column Deal ID: “1.21143E+15” is an identifier that a spreadsheet shortened; its digits are lost. "
        + _REEXPORT,
    ),
    "no identifier": (
        deals(",Acme,2024-03-15,100,EUR"),
        "line 3, column Deal ID: The identifier is empty. Fill it in, or choose another column as the identifier.",
    ),
    "an identifier twice": (
        deals("D-1,Acme,2024-03-15,250,EUR"),
        (
            "line 3, column Deal ID: “D-1” stands in line 2 already, with other values. "
            "Correct the identifier of one of the rows."
        ),
    ),
    "a name twice": (
        "Partner,Country\nAcme,DE\nAcme,FR\n",
        (
            "line 3, column Partner: “Acme” stands in line 2 already, with other values. "
            "Add a column with an identifier, or choose one: a name does not tell them apart."
        ),
    ),
    "too few cells": (
        deals("D-2,Acme,2024-03-15"),
        f"line 3: The row has 3 cells where the header has 5. {_RAGGED}",
    ),
    "too many cells": (
        deals("D-2,Acme,2024-03-15,100,EUR,what"),
        f"line 3: The row has 6 cells where the header has 5. {_RAGGED}",
    ),
    "an open quotation mark": (
        deals('D-2,"Acme,2024-03-15,100,EUR', "D-3,Beta,2024-03-15,100,EUR"),
        f"line 3: A quotation mark opens a cell and does not close it properly. {_QUOTE}",
    ),
    "text behind a quotation mark": (
        deals('D-2,"Acme"s,2024-03-15,100,EUR'),
        f"line 3: A quotation mark opens a cell and does not close it properly. {_QUOTE}",
    ),
    "two stray quotation marks": (
        deals('D-2,"Acme,2024-03-15,1,EUR', *[f"D-{i},Beta,2024-03-15,1,EUR" for i in range(3, 9)], 'D-9,A",1,1,EUR'),
        f"line 3: A stray quotation mark makes one cell of the lines 3 to 10. {_QUOTE}",
    ),
    "a damaged character": (
        deals("D-2,Ac\ufffdme,2024-03-15,100,EUR"),
        f"line 3, column Partner: The text was damaged by a wrong encoding. {_REEXPORT}",
    ),
    "no reseller": (
        f"{ORDERS}SO1,2020-01-01,1,,2,3,1,5,5,1\n",
        f"line 2, column ResellerKey: “ResellerKey” is empty and is needed. {_NEEDED}",
    ),
    "no amount of a line": (
        f"{ORDERS}SO1,2020-01-01,1,7,2,3,1,5,,1\n",
        f"line 2, column Sales: “Sales” is empty and is needed. {_NEEDED}",
    ),
    "a share above all": (
        "Deal ID,Partner,Amount,Stage,Probability\nD-1,Acme,5,Talks,150\n",
        "line 2, column Probability: 150 is not from 0 to 100 %. Correct the share.",
    ),
    "neither yes nor no": (
        "Deal ID,Partner,Amount,Is Won,Close date\nD-1,Acme,5,perhaps,2024-01-01\n",
        "line 2, column Is Won: “perhaps” is neither yes nor no. Write yes or no.",
    ),
    "an unknown status": (
        "Deal ID,Partner,Amount,Status\nD-1,Acme,5,Frozen\n",
        "line 2, column Status: “Frozen” is no status that is known here. Say what it means, or correct the cell.",
    ),
    "won on no day": (
        "Deal ID,Partner,Amount,Status,Close date\nD-1,Acme,5,Won,\n",
        "line 2, column Close date: The deal is won, and no day says when it closed. Fill in the day.",
    ),
    "an end before the start": (
        "Contract number,Partner,Start date,End date,ARR\nC-1,Acme,2024-02-01,2023-01-31,5\n",
        (
            "line 2, column End date: “End date” (2023-01-31) is before “Start date” (2024-02-01). "
            "Correct one of the days."
        ),
    ),
    "an unknown interval": (
        "Contract number,Customer,Start date,Amount,Interval,Status\nC-1,Acme,2024-02-01,5,fortnight,active\n",
        "line 2, column Interval: “fortnight” is no billing interval. Write month, quarter or year.",
    ),
    "no period": (
        "Partner,Period,Target\nAcme,sometime,5\n",
        "line 2, column Period: “sometime” is no period. Write it like 2026Q3, 2026-09, FY2026 or FY2026M08.",
    ),
    "no year": (
        "Partner,Year,Jan,Feb,Mar\nAcme,,1,2,3\n",
        "line 2, column Year: The year of the months is not known. Add a column Year, or set the year.",
    ),
    "half of an assignment": (
        "EmployeeKey,SalesTerritoryKey\n1,\n",
        f"line 2, column SalesTerritoryKey: “SalesTerritoryKey” is empty and is needed. {_NEEDED}",
    ),
    "nobody knows what": (
        "Foo,Bar\nx,1\ny,2\n",
        "It is not known what the rows of this file are. Say what the rows are, or name the columns.",
    ),
}

# name -> (bytes, what the refusal says)
REFUSED: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "q3.csv is empty. Choose a file with a header and rows."),
    "blanks": (b"\n\n \n", "q3.csv is empty. Choose a file with a header and rows."),
    "a picture of zeros": (b"a,b\0c\n1,2,3\n", "This is not a text file: it contains zero bytes."),
    "a PDF": (b"%PDF-1.4 x", "q3.csv is a PDF, which cannot be imported. Save it as CSV or XLSX, then import that."),
    "old Excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "Excel file in the format before 2007"),
    "a web page": (b"<html><table><tr><td>x</td></tr></table>", "is a web page that calls itself a spreadsheet"),
    "JSON": (b'{"a": 1}', "q3.csv is a JSON file, which cannot be imported."),
    "XML": (b'<?xml version="1.0"?><a/>', "q3.csv is an XML file, which cannot be imported."),
    "a book": (b"SQLite format 3\0", "q3.csv is a database or a book, which cannot be imported."),
    "half of UTF-16": (b"\xff\xfea\0b", "Line 1 is not UTF-16 LE: the file was damaged"),
    "too many columns": (
        (",".join(f"c{i}" for i in range(300)) + "\n").encode() * 2,
        "q3.csv has 300 columns; at most 256 can be imported. Export only the columns that are needed.",
    ),
    "zero characters in UTF-16": ("a,b\n1,\0\n".encode("utf-16"), "q3.csv is not a text file: it contains zero bytes."),
}

# name -> (file, the question, its answers as they read)
QUESTIONS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "day or month": (
        f"{DEALS}D-1,Acme,02/03/2024,100,EUR\n",
        "What day is 02/03/2024 in column Closed?",
        ("day first: 2 Mar 2024", "month first: 3 Feb 2024"),
    ),
    "both orders": (
        f"{DEALS}D-1,Acme,13/02/2024,100,EUR\nD-2,Acme,02/13/2024,100,EUR\n",
        "What day is 13/02/2024 in column Closed?",
        ("day first: 13 Feb 2024", "month first: not a date"),
    ),
    "day numbers": (
        f"{DEALS}D-1,Acme,45366,100,EUR\n",
        "What day is 45366 in column Closed?",
        ("from 1900: 15 Mar 2024", "from 1904: 16 Mar 2028"),
    ),
    "decimal mark": (
        f'{DEALS}D-1,Acme,2024-01-01,"1,234",EUR\n',
        "What number is 1,234 in column Amount?",
        ("decimal point: 1234", "decimal comma: 1.234"),
    ),
    "rounding": (
        f"{DEALS}D-1,Acme,2024-01-01,10.5,JPY\n",
        "Round the amounts of column Amount to 0 decimals?",
        ("Round each half up", "Leave these rows out"),
    ),
    "which dollar": (
        "Deal ID,Partner,Amount,Stage\nD-1,Acme,$5.00,Talks\n",
        "Which dollar is meant in column Amount?",
        ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN", "TWD"),
    ),
    "a status": (
        "Deal ID,Partner,Amount,Status\nD-1,Acme,5,Frozen\n",
        "What does “Frozen” in column Status mean?",
        ("open", "won", "lost"),
    ),
    "columns of one name": (
        "Deal ID,Partner,Stage,Amount,Amount\nD-1,Acme,Talks,5,6\n",
        "Several columns are called Amount; which one counts?",
        ("Column D", "Column E"),
    ),
    "a header": (
        "1,Acme,2024-01-01\n2,Beta,2024-01-02\n3,Beta,2024-01-02\n",
        "Which row holds the names of the columns?",
        ("None: the first row is data", "Line 1"),
    ),
    "how deals stand": (
        "Deal ID,Partner,Close date,Amount\nD-1,Acme,2024-01-01,5\n",
        "Are these deals won, or do they close on “Close date” only if all goes well?",
        ("Won", "Still open", "Lost"),
    ),
    "the scale": (
        "Date,Partner,Score\n2024-01-01,Acme,4\n",
        "What is the highest possible answer in column Score?",
        ("up to 5", "up to 7", "up to 10", "up to 100"),
    ),
}
