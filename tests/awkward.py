"""Markdown that is hard to read, for comparing two ways of reading it."""

from __future__ import annotations

from typing import Final

from hypothesis import strategies as st

EXTRA: Final = ("markdown.extensions.extra",)
DEFAULT: Final = (*EXTRA, "markdown.extensions.sane_lists", "markdown.extensions.toc")

BUNDLED: Final = (
    "abbr",
    "admonition",
    "attr_list",
    "codehilite",
    "def_list",
    "extra",
    "fenced_code",
    "footnotes",
    "legacy_attrs",
    "legacy_em",
    "md_in_html",
    "nl2br",
    "sane_lists",
    "smarty",
    "tables",
    "toc",
    "wikilinks",
)
"""The extensions that come with Python-Markdown and are for bodies of posts."""

TEXTS: Final = (
    "",
    "   \n\t\n",
    "Words.",
    "Two\nlines  \nwith a break and a\\\nbackslash.",
    "A *b* **c** ***d*** _e_ __f__ *g **h** i* **j *k* l** *un_even* 2*3*4 a_b_c *_x_* **_y_ z**",
    "***a** b* and ***c* d** and *e **f*** and **g *h*** * i * ** j ** ____k____ *l",
    "# One\n## Two ##\n### Three {#three .big}\n#### *Four* & <b>bold</b>\nFive\n====\nSix\n---\n#No",
    "# Twice\n\n# Twice\n\n# Twice_1\n\n## \\# `code` [link](x) ![p](y)\n\n####### Seven",
    "#\n\n##\n\n# #\n\nNo\n=\n\n=\n-\n",
    "[TOC]\n\n# A\n\n### B\n\n## C[^1]\n\n[^1]: A note.\n\n## D {data-toc-label='Dee'}",
    "Note[^a] and again[^a] and[^b] and none[^c].\n\n[^a]: First.\n\n    More of it.\n\n    > quoted\n"
    "[^b]: - a list\n    - of two\n\nAfter.\n\n///Footnotes Go Here///\n\nEnd.",
    "- a\n- b\n    - c\n        1. d\n        2. e\n\n            code\n\n    f\n\n- g\n\n* h\n+ i\n\n7. j\n8. k",
    "1. One\n1. Two\n\n   Three\n\n3) no\n\n    1. deep\n\n        deeper\n\n- [ ] box",
    "* * *\n\n- - -\n\n___\n\nText\n***\nmore\n- item\n---\n_ _ _",
    "Term\n: Definition\n\nOther term\n:   One\n:   Two\n\n    Paragraph\n\n: orphan\n\nA: no\nB : c",
    "| a | b |\n|---|:-:|\n| `x|y` | z\\|w |\n| one |\n\na | b\n--|--:\n1 | 2 | 3\n\n| alone |\n|---|\n| x |",
    "| no\n\n| a | b\n\n|\n|\n\na|b\n-|-",
    "```python\nprint('<&>')\n```\n\n~~~ {.js #id hl_lines='1'}\nlet a = `b`\n~~~\n\n```\nopen\n\n``` x y\nz\n```",
    "    code <b>\n\n\n    more & more\n\nText\n    lazy\n\n\tTab\n\n     \tfive",
    "`a` ``b ` c`` `` ` `` ```d``` \\`e` `f\\` `<g>` `&amp;` ` ` `` open",
    "> a\n> b\n>\n> > c\n> - d\n>\n>     code\n\n>e\nlazy\n\n > f > g\n\n1 > 2",
    "> " * 40 + "deep\n\n" + "\n".join("    " * n + f"- level {n}" for n in range(30)),
    '<div>\n\n*raw*\n\n</div>\n\n<div markdown="1">\n\n*md* [x][y]\n\n- a\n\n</div>\n\n<p markdown>\n*span*</p>',
    "<section markdown=block>\n# H\n<p>raw *x*</p>\n<div markdown>\n`deep`\n</div>\n</section> tail *t*",
    "Inline <b class='x'>bold *em*</b> <br> <br/> <!-- c *d* --> <?php x ?> <![CDATA[y]]> </> < > <a",
    "<!-- comment\n\n# not a heading\n-->\n\n<script>a && b</script>\n\n<pre>\n*x*\n\ny</pre>\n<hr>\n<hr />",
    "<unclosed\n\n<div>\n\n*a*\n\n<table><tr><td>x</td></tr></table>\n\n</div></div>\n\n<details><summary>s</summary>\n\nt",
    "&amp; &copy; &#169; &#xA9; &nosemi &#12 & && &; &#x; R&D AT&T &lt;b&gt; a<b a>b \"q\" 'r'",
    "<http://a.example/x?y=1&z=2> <me@a.example> <mailto:me@a.example> http://b.example <ftp://x y>",
    '[a](b) [c](<d e> \'f\') [g](h "i") [j](k(l)m) [n] (o) [p](q\nr) [](s) [t]() [u](v \'w"x\') ![y](z "1")',
    "[a][1] [b] [1][] [C D][] [e][none] ![f][1] ![1] [g\nh][1]\n\n[1]: http://x.example 'T'\n"
    '[b]: <y>\n  "Title"\n[c d]: z (Paren)\ntext',
    '[a [b](c) d](e) [![i](j)](k) [`l`](m) [*n*](o "*p*") [q](r_s_t) [u](v*w*x) ![*a* `b`](c)',
    "[Post]({filename}posts/a_b.md#c) ![Map]({static}/images/m.png){.wide width=300} {index} {a} { b}",
    "Par {.cls}\n{: #id .x key=val k='v w' flag }\n\n*em*{.a} `c`{: .b} [l](m){target=_blank} {.d} }{",
    "- item {.c}\n- item\n  {: .d}\n    - sub {#s}\n{.list}\n\n| a {.h} |\n| - |\n| b {.e} |",
    "HTML and CSS and HTMLX.\n\n*[HTML]: Hyper Text\n*[CSS]: ''\n*[X Y]: z\nX Y *HTML* `HTML` [HTML](x)",
    '"Quotes" -- and --- and ... \'single\' it\'s \'90s <<angle>> "\'nested\'" "a"b" `"code"` &quot;',
    '\\* \\_ \\` \\# \\+ \\- \\. \\! \\[ \\] \\( \\) \\{ \\} \\\\ \\> \\| \\a \\< \\& \\" *\\** **\\*\\***',
    "Ünïcödé ☃ 日本語 *ñandú* \u00a0nbsp \u200bzero \u2028line שלום 🏃‍♀️ **é**x a\u0301*b*\u0301",
    "CRLF\r\n\r\n- a\r\n- b\r\n\r\n\r\n# H\r\rold mac\r",
    "STX \x02 ETX \x03 \x02klzzwxh:0000\x03 \x02wzxhzdk:0\x03 *a* <b>c</b> \x0242\x03 \x02amp\x03",
    "klzzwxh:0000 wzxhzdk:0 amp zz1337820767766393qq qq3936677670287331zz",
    "Update: the course has changed\nDate: no header\n\nText",
    '[[Wiki Link]] [[a/b c]] [[]] [[ x ]]\n\n!!! note "T"\n    Body\n\n    More\n\n!!! danger\n    x',
    "    #!python\n    x = 1\n\n    :::js\n    y\n",
    "Line one\n# Header right after\nline\n- list after line\n\n- a\n# H in list\nb\n\n* x\n\n  y\n\n    z",
    "{@id=x}Text{@class=y} *em{@title=z}*\n\n![a](b){@width=1}",
    "Trailing spaces   \n   \nLeading\n   three\n  \n    four",
    "a" * 3000 + " *b* " + "[" * 60 + "]" * 60 + "(" * 30 + "*" * 80 + "_" * 80 + "`" * 50,
    "<li markdown=1>\n\n- x\n\n</li>\n\n<td style='text-align: left' markdown=1>*c*</td>\n\n<script markdown=1>\n*s* <\n</script>",
    "<h2 id='own' markdown='1'>*Own*</h2>\n\n## Own {#own}\n\n## Own\n\n<p id=\"a&amp;b\" checked markdown=1>x</p>",
)
"""Texts with one difficulty each, or with several that meet."""

