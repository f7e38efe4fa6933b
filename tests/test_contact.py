"""The form: what the settings may say of it, and what a site with one has."""

from __future__ import annotations

from pathlib import Path

import pytest

from milepost.contact import PROVIDERS, Contact, Form
from milepost.facts import read_facts
from sites import SETTINGS, Built, build_site

UUID = "a1b2c3d4-0000-4000-8000-a1b2c3d4e5f6"
PRIVACY = "---\ntitle: Your privacy\nslug: privacy\n---\nWe delete your message after a year.\n"
THANKS = "https://riverside.example/contact/thanks/"
OWN = '"provider": "own", "endpoint": "https://forms.example/abc", "name": "Example Forms"'


CONTACT = """\
CONTACT = {{
    "email": "hello@riverside.example",
    "form": {{{form}}},
}}
"""


def settings(form: str) -> str:
    """Return the settings of the small site with a form: CONTACT on line 6, the form on line 8."""
    assert SETTINGS.count("\n") == 6
    return SETTINGS.partition("CONTACT")[0] + CONTACT.format(form=form)


def reported(line: int, *messages: str) -> str:
    """Return the report on CONTACT with these messages, all on one line of the settings."""
    number = "1 problem" if len(messages) == 1 else f"{len(messages)} problems"
    lines = "".join(f'  line {line}, "CONTACT": {message}\n' for message in messages)
    return f"pelicanconf.py has {number}.\n\n{lines}\n{number} in 1 file. Nothing was saved.\n"


def build(folder: Path, form: str, **pages: str | None) -> Built:
    """Build the small site with a form, a page about privacy, and these pages."""
    texts = {"privacy": PRIVACY, **pages}
    files = {f"content/pages/{name}.md": text for name, text in texts.items()}
    return build_site(folder, {"pelicanconf.py": settings(form), **files})


NAMES = "netlify, formspree, web3forms, basin, own"
NO_KEY = "is not a key of Formspree, as xyzabcde. "
ALLOWED = "use a to z, 0 to 9, _ and hyphens."
HTTPS = " (allowed: https)"
PLAIN_HOST = "must name its site with nothing but a to z, digits, dots and hyphens"


class TestSettings:
    """What the settings may say of a form."""

    @pytest.mark.parametrize(
        ("form", "says"),
        [
            ('"key": "xyzabcde"', "form: provider is missing."),
            (
                '"provider": "Formspre"',
                f'form: provider "Formspre" is not one of {NAMES}. Did you mean "formspree"?',
            ),
            (
                '"provider": "formspree"',
                "form: key is missing: Formspree gives you one, as xyzabcde.",
            ),
            (
                '"provider": "formspree", "key": "xyz abc"',
                'form: key "xyz abc" is not a key of Formspree, as xyzabcde.',
            ),
            (
                '"provider": "formspree", "key": "https://formspree.io/f/mnopqrst"',
                'form: key "https://formspree.io/f/mnopqrst" '
                + NO_KEY
                + 'Did you mean "mnopqrst"?',
            ),
            (
                '"provider": "formspree", "key": "x\\"><script>"',
                'form: key "x"><script>" is not a key of Formspree, as xyzabcde.',
            ),
            (
                '"provider": "basin", "key": "../api"',
                'form: key "../api" is not a key of Basin, as 1a2b3c4d5e6f.',
            ),
            (
                '"provider": "web3forms", "key": "xyzabcde"',
                f'form: key "xyzabcde" is not a key of Web3Forms, as {UUID}.',
            ),
            (
                '"provider": "netlify", "key": "xyzabcde"',
                "form: key is not used here: Netlify needs none.",
            ),
            (
                f'{OWN}, "key": "xyzabcde"',
                "form: key is not used here: write it into the endpoint.",
            ),
            (
                '"provider": "netlify", "endpoint": "https://forms.example/"',
                'form: endpoint is for provider "own" only.',
            ),
            (
                '"provider": "netlify", "name": "Netlify"',
                'form: name is for provider "own" only.',
            ),
            (
                '"provider": "netlify", "kee": "x"',
                'form: "kee" is not a known key. Did you mean "key"?',
            ),
            (
                f'{OWN}, "thanks_field": "a b"',
                'form: thanks_field "a b" is not the name of a field: ' + ALLOWED,
            ),
            (
                f'{OWN}, "honeypot": "email"',
                'form: honeypot "email" is a field that readers fill in.',
            ),
            (
                f'{OWN}, "honeypot": "_next", "thanks_field": "_next"',
                'form: thanks_field "_next" is the honeypot already.',
            ),
        ],
    )
    def test_wrong_form_is_explained(self, tmp_path: Path, form: str, says: str) -> None:
        """The report has the line, what is wrong and what is allowed."""
        built = build(tmp_path, form)

        assert (built.code, built.report) == (1, reported(8, says))

    def test_all_that_is_missing_is_told_at_once(self, tmp_path: Path) -> None:
        """An endpoint of one's own needs an address, and a name for its readers."""
        built = build(tmp_path, '"provider": "own"')

        assert built.report == reported(
            8,
            "form: endpoint is missing: the address that the form posts to.",
            "form: name is missing: what readers are told.",
        )

    @pytest.mark.parametrize(
        ("endpoint", "says"),
        [
            ("http://forms.example/abc", "begins with http:, which is not allowed here" + HTTPS),
            ("javascript:alert(1)", "begins with javascript:, which is not allowed here" + HTTPS),
            ("java\tscript:alert(1)", "begins with javascript:, which is not allowed here" + HTTPS),
            ("forms.example/abc", "is not a full address: begin it with https://" + HTTPS),
            ("//forms.example/abc", "has no scheme: write https: before the //"),
            ("https://forms.example/a b", "has a space or an invisible character in it"),
            ("https://jo:x@forms.example/", "has a name or password before the @"),
            ("https://forms.example;script-src/", PLAIN_HOST),
            ("https://*.example/", PLAIN_HOST),
            ("https://läufe.example/", PLAIN_HOST),
        ],
    )
    def test_endpoint_is_a_safe_address(self, tmp_path: Path, endpoint: str, says: str) -> None:
        """What readers write goes out encrypted, and to a plain host."""
        built = build(tmp_path, f'"provider": "own", "name": "Forms", "endpoint": {endpoint!r}')

        shown = " ".join(endpoint.split())
        assert built.report == reported(8, f'form: endpoint "{shown}" {says}.')


