"""The one Jinja environment: quick, and never at the cost of a page."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import Environment
from markupsafe import Markup

from milepost.render.templates import environment, render
from milepost.render.views import LinkView

MACROS = """\
{% macro shown(value, other="") %}<{{ value }}|{{ other }}>{% endmacro %}
{% macro counted(state) %}{% set state.n = state.n + 1 %}{{ state.n }}{% endmacro %}
{% macro listed(values) %}{{ values|length }}{% endmacro %}
{% macro round() %}({{ caller() }}){% endmacro %}
{% macro named(link) %}{{ link.label }}{% endmacro %}
"""


@pytest.fixture
def env(tmp_path: Path) -> Environment:
    """Give an environment with a file of macros."""
    (tmp_path / "m.html").write_text(MACROS)
    return environment([tmp_path])


def made(env: Environment, text: str, **names: object) -> str:
    """Return what a template makes."""
    return env.from_string(text).render(names)


@pytest.mark.parametrize(
    ("one", "other"),
    [("a<b", Markup("a<b")), (1, True), (0, False), ("", None), (1, "1")],
    ids=str,
)
def test_a_macro_tells_equal_arguments_apart(env: Environment, one: object, other: object) -> None:
    """True is 1 to Python, and marked-up text is text, but a page shows them differently."""
    text = '{% import "m.html" as m %}{{ m.shown(value) }}'

    fresh = [made(env, text, value=value) for value in (one, other)]
    again = [made(env, text, value=value) for value in (other, one)]

    assert fresh == again[::-1]
    assert made(env, "<{{ value }}|>", value=one) == fresh[0]
    assert made(env, "<{{ value }}|>", value=other) == fresh[1]


def test_a_macro_tells_names_of_arguments_apart(env: Environment) -> None:
    """The same value under another name is another argument."""
    text = '{% import "m.html" as m %}{{ m.shown("a", "b") }}{{ m.shown(other="b", value="a") }}'

    assert made(env, text + '{{ m.shown(value="b", other="a") }}') == "<a|b><a|b><b|a>"


def test_what_may_change_is_looked_at_again(env: Environment) -> None:
    """A list or a namespace is the same object with other values in it."""
    text = '{% import "m.html" as m %}{{ m.counted(s) }}{{ m.counted(s) }}{{ m.listed(v) }}'
    values = [1]
    first = made(env, "{% set s = namespace(n=0) %}" + text, v=values)
    values.append(2)

    assert first == "121"
    assert made(env, "{% set s = namespace(n=5) %}" + text, v=values) == "672"


def test_a_block_that_is_handed_to_a_macro_is_made_each_time(env: Environment) -> None:
    """What stands between call and endcall is the page's own."""
    text = '{% import "m.html" as m %}{% call m.round() %}{{ n }}{% endcall %}'

    assert [made(env, text, n=n) for n in (1, 2)] == ["(1)", "(2)"]


def test_a_macro_with_the_context_of_its_page_remembers_nothing(tmp_path: Path) -> None:
    """It sees the page, which is another one each time."""
    (tmp_path / "m.html").write_text("{% macro title() %}{{ page }}{% endmacro %}")
    (tmp_path / "page.html").write_text(
        '{% from "m.html" import title with context %}{{ title() }}'
    )
    env = environment([tmp_path])

    assert [render(env, "page", {"page": page}) for page in "ab"] == ["a", "b"]


def test_equal_views_are_made_once(env: Environment) -> None:
    """That is what remembering is for."""
    text = '{% import "m.html" as m %}{{ m.named(link) }}'

    pages = [made(env, text, link=LinkView(label="a & b", href="/")) for _ in range(2)]

    assert pages == ["a &amp; b"] * 2


@pytest.mark.parametrize("value", ["a", "a<b>&'\"", Markup("<b>"), 3, None, ["<"]], ids=str)
def test_words_are_escaped_as_ever(env: Environment, value: object) -> None:
    """The quick way gives what Jinja's own gives."""
    stock = Environment(autoescape=True)

    assert made(env, "{{ v }}-{{ v }}", v=value) == stock.from_string("{{ v }}-{{ v }}").render(
        v=value
    )


def test_a_template_that_was_edited_is_compiled_again(tmp_path: Path) -> None:
    """A preview builds in one process all evening."""
    (tmp_path / "page.html").write_text("one")
    first = render(environment([tmp_path]), "page", {})
    (tmp_path / "page.html").write_text("two")

    assert (first, render(environment([tmp_path]), "page", {})) == ("one", "two")


def test_options_of_jinja_make_another_template(tmp_path: Path) -> None:
    """What is kept of a template is kept for these options."""
    (tmp_path / "page.html").write_text("<% 1 %>{{ 1 }}".replace("% 1 %", "b"))
    plain = render(environment([tmp_path]), "page", {})
    other = {"variable_start_string": "<", "variable_end_string": ">"}

    assert plain == "<b>1"
    assert render(environment([tmp_path], other), "page", {"b": 2}) == "2{{ 1 }}"
