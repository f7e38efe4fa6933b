"""Posts that a reader of another one may want to read next."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milepost.posts.index import index
from milepost.posts.post import Post, read_post
from milepost.posts.related import MOST, WINDOW, Related
from sites import build_site
from sites import post as post_file

FIRST = date(2026, 1, 1)


def post(slug: str, day: int = 0, tags: str = "", category: str = "") -> Post:
    """Return a post of the day that is `day` days after the first one."""
    lines = [f"title: {slug}", f"slug: {slug}", f"date: {FIRST + timedelta(days=day)}"]
    lines += [f"tags: [{tags}]"] if tags else []
    lines += [f"category: {category}"] if category else []
    text = "\n".join(["---", *lines, "---", "Words."])
    found, problems = read_post(text, f"content/posts/{slug}.md")
    assert found is not None, problems
    return found


def next_to(slug: str, *posts: Post) -> list[str]:
    """Return the posts that stand below one of them."""
    found = Related(index(posts))
    return [other.slug for other in found.to(f"content/posts/{slug}.md")]


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        pytest.param([post("b", 1)], [], id="nothing shared"),
        pytest.param([post("b", 1, "hills")], ["b"], id="a tag"),
        pytest.param([post("b", 1, category="Training")], ["b"], id="the category"),
        pytest.param([post("b", 1, "Hills")], ["b"], id="another spelling"),
        pytest.param([post("b", 1, "training")], [], id="a tag is no category"),
        pytest.param(
            [post("b", 1, "hills"), post("c", 9, "hills, shoes")], ["c", "b"], id="more is better"
        ),
        pytest.param(
            [post("b", 9, "shoes"), *(post(f"c{n}", n, "hills") for n in range(1, 4))],
            ["b", "c1", "c2"],
            id="rare is better",
        ),
        pytest.param(
            [post(f"b{n}", n, "hills") for n in (1, 2, 3, 4)], ["b1", "b2", "b3"], id="near, three"
        ),
        pytest.param(
            [post("b", -1, "hills"), post("c", 1, "hills")], ["c", "b"], id="as near, newer first"
        ),
    ],
)
def test_what_is_shared_counts(others: list[Post], expected: list[str]) -> None:
    """Shared tags and the category relate posts; a rare one more than a common one."""
    assert next_to("a", post("a", 0, "hills, shoes", "Training"), *others) == expected


def test_of_a_common_term_the_posts_around_are_looked_at() -> None:
    """A post far off is not found by a term of many posts, however long the blog is."""
    posts = [post(f"p{n}", n, "hills" if n else "hills, shoes") for n in range(WINDOW + 2)]
    far = post("far", WINDOW + 5, "hills, news")

    assert next_to("far", *posts, far, post("near", WINDOW + 4, "news")) == [
        *("near", f"p{WINDOW + 1}", f"p{WINDOW}")
    ]


names = st.sampled_from(["hills", "shoes", "news", "water"])
headers = st.lists(
    st.tuples(st.integers(0, 6), st.sets(names, max_size=3), names | st.just("")), max_size=25
)


@given(headers, st.randoms())
def test_posts_lead_to_others_that_share_something(
    given_headers: list[tuple[int, set[str], str]], random: object
) -> None:
    """Never to itself, never twice, at most three; the order of the files does not matter."""
    posts = [
        post(f"p{n}", day, ", ".join(sorted(tags)), category)
        for n, (day, tags, category) in enumerate(given_headers)
    ]
    shuffled = list(posts)
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    found, again = Related(index(posts)), Related(index(shuffled))

    for each in posts:
        others = found.to(each.file)
        assert others == again.to(each.file)
        assert len({other.file for other in others} - {each.file}) == len(others) <= MOST
        assert all(_shares(each, other) for other in others)


def _shares(one: Post, other: Post) -> bool:
    same_topic = one.matter.category and one.matter.category == other.matter.category
    return bool(same_topic or {*one.matter.tags} & {*other.matter.tags})


def test_only_listed_posts_lead_on(tmp_path: Path) -> None:
    """Hidden posts, drafts and later posts stand below no post, and a hidden one has none."""
    built = build_site(
        tmp_path,
        {
            "content/posts/course.md": post_file(title="One", tags="[hills]"),
            "content/posts/two.md": post_file(title="Two", tags="[hills]"),
            "content/posts/hidden.md": post_file(title="Hid", tags="[hills]", status="hidden"),
            "content/posts/draft.md": post_file(title="Draft", tags="[hills]", status="draft"),
            "content/posts/later.md": post_file(title="Later", tags="[hills]", date="2027-03-02"),
        },
    )

    assert built.code == 0, built.report
    next_of = {
        slug: [link.attributes["href"] for link in built.page(f"/blog/{slug}/").css(".reading a")]
        for slug in ("one", "two", "hid")
    }
    assert next_of == {"one": ["/blog/two/"], "two": ["/blog/one/"], "hid": []}