@pytest.mark.parametrize(
    ("form", "host"),
    [
        (None, ""),
        (Form(provider="netlify"), ""),
        (Form(provider="formspree", key="xyzabcde"), "https://formspree.io"),
        (Form(provider="web3forms", key=UUID), "https://api.web3forms.com"),
        (Form(provider="basin", key="1a2b3c4d5e6f"), "https://usebasin.com"),
        (
            Form(provider="own", endpoint="https://Forms.Example:8443/a?b=1", name="Forms"),
            "https://forms.example:8443",
        ),
    ],
)
def test_the_host_of_a_form_is_an_origin(form: Form | None, host: str) -> None:
    """A policy names the other site alone, without what stands behind its name."""
    assert Contact(form=form).form_host == host


class TestSites:
    """What a site with a form has."""

    @pytest.mark.parametrize(
        ("form", "action", "hidden", "honeypot"),
        [
            (
                '"provider": "netlify"',
                "/contact/thanks/",
                {"form-name": "contact"},
                ("text", "bot-field"),
            ),
            (
                '"provider": "formspree", "key": "xyzabcde"',
                "https://formspree.io/f/xyzabcde",
                {"_next": THANKS},
                ("text", "_gotcha"),
            ),
            (
                f'"provider": "web3forms", "key": "{UUID}"',
                "https://api.web3forms.com/submit",
                {"access_key": UUID, "redirect": THANKS},
                ("checkbox", "botcheck"),
            ),
            (
                '"provider": "basin", "key": "1a2b3c4d5e6f"',
                "https://usebasin.com/f/1a2b3c4d5e6f",
                {},
                ("text", "_gotcha"),
            ),
            (OWN, "https://forms.example/abc", {}, ("text", "_gotcha")),
            (
                f'{OWN}, "honeypot": "website", "thanks_field": "next"',
                "https://forms.example/abc",
                {"next": THANKS},
                ("text", "website"),
            ),
        ],
    )
    def test_form_is_what_its_provider_wants(
        self,
        tmp_path: Path,
        form: str,
        action: str,
        hidden: dict[str, str],
        honeypot: tuple[str, str],
    ) -> None:
        """Each provider has its address, its hidden fields and its honeypot."""
        built = build(tmp_path, form)

        assert (built.code, built.report) == (0, "")
        page = built.page("/contact/")
        assert [node.attributes["action"] for node in page.css("form")] == [action]
        assert {
            str(node.attributes["name"]): str(node.attributes["value"])
            for node in page.css("form [type=hidden]")
        } == hidden
        assert [
            (node.attributes["type"], node.attributes["name"])
            for node in page.css("form [aria-hidden] input")
        ] == [honeypot]

    def test_page_of_thanks_is_for_writers_alone(self, tmp_path: Path) -> None:
        """It is there, search engines are told nothing of it, and the menu says where it is."""
        built = build(tmp_path, '"provider": "netlify"')

        thanks = built.files["contact/thanks/index.html"]
        assert read_facts("contact/thanks/index.html", thanks).noindex
        assert THANKS not in built.text("sitemap.xml")
        assert "https://riverside.example/contact/" in built.text("sitemap.xml")
        current = built.page("/contact/thanks/").css("[aria-current]")
        assert [node.text() for node in current] == ["Contact"]

    def test_site_below_a_path_has_its_form_there(self, tmp_path: Path) -> None:
        """Addresses on the site begin with the path under which it stands."""
        conf = settings('"provider": "netlify"').replace(
            'riverside.example"', 'club.example/run"', 1
        )
        files = {"pelicanconf.py": conf, "content/pages/privacy.md": PRIVACY}

        page = build_site(tmp_path, files).page("/contact/")

        assert page.css("form")[0].attributes["action"] == "/run/contact/thanks/"
        assert page.css("#form .form__note a")[0].attributes["href"] == "/run/privacy/"

    def test_page_about_privacy_is_linked_by_its_title(self, tmp_path: Path) -> None:
        """The link beside the button has the words of the page it leads to."""
        link = build(tmp_path, '"provider": "netlify"').page("/contact/").css(".form__note a")[0]

        assert (link.text(), link.attributes["href"]) == ("Your privacy", "/privacy/")

    def test_mail_stays_where_it_is(self, tmp_path: Path) -> None:
        """Whoever does not like forms can write a mail."""
        page = build(tmp_path, '"provider": "netlify"').page("/contact/")

        assert page.css('.reach [href="mailto:hello@riverside.example"]')

    def test_site_without_a_form_has_no_page_of_thanks(self, tmp_path: Path) -> None:
        """Nobody is thanked for nothing."""
        built = build_site(tmp_path)

        assert "contact/thanks/index.html" not in built.files
        assert not built.page("/contact/").css("form")

    def test_address_of_the_page_of_thanks_is_taken(self, tmp_path: Path) -> None:
        """No page can stand, or have stood, where readers are thanked."""
        page = "---\ntitle: About\nold_addresses: /contact/thanks/\n---\nWords.\n"

        built = build_site(tmp_path, {"content/pages/about.md": page})

        assert built.report.splitlines()[2] == (
            '  line 3, "About": the address /contact/thanks/ is one that the site needs for the '
            "site itself."
        )

    def test_name_of_the_provider_stays_text(self, tmp_path: Path) -> None:
        """What an organiser calls a provider is shown as it is written."""
        name = 'Jo\'s "Post" <b>&</b>'
        form = f'"provider": "own", "endpoint": "https://forms.example/", "name": {name!r}'

        note = build(tmp_path, form).page("/contact/").css(".form__note")[0]

        assert name in note.text()

    def test_headings_of_a_text_keep_clear_of_the_form(self, tmp_path: Path) -> None:
        """A heading called as a part of the form is no second element of that id."""
        words = "---\ntitle: Contact\n---\n## Form\n\n## Form e-mail\n\n## Form email\n\nWords.\n"

        built = build(tmp_path, '"provider": "netlify"', contact=words)

        assert (built.code, built.report) == (0, "")
        assert [node.id for node in built.page("/contact/").css("main h2")] == [
            "text-form",
            "form-e-mail",
            "text-form-email",
            "form-heading",
        ]