_PIECES: Final = (
    *("word", "Word", "two words", "é", " ", "  ", "\n", "\n\n", "\n    ", "\n\n    ", "\t"),
    *("*", "**", "***", "_", "__", "`", "``", "\\", "&", "&amp;", "&#33;", "<", ">", "\n> "),
    *("[", "]", "(", ")", "![", "[^1]", "\n\n[^1]: ", "[ref]", "\n\n[ref]: /x 'T'\n", "](u)"),
    *("# ", "\n## ", "\n===\n", "\n---\n", "\n- ", "\n* ", "\n1. ", "\n    - ", ": ", "\n: "),
    *("|", "| a | b |\n|---|---|\n| c | d |", "```\n", "\n~~~\n", "{", "}", "{.c #i}", "\n{: .x}"),
    *("<b>", "</b>", "<div>", "</div>", '\n<div markdown="1">\n', "<!-- ", " -->", "<br>", "<p>"),
    *('"', "'", "--", "...", "<<", "!", "!!! note\n", "[[W]]", "*[AB]: cd\n", "AB", "[TOC]", "://"),
    *("<a@b.example>", "\x02", "\x03", "\r\n", "~", "^", "=", "-", "+", "#", ".", ":", "1", "@"),
)

texts: Final = st.lists(st.sampled_from(_PIECES), max_size=40).map("".join)
"""Text that looks like Markdown."""
