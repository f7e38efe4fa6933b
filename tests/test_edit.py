"""Changes to the sponsor list by commands: what is added, and that all else stays as it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milepost.roster.edit import (
    EditFailed,
    add_behind,
    add_sponsor,
    add_sponsors,
    set_all,
    set_fields,
)
from milepost.roster.written import written
from milepost.source import Listing, Plain, Table, parse_yaml

texts = st.text(
    st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff")
    | st.sampled_from("\n\t\r :#-'\"\\[]{},&*~"),
    min_size=1,
)
remarks = st.text(st.characters(exclude_categories=["C", "Z"]), max_size=12)

NEW = {"name": "Acme Running", "tier": "title"}

LISTS = {
    "an empty list in brackets": (
        "version: 1\nsponsors: []  # none yet\n# the end\n",
        "version: 1\nsponsors:  # none yet\n  - name: Acme Running\n    tier: title\n# the end\n",
    ),
    "nothing after the key": (
        "sponsors:   # none yet\nedition: 2027\n",
        "sponsors:   # none yet\n  - name: Acme Running\n    tier: title\nedition: 2027\n",
    ),
    "nothing, as YAML writes it": (
        "sponsors: ~\nedition: 2027\n",
        "sponsors:\n  - name: Acme Running\n    tier: title\nedition: 2027\n",
    ),
    "no such key": (
        "# Our race\nversion: 1\n",
        "# Our race\nversion: 1\n\nsponsors:\n  - name: Acme Running\n    tier: title\n",
    ),
    "an empty file": ("", "sponsors:\n  - name: Acme Running\n    tier: title\n"),
    "remarks alone": (
        "# Our race\n\n",
        "# Our race\n\nsponsors:\n  - name: Acme Running\n    tier: title\n",
    ),
    "one sponsor": (
        "sponsors:\n  - name: Bo\n    tier: title\n",
        "sponsors:\n  - name: Bo\n    tier: title\n\n  - name: Acme Running\n    tier: title\n",
    ),
    "sponsors with blank lines between": (
        "sponsors:\n  - name: Bo\n\n  # a gym\n  - name: Cy\n\n\n",
        (
            "sponsors:\n  - name: Bo\n\n  # a gym\n  - name: Cy\n\n"
            "  - name: Acme Running\n    tier: title\n\n\n"
        ),
    ),
    "sponsors without blank lines between": (
        "sponsors:\n- name: Bo\n# a gym\n- name: Cy\nedition: 2027\n",
        (
            "sponsors:\n- name: Bo\n# a gym\n- name: Cy\n- name: Acme Running\n  tier: title\n"
            "edition: 2027\n"
        ),
    ),
    "a wide indentation": (
        "sponsors:\n    -   name: Bo\n    -   name: Cy\n",
        (
            "sponsors:\n    -   name: Bo\n    -   name: Cy\n"
            "    -   name: Acme Running\n        tier: title\n"
        ),
    ),
    "a dash on a line of its own": (
        "sponsors:\n  -\n    name: Bo\n  -\n    name: Cy\n",
        (
            "sponsors:\n  -\n    name: Bo\n  -\n    name: Cy\n"
            "  - name: Acme Running\n    tier: title\n"
        ),
    ),
    "remarks inside and below the last entry": (
        "sponsors:\n- name: Bo\n- name: Cy # paid\n  # url: https://cy.example\n# gone: Di\n",
        (
            "sponsors:\n- name: Bo\n- name: Cy # paid\n  # url: https://cy.example\n"
            "- name: Acme Running\n  tier: title\n# gone: Di\n"
        ),
    ),
    "text that looks like a remark": (
        "sponsors:\n- name: Bo\n- name: Cy\n  text: |\n    Run\n    # fast\n\nedition: 2027\n",
        (
            "sponsors:\n- name: Bo\n- name: Cy\n  text: |\n    Run\n    # fast\n"
            "- name: Acme Running\n  tier: title\n\nedition: 2027\n"
        ),
    ),
    "no line end at the end": (
        "sponsors:\n- name: Bo\n- name: Cy",
        "sponsors:\n- name: Bo\n- name: Cy\n- name: Acme Running\n  tier: title\n",
    ),
    "line ends of Windows and a byte-order mark": (
        "\ufeffsponsors:\r\n- name: Bo\r\n- name: Cy # ü😀\r\nedition: 2027\r\n",
        (
            "\ufeffsponsors:\r\n- name: Bo\r\n- name: Cy # ü😀\r\n"
            "- name: Acme Running\r\n  tier: title\r\nedition: 2027\r\n"
        ),
    ),
    "entries in braces": (
        "sponsors:\n  - {name: Bo, tier: title}\n  - {name: Cy, tier: title}\n",
        (
            "sponsors:\n  - {name: Bo, tier: title}\n  - {name: Cy, tier: title}\n"
            "  - name: Acme Running\n    tier: title\n"
        ),
    ),
    "all of it in brackets": (
        "sponsors: [{name: Bo, tier: title}]  # all\n",
        "sponsors: [{name: Bo, tier: title}, {name: Acme Running, tier: title}]  # all\n",
    ),
    "brackets round a remark": (
        "sponsors: [\n  # none yet\n]\n",
        "sponsors: [\n  # none yet\n{name: Acme Running, tier: title}]\n",
    ),
    "everything indented": (
        "  version: 1\n",
        "  version: 1\n\n  sponsors:\n    - name: Acme Running\n      tier: title\n",
    ),
}

CHANGES = {
    "a value with a remark behind it": (
        "sponsors:\n- name: Bo\n  tier: gold   # until May\n",
        {"tier": "title"},
        "sponsors:\n- name: Bo\n  tier: title   # until May\n",
    ),
    "a value in quotation marks": (
        "sponsors:\n- name: 'Bo''s'\n  tier: gold\n",
        {"name": "Bo: the gym"},
        'sponsors:\n- name: "Bo: the gym"\n  tier: gold\n',
    ),
    "a text of several lines": (
        "sponsors:\n- name: Bo\n  text: |  # theirs\n    Run\n    # fast\n\n  tier: gold\n",
        {"text": "Walk."},
        "sponsors:\n- name: Bo\n  text: Walk.  # theirs\n\n  tier: gold\n",
    ),
    "a plain text that goes on": (
        "sponsors:\n- name: Bo\n  text: Run\n    fast\n  tier: gold\n",
        {"text": "Walk."},
        "sponsors:\n- name: Bo\n  text: Walk.\n  tier: gold\n",
    ),
    "a new key": (
        "sponsors:\n- name: Bo\n  tier: gold # paid\n  # call in May\n\n- name: Cy\n",
        {"url": "https://bo.example", "until": "2027-08-31"},
        (
            "sponsors:\n- name: Bo\n  tier: gold # paid\n  url: https://bo.example\n"
            "  until: 2027-08-31\n  # call in May\n\n- name: Cy\n"
        ),
    ),
    "a new key below nested ones": (
        "sponsors:\n  - name: Bo\n    perk:\n      text: Free\n\n    # that is all\n",
        {"tier": "gold"},
        (
            "sponsors:\n  - name: Bo\n    perk:\n      text: Free\n    tier: gold\n\n"
            "    # that is all\n"
        ),
    ),
    "a new key below a text": (
        "sponsors:\n- name: Bo\n  text: >\n    Run\n\n# the end\n- name: Cy\n",
        {"tier": "gold"},
        "sponsors:\n- name: Bo\n  text: >\n    Run\n  tier: gold\n\n# the end\n- name: Cy\n",
    ),
    "a new key at the end of a file without line end": (
        "sponsors:\n- name: Bo",
        {"tier": "gold"},
        "sponsors:\n- name: Bo\n  tier: gold\n",
    ),
    "an entry in braces": (
        "sponsors:\n- {name: Bo, tier: gold} # paid\n",
        {"name": "Bo, Ltd", "url": "https://bo.example"},
        'sponsors:\n- {name: "Bo, Ltd", tier: gold, url: https://bo.example} # paid\n',
    ),
    "line ends of Windows": (
        "\ufeffsponsors:\r\n- name: Bo 😀\r\n  tier: gold # é\r\nversion: 1\r\n",
        {"tier": "title", "since": "2019"},
        "\ufeffsponsors:\r\n- name: Bo 😀\r\n  tier: title # é\r\n  since: 2019\r\nversion: 1\r\n",
    ),
}

SHAPES = {
    "an id goes below the name": (
        "- name: Bo  # theirs\n  tier: gold\n",
        {"id": "bo", "until": "2027-08-31"},
        "- name: Bo  # theirs\n  id: bo\n  tier: gold\n  until: 2027-08-31\n",
    ),
    "an id below a name that is the last line": (
        "- tier: gold\n  name: Bo",
        {"id": "bo", "until": "2027-08-31"},
        "- tier: gold\n  name: Bo\n  id: bo\n  until: 2027-08-31\n",
    ),
    "a new list": (
        "- name: Bo\n",
        {"formerly": ["Bo, Ltd", "12:30"]},
        '- name: Bo\n  formerly: ["Bo, Ltd", "12:30"]\n',
    ),
    "a list of a text alone": (
        "- name: Bo\n  formerly: Bob  # until 2019\n",
        {"formerly": ["Bob", "Bobby"]},
        "- name: Bo\n  formerly: [Bob, Bobby]  # until 2019\n",
    ),
    "a list in brackets grows": (
        "- name: Bo\n  formerly: [Bob]  # until 2019\n",
        {"formerly": ["Bob", "Bo: B"]},
        '- name: Bo\n  formerly: [Bob, "Bo: B"]  # until 2019\n',
    ),
    "a list in lines grows": (
        "- name: Bo\n  formerly:\n    - Bob  # until 2019\n  tier: gold\n",
        {"formerly": ["Bob", "Bobby"]},
        "- name: Bo\n  formerly:\n    - Bob  # until 2019\n    - Bobby\n  tier: gold\n",
    ),
    "keys inside a value": (
        (
            "- name: Bo\n  years:  # all\n    2026: gold  # a\n    2025: {tier: local}  # b\n"
            "    2024:\n      tier: gold  # c\n  tier: gold\n"
        ),
        {
            "years": {
                "2026": {"tier": "gold", "name": "Bob"},
                "2025": {"tier": "local", "name": "Bob"},
                "2024": {"tier": "gold", "name": "Bob"},
            }
        },
        (
            "- name: Bo\n  years:  # all\n    2026: {tier: gold, name: Bob}  # a\n"
            "    2025: {tier: local, name: Bob}  # b\n    2024:\n      tier: gold  # c\n"
            "      name: Bob\n  tier: gold\n"
        ),
    ),
    "a key and its lines are taken away": (
        (
            "- name: Bo\n  approved:  # by phone\n    on: 2026-10-02\n    # twice\n"
            '    by: "Jo #1"  # the boss\n  tier: gold\n'
        ),
        {"approved": None},
        "- name: Bo\n  # by phone\n  # twice\n  # the boss\n  tier: gold\n",
    ),
    "the last key is taken away and another comes": (
        "- name: Bo\n  approved: {by: Jo}\n",
        {"approved": None, "until": "2027-08-31"},
        "- name: Bo\n  until: 2027-08-31\n",
    ),
    "a key in braces is taken away": (
        "- {name: Bo, approved: {by: Jo}, tier: gold}  # paid\n",
        {"approved": None},
        "- {name: Bo, tier: gold}  # paid\n",
    ),
    "the first key in braces is taken away": (
        "- {approved: {by: Jo}, name: Bo}\n",
        {"approved": None, "id": "bo"},
        "- {name: Bo, id: bo}\n",
    ),
    "a value that stays keeps its form": (
        "- name: 'Bo'\n  tier: [gold, local]\n",
        {"name": "Bo", "tier": ["gold", "local"]},
        "- name: 'Bo'\n  tier: [gold, local]\n",
    ),
}

BEHIND = {
    "in the middle": (
        "sponsors:\n  - name: Bo\n    # call Bo\n\n  # a gym\n  - name: Di\n\n  - name: Cy\n",
        (
            "sponsors:\n  - name: Bo\n    # call Bo\n\n  - name: New\n    years: {2026: gold}\n\n"
            "  # a gym\n  - name: Di\n\n  - name: Cy\n"
        ),
    ),
    "at the end": (
        "sponsors:\n- name: Bo\nedition: 2027\n",
        "sponsors:\n- name: Bo\n\n- name: New\n  years: {2026: gold}\nedition: 2027\n",
    ),
    "in brackets": (
        "sponsors: [\n  {name: Bo},  # one\n  {name: Cy}]\n",
        "sponsors: [\n  {name: Bo}, {name: New, years: {2026: gold}},  # one\n  {name: Cy}]\n",
    ),
}

REFUSED = {
    "no sponsor on the line": (
        "sponsors:\n- name: Bo\n  tier: gold\n",
        3,
        "sponsors.yaml, line 3: no sponsor begins on this line. Make the change by hand.",
    ),
    "two sponsors on the line": (
        "sponsors: [{name: Bo}, {name: Cy}]\n",
        1,
        (
            "sponsors.yaml, line 1: more than one sponsor begins on this line. "
            "Make the change by hand."
        ),
    ),
    "several tiers": (
        "sponsors:\n- name: Bo\n  tier: [gold, local]\n",
        2,
        'sponsors.yaml, line 3: tier is more than one value here. Change it to "title" by hand.',
    ),
    "a text that keeps the blank lines below it": (
        "sponsors:\n- name: Bo\n  text: |+\n    Run\n\n\n",
        2,
        (
            "sponsors.yaml is written in a way that cannot be changed safely, so it was left as it "
            "is. Make the change by hand."
        ),
    ),
    "a repeated key": (
        "sponsors:\n- name: Bo\n  name: Cy\n",
        2,
        (
            'sponsors.yaml, line 3: "name" stands here a second time, first on line 2. Keep one. '
            "Correct this first."
        ),
    ),
    "no keys": (
        "- name: Bo\n",
        1,
        (
            "sponsors.yaml, line 1: the file must begin with a key, such as `sponsors:`. "
            "Correct this first."
        ),
    ),
}


@pytest.mark.parametrize(("before", "after"), LISTS.values(), ids=LISTS)
def test_a_sponsor_is_added_in_the_way_the_list_is_written(before: str, after: str) -> None:
    """A new entry stands last, indented and spaced as the others; every other byte is kept."""
    assert add_sponsor(before, NEW) == after


def test_several_sponsors_are_added_in_their_order() -> None:
    """Of sponsors that are added together, the first stands first."""
    text = add_sponsors("sponsors: []\n", [{"name": "Bo"}, {"name": "Cy"}])

    assert text == "sponsors:\n  - name: Bo\n\n  - name: Cy\n"


@pytest.mark.parametrize(("before", "fields", "after"), CHANGES.values(), ids=CHANGES)
def test_a_sponsor_is_changed_in_place(before: str, fields: dict[str, str], after: str) -> None:
    """A change touches its own values only; remarks and blank lines stay where they are."""
    assert set_fields(before, 2, fields) == after


@pytest.mark.parametrize(("before", "fields", "after"), SHAPES.values(), ids=SHAPES)
def test_values_of_every_shape_are_changed_in_place(
    before: str, fields: dict[str, Plain | None], after: str
) -> None:
    """Lists grow, keys inside a value change, keys go; every remark stays."""
    assert set_fields(f"sponsors:\n{before}", 2, fields) == f"sponsors:\n{after}"


@pytest.mark.parametrize(("before", "after"), BEHIND.values(), ids=BEHIND)
def test_a_sponsor_is_put_behind_another(before: str, after: str) -> None:
    """The new entry follows the other with its remarks, written as entries are there."""
    new: dict[str, Plain] = {"name": "New", "years": {"2026": "gold"}}

    assert add_behind(before, 2, new) == after


@pytest.mark.parametrize(
    ("entry", "fields"),
    [
        ("- approved: {by: Jo}\n  name: Bo\n", {"approved": None}),
        ("- {name: Bo, approved: {by: Jo,  # boss\n  on: May}}\n", {"approved": None}),
        ("- name: Bo\n  formerly:\n  - Bob\n  - Rob\n", {"formerly": ["Rob"]}),
        ("- name: Bo\n  perk: {text: Tea}\n", {"perk": "Tea"}),
    ],
)
def test_a_value_that_cannot_be_changed_without_doubt_is_left(
    entry: str, fields: dict[str, Plain | None]
) -> None:
    """Where a remark or a value could be lost, the change is to be made by hand."""
    with pytest.raises(EditFailed, match="by hand"):
        set_fields(f"sponsors:\n{entry}", 2, fields)


def test_several_sponsors_are_changed_together() -> None:
    """Lines are those of the list as it was, however many lines the other changes put in."""
    before = "sponsors:\n- name: Bo\n- name: Cy\n"

    after = set_all(before, {2: {"tier": "gold"}, 3: {"name": "Cyd", "tier": "title"}})

    assert after == "sponsors:\n- name: Bo\n  tier: gold\n- name: Cyd\n  tier: title\n"


@pytest.mark.parametrize("before", ["", "sponsors: []\n", "- broken"])
def test_no_change_leaves_the_text_alone(before: str) -> None:
    """A list to which nothing is to be done comes back as it was, whatever it is like."""
    assert set_all(add_sponsors(before, []), {}) == before


@pytest.mark.parametrize(("text", "line", "message"), REFUSED.values(), ids=REFUSED)
def test_a_change_that_is_not_safe_is_refused(text: str, line: int, message: str) -> None:
    """Where a list cannot be changed without doubt, the report says so and what to do instead."""
    with pytest.raises(EditFailed) as refusal:
        set_fields(text, line, {"tier": "title"})

    assert str(refusal.value) == message


@pytest.mark.parametrize(
    "text",
    ["sponsors: Bo\n", "sponsors:\n  name: Bo\n", "{version: 1}\n", "version: 1\n...\n"],
    ids=["one value", "keys", "braces", "the end of the document"],
)
def test_a_sponsor_is_not_added_where_there_is_no_place(text: str) -> None:
    """A list in a form that takes no further entry is refused, never bent."""
    with pytest.raises(EditFailed):
        add_sponsor(text, NEW)


def test_a_value_that_no_list_may_have_is_not_added() -> None:
    """An invisible character is refused in a report before any of the list is changed."""
    with pytest.raises(EditFailed) as refusal:
        add_sponsor("sponsors: []\n", {"name": "Ac\x1bme"})

    assert "(U+001B)" in str(refusal.value)


@given(st.lists(st.tuples(texts, remarks, st.integers(0, 2)), min_size=1), texts, st.data())
def test_remarks_and_other_sponsors_survive_any_change(
    entries: list[tuple[str, str, int]], new: str, data: st.DataObject
) -> None:
    """Adding a sponsor or changing one keeps every other line of any list as it was."""
    text = "sponsors:\n" + "".join(
        f"  - name: {written(name)}  # {remark}\n  {'#' * blanks}{remark if blanks else ''}\n"
        for name, remark, blanks in entries
    )
    node, _ = parse_yaml(text, "sponsors.yaml")
    listing = node.get("sponsors") if isinstance(node, Table) else None
    assert isinstance(listing, Listing)
    line = data.draw(st.sampled_from([item.line for item in listing.items]))

    changed = set_fields(add_sponsor(text, {"name": new}), line, {"tier": new})

    kept = iter(changed.split("\n"))
    assert all(line in kept for line in text.removesuffix("\n").split("\n"))
