"""The settings of this site. docs/reference/settings.md explains every one."""

from milepost.defaults import *  # noqa: F403

SITENAME = "The Milepost Run"
SITESUBTITLE = "A spring morning by the river: half marathon, 10 km and kids' mile."
TIMEZONE = "America/Chicago"
DEFAULT_LANG = "en-US"

RACE = {
    "name": "The Milepost Run",
    "date": "2027-04-17",
    "place": "Depot Square",
    "map": "https://maps.example/depot-square",
    "distances": [
        {"name": "Half marathon", "start": "7:30 am"},
        {"name": "10 km", "start": "8:00 am"},
        {"name": "Kids' mile", "start": "10:00 am"},
    ],
    "registration": {
        "link": "https://tickets.example/milepost-run",
        "opens": "2026-12-01",
        "closes": "2027-04-10",
        "currency": "USD",
        "prices": [
            {"price": "$65", "distance": "Half marathon", "until": "2027-01-31"},
            {"price": "$75", "distance": "Half marathon"},
            {"price": "$35", "distance": "10 km", "until": "2027-01-31"},
            {"price": "$40", "distance": "10 km"},
            {"price": "Free", "distance": "Kids' mile"},
        ],
    },
    "pickup": {
        "place": "Freight house, Depot Square",
        "map": "https://maps.example/depot-square-freight-house",
        "hours": [
            {"date": "2027-04-16", "opens": "noon", "closes": "7:00 pm"},
            {
                "date": "2027-04-17",
                "opens": "6:00 am",
                "closes": "7:15 am",
                "group": "Half marathon",
            },
            {"date": "2027-04-17", "opens": "6:00 am", "closes": "7:45 am", "group": "10 km"},
            {"date": "2027-04-17", "opens": "6:00 am", "closes": "9:45 am", "group": "Kids' mile"},
        ],
        "bring": [
            "A photo ID, or a picture of it on your phone",
            "Your bib number, if you know it",
        ],
        "friend": "A friend may collect for you, with a picture of your ID and your say-so in "
        "writing; a text message does it.",
    },
    "parking": [
        {
            "place": "The garage behind the depot",
            "map": "https://maps.example/depot-garage",
            "text": "Free until noon. Come in from the Mill Street side.",
        },
        {
            "place": "The school",
            "map": "https://maps.example/school",
            "text": "From 6:30, when Cannery Street closes. Seven minutes to walk.",
        },
    ],
    "bag_check": {
        "place": "Freight house, back door",
        "text": "From 6:00 to 11:15 am, with the tag from your packet.",
    },
    "phone_race_day": "(417) 555-0142",
    "results": {2026: "{filename}/posts/2026-results-and-thanks.md"},
}

CONTACT = {
    "email": "hello@milepostrun.example",
    "answers": "Volunteers answer, usually within two days.",
}

# This race is made up: nobody should find it when they look for a race to run.
NOINDEX = True

MENUITEMS = (("About", "{filename}/pages/about.md"),)
