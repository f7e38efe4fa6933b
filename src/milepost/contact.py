"""How readers reach the race: mail, phone, post, and a form that a provider delivers."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Final, Literal
from urllib.parse import urlsplit

from pydantic import BeforeValidator, ConfigDict, ValidationInfo, field_validator

from milepost import schema, weblinks
from milepost.problems import quote
from milepost.schema import Model, Text

FORM_NAME: Final = "contact"
FORM_FIELDS: Final = ("name", "email", "message")
PRIVACY: Final = "privacy"
"""The slug of the page that says what becomes of what readers write."""

HONEYPOT: Final = "_gotcha"
"""The name that most providers give to a field for robots."""

NETLIFY: Final = "netlify"
OWN: Final = "own"

_MAIL = re.compile(
    r"""[^\s@<>()\[\]\\,;:"'?&%/]+@[^\s@<>()\[\]\\,;:"'?&%/.]+(?:\.[^\s@<>()\[\]\\,;:"'?&%/.]+)+"""
)
# A policy for browsers is a line of text: nothing but a plain host may come into it.
_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::[0-9]{1,5})?", re.IGNORECASE)
_FIELD = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,59}")
_LETTERS: Final = re.compile(r"[A-Za-z0-9]{4,64}")
_UUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """Who takes the messages of a form and passes them on. What it does not have is "" or None.

    `name` is what readers are told. `endpoint` is where the form posts to; the key stands at its
    end unless `key_field` names a hidden field for it. `key` is the shape of a key and
    `example` one of them. `honeypot` names the field that nobody but a robot fills in.
    `thanks_field` names the hidden field for the full address of the thank-you page, and
    `fields` are further hidden fields with their values.
    """

    name: str
    endpoint: str = ""
    key: re.Pattern[str] | None = None
    example: str = ""
    key_field: str = ""
    honeypot: str = HONEYPOT
    honeypot_type: Literal["text", "checkbox"] = "text"
    thanks_field: str = ""
    fields: tuple[tuple[str, str], ...] = ()


PROVIDERS: Final[Mapping[str, Provider]] = {
    NETLIFY: Provider(name="Netlify", honeypot="bot-field", fields=(("form-name", FORM_NAME),)),
    "formspree": Provider(
        name="Formspree",
        endpoint="https://formspree.io/f/",
        key=_LETTERS,
        example="xyzabcde",
        thanks_field="_next",
    ),
    "web3forms": Provider(
        name="Web3Forms",
        endpoint="https://api.web3forms.com/submit",
        key=_UUID,
        example="a1b2c3d4-0000-4000-8000-a1b2c3d4e5f6",
        key_field="access_key",
        honeypot="botcheck",
        honeypot_type="checkbox",
        thanks_field="redirect",
    ),
    "basin": Provider(
        name="Basin", endpoint="https://usebasin.com/f/", key=_LETTERS, example="1a2b3c4d5e6f"
    ),
}
"""The providers that are known by name.