NEEDED = (
    'a form needs a page that says what becomes of what people write, with the slug "privacy". '
)


class TestPrivacy:
    """A form without a page about privacy is a mistake."""

    @pytest.mark.parametrize(
        ("page", "why"),
        [
            (None, "Make one: python3 run.py new page privacy"),
            (
                "---\ntitle: Your privacy\n---\nWords.\n",
                "Give content/pages/privacy.md the line slug: privacy",
            ),
            (
                "---\ntitle: Privacy\nstatus: draft\n---\nWords.\n",
                "content/pages/privacy.md is a draft.",
            ),
            (
                "---\ntitle: Privacy\nstatus: hidden\n---\nWords.\n",
                "content/pages/privacy.md is hidden.",
            ),
            (
                "---\ntitle: Privacy\nexpires: 2027-02-28\n---\nWords.\n",
                "content/pages/privacy.md was public until 2027-02-28.",
            ),
        ],
    )
    def test_form_needs_a_page_that_readers_find(
        self, tmp_path: Path, page: str | None, why: str
    ) -> None:
        """The report says how to make one, or why the one that is there does not count."""
        built = build(tmp_path, '"provider": "netlify"', privacy=page)

        assert (built.code, built.report) == (1, reported(6, NEEDED + why))

    def test_a_post_is_no_such_page(self, tmp_path: Path) -> None:
        """A post called privacy has another address."""
        post = "---\ntitle: Privacy\ndate: 2027-01-15\n---\nWords.\n"
        files = {
            "pelicanconf.py": settings('"provider": "netlify"'),
            "content/posts/privacy.md": post,
        }

        built = build_site(tmp_path, files)

        assert built.report == reported(6, f"{NEEDED}Make one: python3 run.py new page privacy")

    def test_a_page_that_cannot_be_read_is_one_problem(self, tmp_path: Path) -> None:
        """Nobody is told to make a page that is there, with a slip in it."""
        built = build(
            tmp_path, '"provider": "netlify"', privacy="---\ntitel: Privacy\n---\nWords.\n"
        )

        assert built.code == 1
        assert "CONTACT" not in built.report

    def test_a_site_without_a_form_needs_none(self, tmp_path: Path) -> None:
        """A mail address alone takes nothing from anybody."""
        assert build_site(tmp_path).report == ""


def test_providers_agree_on_what_they_have() -> None:
    """A provider has a key and an example of it, or neither; robots have a field with each."""
    for provider in PROVIDERS.values():
        assert bool(provider.key) == bool(provider.example) == bool(provider.endpoint)
        assert provider.key is None or provider.key.fullmatch(provider.example)
        assert provider.honeypot
