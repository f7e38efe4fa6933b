"""The settings of this site. docs/reference/settings.md explains every one."""

from milepost.defaults import *  # noqa: F403

SITENAME = "The Milepost Run"
SITESUBTITLE = "A spring morning by the river: half marathon, 10 km and kids' mile."
TIMEZONE = "America/Chicago"
DEFAULT_LANG = "en"

RACE = {
    "name": "The Milepost Run",
    "date": "2027-04-17",
    "place": "Depot Square",
    "distances": [
        {"name": "Half marathon", "start": "7:30"},
        {"name": "10 km", "start": "8:00"},
        {"name": "Kids' mile", "start": "10:00"},
    ],
}

CONTACT = {
    "email": "hello@milepostrun.example",
    "answers": "Volunteers answer, usually within two days.",
}

# This race is made up: nobody should find it when they look for a race to run.
NOINDEX = True

MENUITEMS = (("About", "{filename}/pages/about.md"),)
