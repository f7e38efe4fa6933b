"""Spreadsheets of sponsors: what is read from them, and what is refused in which words."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from milepost.roster.sponsor import SponsorEntry, Tier
from milepost.scaffold.spreadsheet import HEADINGS, Sheet, read_sheet
from milepost.schema import keys

if TYPE_CHECKING:
    from pathlib import Path

TIERS = (
    Tier.model_construct(id="title", heading="Title Sponsors"),
    Tier.model_construct(id="gold"),
    Tier.model_construct(id="local", heading="Local Heroes"),
)


def sheet_of(folder: Path, data: str | bytes) -> Sheet:
    """Save the data as sponsors.csv in the folder, and read it."""
    path = folder / "sponsors.csv"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return read_sheet(path, TIERS)


def messages(sheet: Sheet) -> list[str]:
    """Return what is wrong with a spreadsheet."""
    return [problem.message for problem in sheet.problems]


ACME = {"name": "Café Zürich", "tier": "gold", "url": "https://acme.example"}
TABLE = "Company,Level,Website\nCafé Zürich,gold,https://acme.example\n"

FORMS = {
    "UTF-8": TABLE.encode(),
    "UTF-8 with a byte-order mark": TABLE.encode("utf-8-sig"),
    "UTF-16": TABLE.encode("utf-16"),
    "UTF-16, big end first": b"\xfe\xff" + TABLE.encode("utf-16-be"),
    "Windows-1252": TABLE.encode("cp1252"),
    "semicolons": TABLE.replace(",", ";").encode(),
    "tabs": TABLE.replace(",", "\t").encode(),
    "Excel's line about its separator": b"sep=;\r\n" + TABLE.replace(",", ";").encode(),
    "line ends of Windows": TABLE.replace("\n", "\r\n").encode(),
    "line ends of old Macs": TABLE.replace("\n", "\r").encode(),
    "everything in quotation marks": (
        '"Company";"Level";"Website"\n"Café Zürich";"gold";"https://acme.example"\n'
    ).encode(),
    "accents in two parts": TABLE.replace("é", "e\u0301").replace("ü", "u\u0308").encode(),
    "headings in any writing": TABLE.replace("Company,Level", "company *,SPONSOR_LEVEL").encode(),
    "blank columns and rows": b"\n,,,\nCompany,Level,Website,\n,,,\n" + TABLE.encode()[22:],
    "another order of columns": (
        "Website,Level,Company\nhttps://acme.example,gold,Café Zürich\n".encode()
    ),
    "commas in semicolon headings": (
        'Company;"Level";Website;Fee, paid, in dollars, by\nCafé Zürich;gold;https://acme.example;5'
    ).encode(),
}

VALUES = {
    "a tier by its heading": ("Tier", "local heroes", {"tier": "local"}),
    "a tier in capitals": ("Package", "TITLE", {"tier": "title"}),
    "an address without its beginning": (
        "URL",
        "acme.example/run",
        {"url": "https://acme.example/run"},
    ),
    "an address with http": ("Link", "http://acme.example", {"url": "http://acme.example"}),
    "a first day": ("Start", "2027-03-14", {"from": "2027-03-14"}),
    "a last day": ("Expires", " 2027-03-14 ", {"until": "2027-03-14"}),
    "a year": ("Since", "2019", {"since": "2019"}),
    "a logo": ("Logo", "acme.svg", {"logo": "acme.svg"}),
    "an industry": ("Industry", "sports\xa0 retail", {"industry": "sports retail"}),
    "a contribution": ("Thanks for", "Water at the 5K", {"thanks_for": "Water at the 5K"}),
    "a text of two lines": ("Description", '"One\r\nTwo"', {"text": "One\nTwo"}),
    "a note": ("Notes", "since 2026-09-01, ask Jo", {"note": "since 2026-09-01, ask Jo"}),
    "a status in capitals": ("Status", "Pending", {"status": "pending"}),
    "an id": ("ID", "acme", {"id": "acme"}),
    "nothing": ("URL", "", {}),
    "a dash for nothing": ("URL", "\N{EN DASH}", {}),
    "n/a for nothing": ("URL", "N/A", {}),
}

WRITE_DATES = 'In the spreadsheet, give the column the format "Text" and write the date so.'
IS_PRIVATE = (
    "looks like an amount, an e-mail address or a phone number, and anyone may see the sponsor "
    'list. Delete it, or give the column another heading, such as "Internal": then it is left out.'
)
FAULTS = {
    "a tier that is none": (
        "Level",
        "glod",
        '"glod" is not one of title, gold, local. Did you mean "gold"?',
    ),
    "a German date": (
        "Until",
        "14.3.2027",
        f'"14.3.2027" is not a date as 2027-03-14: year, month, day. {WRITE_DATES}',
    ),
    "an American date": (
        "From",
        "3/14/2027",
        f'"3/14/2027" is not a date as 2027-03-14: year, month, day. {WRITE_DATES}',
    ),
    "a day that does not exist": (
        "Until",
        "2027-02-30",
        f'"2027-02-30" is not a day in the calendar. {WRITE_DATES}',
    ),
    "a year of two digits": ("Since", "19", '"19" is not a year as 2027.'),
    "a formula": (
        "Website",
        '"=HYPERLINK(""https://acme.example"")"',
        '"=HYPERLINK("https://acme.example")" is a formula or its error. Write the value itself.',
    ),
    "the error of a formula": (
        "Tier",
        "#REF!",
        '"#REF!" is a formula or its error. Write the value itself.',
    ),
    "an address with a script": (
        "URL",
        "javascript:alert(1)",
        (
            '"javascript:alert(1)" begins with javascript:, which is not allowed here '
            "(allowed: https, http)."
        ),
    ),
    "a mail address for a link": (
        "URL",
        "jo@acme.example",
        '"jo@acme.example" is not a full address: begin it with https:// (allowed: https, http).',
    ),
    "a logo somewhere else": (
        "Logo",
        "https://acme.example/a.png",
        (
            '"https://acme.example/a.png" must be a name inside the folder, not a full path. '
            "Put the logo into content/logos/ and write its name."
        ),
    ),
    "a word for a logo": ("Logo", "yes", '"yes" is not the name of a file, such as acme.svg.'),
    "a status of another kind": (
        "Status",
        "paid",
        '"paid" is not one of pending, confirmed, removed.',
    ),
    "an amount as a contribution": (
        "Contribution",
        "$500 in cash",
        f'"$500" {IS_PRIVATE}',
    ),
    "a mail address in a note": (
        "Notes",
        "ask jo@acme.example",
        f'"jo@acme.example" {IS_PRIVATE}',
    ),
    "a phone number in a note": (
        "Notes",
        "call (417) 555-0100",
        f'"(417) 555-0100" {IS_PRIVATE}',
    ),
    "an invisible character": (
        "Industry",
        "re\x1btail",
        "there is an invisible control character (U+001B).",
    ),
}

NO_CSV = (
    "this is no CSV file. Open it in your spreadsheet program and save it as CSV: "
    '"CSV UTF-8" where there is a choice.'
)

WHOLE = {
    "a file of Excel": (b"PK\x03\x04\x14\x00", [NO_CSV]),
    "a file of old Excel": (b"\xd0\xcf\x11\xe0\xa1\xb1", [NO_CSV]),
    "UTF-16 without its mark": ("Name\nAcme".encode("utf-16-le"), [NO_CSV]),
    "letters of no encoding": (
        b"Name\nAcme \x81\n",
        ['some of its letters cannot be read. Save it again as "CSV UTF-8".'],
    ),
    "half of UTF-16": (
        b"\xff\xfeN\x00a",
        ['some of its letters cannot be read. Save it again as "CSV UTF-8".'],
    ),
    "too much": (
        b"Name\n" + b"x" * (1024 * 1024),
        ["the file has 1.0 MB, and 1 MB is the most. Keep only the sponsors."],
    ),
    "a quotation mark alone": (
        b'Name,Tier\nAcme,gold\n"Bo,gold\n',
        [
            "row 3 cannot be read: a quotation mark has no partner, or a cell is far too long.",
        ],
    ),
    "nothing": (
        b"",
        [
            (
                'no column has the names of the sponsors. Its heading must be "Name", "Sponsor" or '
                '"Company". Found: no headings.'
            ),
        ],
    ),
    "a title instead of headings": (
        b"Sponsors 2027;;\nName;Tier;Fee\n",
        [
            (
                'no column has the names of the sponsors. Its heading must be "Name", "Sponsor" or '
                '"Company". Found: "Sponsors 2027".'
            ),
        ],
    ),
    "two columns of names and of tiers": (
        b"Company,Level,Name,Package\nAcme,gold,Jo,gold\n",
        [
            (
                'the columns "Company" and "Name" could each be the sponsor\'s name. Keep one, and '
                "give the others another heading."
            ),
            (
                'the columns "Level" and "Package" could each be the sponsor\'s tier. Keep one, '
                "and give the others another heading."
            ),
        ],
    ),
    "a name that is missing": (
        b"Name,Tier\nAcme,gold\n,gold\n",
        ["row 3: the name of the sponsor is missing."],
    ),
    "a comma without quotation marks": (
        b"Name,Tier\nSmith, Jones & Co,gold\n",
        [
            'row 2: "gold" stands under no heading. Delete it, or give the column a heading.',
            'row 2, column "Tier": "Jones & Co" is not one of title, gold, local.',
        ],
    ),
    "an end before its start": (
        b"Name,Start,End\nAcme,2027-03-14,2026-03-14\n",
        ["row 2: the end, 2026-03-14, is before the start, 2027-03-14."],
    ),
    "a sponsor twice": (
        b"Name\nAcme\nBo\nACME\n",
        ['row 4: "ACME" stands in row 2 already. Keep one.'],
    ),
    "two sponsors with one id": (
        b"Name\nAcme\nAcme!\n",
        [
            (
                'row 3: "Acme!" has the same id, acme, as "Acme" in row 2. Give each an id of its '
                "own, in a column with the heading ID."
            ),
        ],
    ),
    "faults of several rows": (
        b"Name,Tier,Since\nAcme,glod,19\n\nBo,gold,x\n",
        [
            'row 2, column "Tier": "glod" is not one of title, gold, local. Did you mean "gold"?',
            'row 2, column "Since": "19" is not a year as 2027.',
            'row 4, column "Since": "x" is not a year as 2027.',
        ],
    ),
}


@pytest.mark.parametrize("data", FORMS.values(), ids=FORMS)
def test_a_spreadsheet_is_read_however_it_was_saved(tmp_path: Path, data: bytes) -> None:
    """Encoding, separator, line ends and the writing of headings make no difference."""
    sheet = sheet_of(tmp_path, data)

    assert (messages(sheet), [row.fields for row in sheet.rows]) == ([], [ACME])


@pytest.mark.parametrize(("heading", "cell", "expected"), VALUES.values(), ids=VALUES)
def test_a_cell_becomes_a_value_of_the_sponsor_list(
    tmp_path: Path, heading: str, cell: str, expected: dict[str, str]
) -> None:
    """A cell is written as the sponsor list wants it; an empty one is nothing at all."""
    sheet = sheet_of(tmp_path, f"Name;{heading}\nAcme;{cell}\n")

    assert messages(sheet) == []
    assert dict(sheet.rows[0].fields) == {"name": "Acme"} | expected


@pytest.mark.parametrize(("heading", "cell", "message"), FAULTS.values(), ids=FAULTS)
def test_a_cell_that_cannot_be_used_is_reported(
    tmp_path: Path, heading: str, cell: str, message: str
) -> None:
    """A report names the row, the heading and the value, and says what to write."""
    sheet = sheet_of(tmp_path, f"Name;{heading}\nBo;\nAcme;{cell}\n")

    assert messages(sheet) == [f'row 3, column "{heading}": {message}']


@pytest.mark.parametrize(("data", "expected"), WHOLE.values(), ids=WHOLE)
def test_a_spreadsheet_with_problems_is_reported_at_once(
    tmp_path: Path, data: bytes, expected: list[str]
) -> None:
    """All that is wrong with a spreadsheet stands in one report, by its rows."""
    sheet = sheet_of(tmp_path, data)

    assert messages(sheet) == expected
    assert {problem.file for problem in sheet.problems} == {"sponsors.csv"}


def test_a_missing_file_is_reported(tmp_path: Path) -> None:
    """A file that is not there is named, with what the computer says about it."""
    sheet = read_sheet(tmp_path / "none.csv", TIERS)

    assert messages(sheet) == ["the file cannot be read: No such file or directory."]


def test_a_folder_is_no_spreadsheet(tmp_path: Path) -> None:
    """A folder that was named by mistake is said not to be a file."""
    assert messages(read_sheet(tmp_path, TIERS)) == ["this is not a file."]


def test_what_is_private_is_left_out_and_told(tmp_path: Path) -> None:
    """Contacts and money never reach the sponsor list; other unknown columns are told apart."""
    sheet = sheet_of(
        tmp_path,
        "Name,Contact name,E-Mail,Phone,Fee ($),Price paid,Booth,Coffee\n"
        "Acme,Jo,jo@acme.example,555,500,500,B7,yes\n",
    )

    assert dict(sheet.rows[0].fields) == {"name": "Acme"}
    assert sheet.private == ("Contact name", "E-Mail", "Phone", "Fee ($)", "Price paid")
    assert sheet.ignored == ("Booth", "Coffee")


def test_what_is_read_otherwise_than_written_is_told(tmp_path: Path) -> None:
    """Guesses are said in words, so that a person can look at them."""
    sheet = sheet_of(tmp_path, "Name,Web,Fee\nCafé,acme.example,5\n,,500\n".encode("cp1252"))

    assert sheet.remarks == (
        "The file is not UTF-8 and was read as Windows-1252: look at letters with accents.",
        "Row 2: acme.example is taken as https://acme.example.",
        "Row 3 names no sponsor and was passed over.",
    )


def test_rows_have_the_numbers_of_the_spreadsheet(tmp_path: Path) -> None:
    """Empty rows and cells with several lines do not shift the numbers in a report."""
    sheet = sheet_of(tmp_path, 'Name,Text\n\nAcme,"One\nTwo\nThree"\n,\nBo,\n')

    assert [(row.number, row.name, row.id) for row in sheet.rows] == [
        (3, "Acme", "acme"),
        (5, "Bo", "bo"),
    ]


def test_every_field_is_a_key_of_a_sponsor() -> None:
    """What a spreadsheet can say is what an entry of the sponsor list can hold."""
    assert set(HEADINGS) <= set(keys(SponsorEntry))


cells = st.text(st.characters(codec="utf-8"), max_size=20)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(cells, cells, cells)), st.sampled_from(",;\t"))
def test_any_table_is_read_or_refused(
    tmp_path: Path, rows: list[tuple[str, str, str]], delimiter: str
) -> None:
    """No cell, however strange, stops the reading without a report."""
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter).writerows([("Name", "Text", "Until"), *rows])

    sheet = sheet_of(tmp_path, file.getvalue())

    assert len(sheet.rows) <= len(rows)
    assert all(row.fields.get("until", "2027-03-14")[4] == "-" for row in sheet.rows)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary())
def test_any_bytes_are_read_or_refused(tmp_path: Path, data: bytes) -> None:
    """Whatever is handed over as a spreadsheet, the answer is rows or a report."""
    sheet = sheet_of(tmp_path, data)

    assert sheet.rows or sheet.problems or "name" in sheet.columns
