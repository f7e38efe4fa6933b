"""Quicker Markdown gives the same bytes as Python-Markdown alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import markdown
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown.extensions import Extension
from markdown.inlinepatterns import SimpleTagInlineProcessor
from markdown.preprocessors import Preprocessor

from awkward import BUNDLED, DEFAULT, TEXTS, texts
from milepost.posts import quick
from milepost.posts.convert import Converter
from milepost.posts.quick import PROVED, Quick

ROOT = Path(__file__).parents[1]


def slow(text: str, extensions: Sequence[str | Extension] = DEFAULT, **options: Any) -> str:
    """Return what Python-Markdown makes of a text, or the name of its error."""
    return tried(markdown.Markdown(extensions=extensions, **options), text)


def tried(parser: markdown.Markdown, text: str) -> str:
    """Return what a parser makes of a text, or the name of its error."""
    try:
        return parser.convert(text)
    except Exception as error:  # noqa: BLE001 - that the same one comes is what is asked
        return type(error).__name__


@pytest.mark.parametrize("name", BUNDLED)
def test_every_extension_gives_the_same_bytes(name: str) -> None:
    """Whatever extension of Markdown's own a site enables, its texts are the same."""
    for extensions in ((name,), (*DEFAULT, name)):
        for text in TEXTS:
            parser = markdown.Markdown(extensions=[*extensions, Quick()])

            assert tried(parser, text) == slow(text, extensions)


@pytest.mark.parametrize("name", BUNDLED)
def test_a_parser_that_was_reset_is_as_good_as_a_new_one(name: str) -> None:
    """No extension carries anything from one text into the next."""
    extensions = [*DEFAULT, name]
    parser = markdown.Markdown(extensions=[*extensions, Quick()])

    for text in (*TEXTS, *reversed(TEXTS)):
        parser.reset()

        assert tried(parser, text) == slow(text, extensions)


@pytest.mark.parametrize("kind", quick._QUICKER, ids=lambda kind: kind.__name__)
def test_every_trick_alone_gives_the_same_bytes(
    kind: type, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each part that is replaced gives the same by itself."""
    monkeypatch.setattr(quick, "_QUICKER", {kind: quick._QUICKER[kind]})

    for text in TEXTS:
        parser = markdown.Markdown(extensions=[*DEFAULT, Quick()])

        assert tried(parser, text) == slow(text)


@pytest.mark.parametrize("form", ["html", "xhtml"])
@given(text=texts, names=st.sets(st.sampled_from(BUNDLED), max_size=4))
@settings(max_examples=400, deadline=None)
@example(text="*a", names=set())
def test_any_text_gives_the_same_bytes(form: Any, text: str, names: set[str]) -> None:
    """No text that looks like Markdown is read in another way."""
    extensions = [*DEFAULT, *sorted(names)]
    parser = markdown.Markdown(extensions=[*extensions, Quick()], output_format=form)

    found = tried(parser, text)

    assert found == slow(text, extensions, output_format=form)


class Struck(Extension):
    """An extension of a site's own, with a pattern that nobody knows here."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 - Markdown's name
        """Make ~~words~~ struck, and words in small letters large."""
        md.inlinePatterns.register(SimpleTagInlineProcessor(r"(~~)(.+?)~~", "del"), "del", 55)
        md.inlinePatterns.register(SimpleTagInlineProcessor(r"(\b)(qu\w+)", "b"), "qu", 200)
        md.preprocessors.register(Shouted(md), "shouted", 28)
        md.block_level_elements.append("b")


class Shouted(Preprocessor):
    """Counts the texts that it has seen, as no extension should."""

    def run(self, lines: list[str]) -> list[str]:
        """Put the count before the text."""
        self.seen = getattr(self, "seen", 0) + 1
        return [f"{self.seen} ~~times~~ quite {line}" if line else line for line in lines]


@given(text=texts)
@settings(max_examples=100, deadline=None)
def test_a_pattern_of_a_sites_own_is_always_tried(text: str) -> None:
    """A pattern without known signs is looked for in every text."""
    parser = markdown.Markdown(extensions=[*DEFAULT, Struck(), Quick()])

    assert tried(parser, text) == slow(text, [*DEFAULT, Struck()])


def test_a_site_s_own_extension_gets_a_new_parser_for_each_text() -> None:
    """As with Pelican: nobody knows whether a stranger's extension forgets the last text."""
    converter = Converter({"extensions": [Struck()]})

    assert converter.html("Words.") == converter.html("Words.")


def test_notes_with_unique_ids_are_numbered_alike_in_each_text() -> None:
    """The one extension of Markdown's own that counts on is made anew, as Pelican does."""
    name = "markdown.extensions.footnotes"
    converter = Converter({"extension_configs": {name: {"UNIQUE_IDS": True}}})

    html = [converter.html("A[^1]\n\n[^1]: B") for _ in range(2)]

    assert "fnref:" in html[0]
    assert html[0] == html[1]


def test_a_text_that_cannot_be_read_leaves_nothing_behind() -> None:
    """After a text that nests too deeply the next one is read as ever."""
    converter = Converter({"extensions": list(DEFAULT)})
    before = converter.html("- a\n\n    b\n\n> c")

    with pytest.raises(RecursionError):
        converter.html("- " * 2000 + "a")

    assert converter.html("- a\n\n    b\n\n> c") == before


def test_how_deep_a_text_may_nest_does_not_depend_on_who_asks() -> None:
    """A worker, which starts afresh, reads what a build reads that is deep in its own calls."""
    converter = Converter({"extensions": list(DEFAULT)})
    text = "> " * 400 + "deep"

    def deeper(calls: int) -> str:
        return deeper(calls - 1) if calls else converter.html(text)

    assert deeper(300) == converter.html(text)


def test_the_tricks_are_on_for_the_version_that_is_locked() -> None:
    """Another version of Markdown would be read as slowly as ever, in silence."""
    lock = (ROOT / "requirements.lock").read_text()
    locked = re.search(r"^markdown==(\S+)", lock, re.MULTILINE)
    assert locked

    parser = markdown.Markdown(extensions=[*DEFAULT, Quick()])

    assert locked[1] in PROVED
    assert type(parser.parser).__module__.startswith("milepost.")


def test_another_version_of_markdown_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was not compared is not replaced."""
    monkeypatch.setattr(markdown, "__version__", "3.12")

    parser = markdown.Markdown(extensions=[*DEFAULT, Quick()])

    assert type(parser.parser).__module__.startswith("markdown.")
