"""A post or page as it was written, and the days on which it is public."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milepost.posts.post import (
    Page,
    Post,
    absence,
    changes,
    has_page,
    is_listed,
    read_page,
    read_post,
)

FILE = "content/posts/2027-hills.md"
TODAY = date(2027, 3, 14)
days = st.dates(date(1900, 1, 1), date(2199, 12, 31))


def post(*lines: str, title: str = "Hills", day: str = "2027-03-14", file: str = FILE) -> Post:
    """Return a post with these lines above its text."""
    text = "\n".join(["---", f"title: {title}", f"date: {day}", *lines, "---", "Words."])
    found, problems = read_post(text, file)
    assert found is not None, problems
    return found


def page(*lines: str, title: str = "About") -> Page:
    """Return a page with these lines above its text."""
    text = "\n".join(["---", f"title: {title}", *lines, "---", "Words."])
    found, problems = read_page(text, "content/pages/about.md")
    assert found is not None, problems
    return found


def test_a_post_is_read_with_its_body() -> None:
    """A post has its text, the line on which that begins, and its address."""
    text = "---\ntitle: Hills\ndate: 2027-03-14\n---\nUpdate: it is raining.\n"

    found, problems = read_post(text, FILE)

    assert problems == []
    assert found is not None
    assert (found.body, found.body_line) == ("Update: it is raining.\n", 5)
    assert (found.file, found.slug, found.address) == (FILE, "hills", "/blog/hills/")


def test_a_plain_header_reads_the_same() -> None:
    """A post of a Pelican blog says what the same post says between fences."""
    fenced = post("tags: [a, b]", "summary: Up and down")
    text = "Title: Hills\nDate: 2027-03-14\nTags: a, b\nSummary: Up\n    and down\n\nWords."

    found, problems = read_post(text, FILE)

    assert problems == []
    assert found is not None
    assert found.matter == fenced.matter


def test_keys_that_a_site_added_are_kept_apart() -> None:
    """What FRONT_MATTER_EXTRA names stands in `extra`, and every other key is still refused."""
    text = "---\ntitle: Hills\ndate: 2027-03-14\nmood: glad\n---\n"

    found, problems = read_post(text, FILE, extra=("mood",))
    other, faults = read_post(text, FILE, extra=("weather",))

    assert problems == []
    assert found is not None
    assert found.extra == {"mood": "glad"}
    assert other is None
    assert [fault.line for fault in faults] == [4]


SLUGS = {
    "its own": ("slug: up-and-down", "Hills", "up-and-down"),
    "the title": ("wall: none", "Runner's Hills & Dales", "runners-hills-dales"),
    "a title of another alphabet": ("wall: none", "Горы", "gory"),
    "the file, of a title without letters": ("wall: none", "😀!", "2027-hills"),
}


@pytest.mark.parametrize(("line", "title", "expected"), SLUGS.values(), ids=SLUGS)
def test_a_slug_comes_from_what_is_there(line: str, title: str, expected: str) -> None:
    """The slug is what the author says, else is made from the title, else from the file's name."""
    assert post(line, title=title).slug == expected


REST = "add a `slug:` of a to z, 0 to 9 and -."
NO_SLUG = {
    "nothing to make it from": ("😀", "😀.md", f"no address can be made from this title: {REST}"),
    "a name of Windows": (
        "Aux!",
        "a.md",
        'the address made from this title, "aux", is a name that Windows keeps for itself: ' + REST,
    ),
    "too long a title": (
        "a" * 201,
        "a.md",
        f'the address made from this title, "{"a" * 79}…", is longer than 200 characters: {REST}',
    ),
}


@pytest.mark.parametrize(("title", "file", "message"), NO_SLUG.values(), ids=NO_SLUG)
def test_a_title_that_gives_no_address_is_refused(title: str, file: str, message: str) -> None:
    """Whoever needs a slug is told so on the line of the title."""
    found, problems = read_post(f"---\ndate: 2027-03-14\ntitle: {title}\n---\n", file)

    assert found is None
    assert [(problem.line, problem.message) for problem in problems] == [(3, message)]


def test_a_standard_page_keeps_its_address() -> None:
    """The words of the home page stand on the home page."""
    assert page("slug: home").address == "/"
    assert page().address == "/about/"


def test_authors_are_named_once() -> None:
    """`author` and `authors` mean the same."""
    assert post("author: Ruth", "authors: [Ann, Ruth]").authors == ("Ruth", "Ann")


def test_a_page_tells_its_last_change() -> None:
    """A page's last change is `modified`, else its date, else nobody knows."""
    assert page("date: 2027-03-01", "modified: 2027-03-02 10:00").changed == date(2027, 3, 2)
    assert page("date: 2027-03-01").changed == date(2027, 3, 1)
    assert page().changed is None


MOMENTS = {
    "a day": ("2027-03-14", (TODAY, None)),
    "a time": ("2027-03-14 09:30", (TODAY, time(9, 30))),
    "ISO's T": ("2027-03-14T09:30", (TODAY, time(9, 30))),
    "several blanks": ("2027-03-14   00:00", (TODAY, time(0, 0))),
}


@pytest.mark.parametrize(("written", "expected"), MOMENTS.values(), ids=MOMENTS)
def test_a_date_may_have_a_time(written: str, expected: tuple[date, time | None]) -> None:
    """A date is a day, or a day and a time."""
    assert post(day=written).matter.date == expected