Sources: https://docs.netlify.com/manage/forms/setup/ (found in the finished HTML; the address
that the form posts to is the thank-you page) and https://docs.netlify.com/forms/spam-filters/;
https://help.formspree.io/articles/building-your-form/honeypot-spam-filtering and the README of
Formspree for `_next`; https://docs.web3forms.com/getting-started/api-reference;
https://docs.usebasin.com/spam-protection/advanced-filters and
https://docs.usebasin.com/guides/api/api-forms/ (a form's `redirect_url` is set at Basin alone).
"""


def _mail(value: object) -> str:
    written = schema.text(value).removeprefix("mailto:")
    if not _MAIL.fullmatch(written):
        raise ValueError(f"{quote(written)} is not a mail address as hello@race.example")
    return written


def _key(value: object, info: ValidationInfo) -> str | None:
    provider = PROVIDERS.get(info.data.get("provider", ""))
    if value is None:
        if provider and provider.key:
            raise ValueError(f"is missing: {provider.name} gives you one, as {provider.example}")
        return None
    written = schema.text(value)
    if info.data.get("provider") == OWN:
        raise ValueError("is not used here: write it into the endpoint")
    if provider and not provider.key:
        raise ValueError(f"is not used here: {provider.name} needs none")
    if provider and provider.key and not provider.key.fullmatch(written):
        raise ValueError(
            f"{quote(written)} is not a key of {provider.name}, as {provider.example}."
            + _end_of_address(written, provider.key)
        )
    return written


def _end_of_address(written: str, shape: re.Pattern[str]) -> str:
    """Guess the key of somebody who has written the whole address."""
    end = written.rstrip("/").rpartition("/")[2]
    return f' Did you mean "{end}"?' if shape.fullmatch(end) else ""


def _own(read: Callable[[object], str], missing: str = "") -> BeforeValidator:
    """Make a reader of a key that an endpoint of one's own has, and no other provider.

    `missing` says what the key is for when it has to be there.
    """

    def read_own(value: object, info: ValidationInfo) -> str | None:
        provider = info.data.get("provider")
        if value is None:
            if missing and provider == OWN:
                raise ValueError(f"is missing: {missing}")
            return None
        if provider not in {None, OWN}:
            raise ValueError(f'is for provider "{OWN}" only')
        return read(value)

    return BeforeValidator(read_own)


def _endpoint(value: object) -> str:
    written = schema.text(value)
    reason = weblinks.objection(written, frozenset({"https"}))
    if not reason and not _HOST.fullmatch(urlsplit(written).netloc):
        reason = "must name its site with nothing but a to z, digits, dots and hyphens"
    if reason:
        raise ValueError(f"{quote(written)} {reason}")
    return written


def _field(value: object) -> str:
    written = schema.text(value)
    if not _FIELD.fullmatch(written):
        raise ValueError(
            f"{quote(written)} is not the name of a field: use a to z, 0 to 9, _ and hyphens"
        )
    if written in FORM_FIELDS:
        raise ValueError(f"{quote(written)} is a field that readers fill in")
    return written


class Form(Model):
    """`CONTACT["form"]`: who delivers what readers write.

    A `key` is what a provider knows the form by. The others describe an endpoint of one's own:
    what readers call it, and the names of its hidden fields.
    """

    # What is left out is read, too: a reader says which key a provider cannot do without.
    model_config = ConfigDict(validate_default=True)

    provider: Annotated[str, schema.choice(*PROVIDERS, OWN)]
    key: Annotated[str | None, BeforeValidator(_key)] = None
    endpoint: Annotated[str | None, _own(_endpoint, "the address that the form posts to")] = None
    name: Annotated[str | None, _own(schema.one_line, "what readers are told")] = None
    honeypot: Annotated[str | None, _own(_field)] = None
    thanks_field: Annotated[str | None, _own(_field)] = None

    @field_validator("thanks_field")
    @classmethod
    def _is_no_trap(cls, name: str | None, info: ValidationInfo) -> str | None:
        if name and name == (info.data.get("honeypot") or HONEYPOT):
            raise ValueError(f"{quote(name)} is the honeypot already")
        return name

    @property
    def service(self) -> Provider:
        """The provider: an entry of the table, or what the settings say of one's own."""
        if self.provider != OWN:
            return PROVIDERS[self.provider]
        return Provider(
            name=self.name or "",
            endpoint=self.endpoint or "",
            honeypot=self.honeypot or HONEYPOT,
            thanks_field=self.thanks_field or "",
        )

    @property
    def action(self) -> str:
        """Where the form posts to; "" is an address of the site itself."""
        service = self.service
        return service.endpoint if service.key_field else service.endpoint + (self.key or "")

    @property
    def host(self) -> str:
        """The host that messages go to, with its port if it has one, or "" for the site's own."""
        return urlsplit(self.action).netloc.lower()

    def hidden(self, thanks: str) -> tuple[tuple[str, str], ...]:
        """Return the hidden fields as (name, value); `thanks` is the thank-you page in full."""
        service = self.service
        named = ((service.key_field, self.key or ""), (service.thanks_field, thanks))
        return (*service.fields, *((name, value) for name, value in named if name))


class Contact(Model):
    """`CONTACT`: how readers reach the race, and who answers."""

    email: Annotated[str, BeforeValidator(_mail)] | None = None
    phone: Text | None = None
    address: Text | None = None
    answers: Text | None = None
    form: Form | None = None

    @property
    def form_host(self) -> str:
        """The origin of another site that the form posts to, as https://formspree.io, or ""."""
        host = self.form.host if self.form else ""
        return f"https://{host}" if host else ""
