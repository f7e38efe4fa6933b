"""The same made-up site as its peers read it: stock Pelican, and Hugo.

What does not depend on the posts lies in `twins/`: settings and templates, as their own
documentation would have them written.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Final

import corpus
from corpus import Post

HERE: Final = Path(__file__).resolve().parent / "twins"


def write_pelican(folder: Path, number: int) -> None:
    """Write the site for stock Pelican, with `number` posts, into a new folder."""
    shutil.copytree(HERE / "pelican", folder)
    _write_sponsors(folder / "sponsors.json", folder / "content" / "logos")
    posts = folder / "content" / "posts"
    posts.mkdir()
    for post in corpus.make_posts(number):
        corpus.write(posts / post.file, f"{_pelican_header(post)}\n{post.body}")


def write_hugo(folder: Path, number: int) -> None:
    """Write the site for Hugo, with `number` posts, into a new folder.

    Links to other posts are their addresses: looking them up with `ref` would cost Hugo time.
    """
    shutil.copytree(HERE / "hugo", folder)
    (folder / "data").mkdir()
    _write_sponsors(folder / "data" / "sponsors.json", folder / "static" / "logos")
    posts = folder / "content" / "blog"
    for post in corpus.make_posts(number):
        body = post.body.replace("{filename}", "/blog/").replace(".md)", "/)")
        corpus.write(posts / post.file, f"---\n{_hugo_header(post)}---\n\n{body}")


def _write_sponsors(file: Path, logos: Path) -> None:
    logos.mkdir(parents=True)
    sponsors = corpus.make_sponsors()
    for one in sponsors:
        corpus.write(logos / f"{one.id}.svg", one.logo)
    tiers = [
        {
            "heading": f"{tier.title()} partners",
            "sponsors": [
                {"id": one.id, "name": one.name, "url": one.url}
                for one in sponsors
                if one.tier == tier
            ],
        }
        for tier, _ in corpus.TIERS
    ]
    corpus.write(file, json.dumps(tiers, indent=1))


def _pelican_header(post: Post) -> str:
    lines = [
        f"Title: {post.title}",
        f"Date: {post.date}",
        f"Slug: {post.slug}",
        f"Category: {post.category}",
        f"Author: {post.author}",
        f"Tags: {', '.join(post.tags)}",
        f"Summary: {post.summary}",
    ]
    return "".join(f"{line}\n" for line in lines)


def _hugo_header(post: Post) -> str:
    lines = [
        f"title: {post.title}",
        f"date: {post.date.replace(' ', 'T')}:00",
        f"years: ['{post.date[:4]}']",
        f"topics: [{post.category}]",
        f"authors: [{post.author}]",
        f"tags: [{', '.join(post.tags)}]",
        f"summary: {post.summary}",
    ]
    return "".join(f"{line}\n" for line in lines)