def test_times_order_the_posts_of_a_day() -> None:
    """Within a day a post without a time is the oldest, and the slug decides between equals."""
    oldest_first = [
        post(day="2027-03-13 23:59", title="Z"),
        post(day="2027-03-14", title="B"),
        post(day="2027-03-14", title="C"),
        post(day="2027-03-14 09:00", title="A"),
        post(day="2027-03-14 17:00", title="A"),
        post(day="2027-03-15", title="A"),
    ]

    mixed = [oldest_first[at] for at in (3, 5, 0, 4, 2, 1)]

    assert sorted(mixed, key=lambda each: each.order) == oldest_first


BEFORE, AFTER = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
PUBLIC = {
    "published, the day before": ("wall: none", BEFORE, False, False),
    "published, on its day": ("wall: none", TODAY, True, True),
    "published, long after": ("wall: none", date(2199, 12, 31), True, True),
    "draft, on its day": ("status: draft", TODAY, False, False),
    "hidden, the day before": ("status: hidden", BEFORE, False, False),
    "hidden, on its day": ("status: hidden", TODAY, True, False),
    "expiring, on its last day": ("expires: 2027-03-15", AFTER, True, True),
    "expiring, a day later": ("expires: 2027-03-15", AFTER + timedelta(days=1), False, False),
    "expiring on its first day": ("expires: 2027-03-14", TODAY, True, True),
}


@pytest.mark.parametrize(("line", "day", "standing", "listed"), PUBLIC.values(), ids=PUBLIC)
def test_a_post_is_public_on_its_days(
    line: str, day: date, *, standing: bool, listed: bool
) -> None:
    """A draft is never public, a hidden post is in no list, and others are from date to expires."""
    found = post(line)

    assert (has_page(found, day), is_listed(found, day)) == (standing, listed)


def test_a_page_is_public_before_its_date() -> None:
    """The date of a page says nothing of when it is public."""
    assert has_page(page("date: 2027-03-14"), date(2000, 1, 1))


@given(
    first=days,
    length=st.integers(0, 4000),
    today=days,
    status=st.sampled_from(["published", "draft", "hidden"]),
)
def test_a_page_stands_from_date_to_expires(
    first: date, length: int, today: date, status: str
) -> None:
    """Both days are included, whatever they are, and only a draft never stands."""
    last = min(first + timedelta(days=length), date(2199, 12, 31))
    found = post(f"expires: {last}", f"status: {status}", day=str(first))

    assert has_page(found, today) == (status != "draft" and first <= today <= last)
    assert has_page(found, first) == has_page(found, last) == (status != "draft")


@given(first=days, today=days, status=st.sampled_from(["published", "draft", "hidden"]))
def test_whatever_is_absent_has_a_reason(first: date, today: date, status: str) -> None:
    """There is a reason exactly when there is no page."""
    found = post(f"expires: {first}", f"status: {status}", day=str(first))

    assert (absence(found, today) is None) == has_page(found, today)


ABSENCE = {
    "a draft": ("status: draft", BEFORE, "is a draft"),
    "scheduled": ("wall: none", BEFORE, "is not public before 2027-03-14"),
    "expired": ("expires: 2027-03-14", AFTER, "was public until 2027-03-14"),
    "public": ("wall: none", TODAY, None),
    "hidden": ("status: hidden", TODAY, None),
}


@pytest.mark.parametrize(("line", "day", "reason"), ABSENCE.values(), ids=ABSENCE)
def test_the_reason_of_an_absence_is_told(line: str, day: date, reason: str | None) -> None:
    """Whoever links to a post that is not there is told why it is not."""
    assert absence(post(line), day) == reason


CHANGES: dict[str, tuple[str, list[tuple[date, str]]]] = {
    "published": ("wall: none", [(TODAY, '"Hills" is due')]),
    "hidden": ("status: hidden", [(TODAY, '"Hills" is due')]),
    "draft": ("status: draft", []),
    "expiring": (
        "expires: 2027-03-20",
        [(TODAY, '"Hills" is due'), (date(2027, 3, 21), '"Hills" expires')],
    ),
    "on the last day of the calendar": (
        "expires: 2199-12-31",
        [(TODAY, '"Hills" is due'), (date(2200, 1, 1), '"Hills" expires')],
    ),
}


@pytest.mark.parametrize(("line", "expected"), CHANGES.values(), ids=CHANGES)
def test_days_on_which_a_post_comes_or_goes(line: str, expected: list[tuple[date, str]]) -> None:
    """A post comes on its date, and goes the day after it expires."""
    assert changes(post(line)) == expected


@given(first=days, length=st.integers(0, 50), today=days)
def test_nothing_changes_between_changes(first: date, length: int, today: date) -> None:
    """A post comes and goes on the days that are told, and on no other."""
    last = min(first + timedelta(days=length), date(2199, 12, 31))
    found = post(f"expires: {last}", day=str(first))
    yesterday = today - timedelta(days=1)

    changed = has_page(found, today) != has_page(found, yesterday)

    assert changed == (today in {day for day, _ in changes(found)})


BACKWARD = {
    "fenced": "---\ntitle: A\ndate: 2027-03-14 09:00\nexpires: 2027-03-13\n---\n",
    "beside another fault": "---\ndate: 2027-03-14 09:00\nwall: x\nexpires: 2027-03-13\n---\n",
}


@pytest.mark.parametrize("text", BACKWARD.values(), ids=BACKWARD)
def test_a_post_expires_after_its_date(text: str) -> None:
    """A post that would never be public is reported, whatever else is wrong with it."""
    _, problems = read_post(text, FILE)

    message = "expires 2027-03-13 is before date 2027-03-14 09:00, so it would never be public."
    assert (4, message) in [(problem.line, problem.message) for problem in problems]
