"""The settings of the made-up site for stock Pelican."""

import json
from pathlib import Path

SITENAME = "Riverside 10K"
SITESUBTITLE = "Ten flat kilometres, two bridges, one brass band."
SITEURL = "https://riverside.example"
TIMEZONE = "America/Chicago"
DEFAULT_LANG = "en"
LOCALE = ["C"]

PATH = "content"
OUTPUT_PATH = "output"
ARTICLE_PATHS = ["posts"]
STATIC_PATHS = ["logos"]
PLUGINS: list[str] = []
USE_FOLDER_AS_CATEGORY = False
FILENAME_METADATA = ""

THEME = "simple"
THEME_TEMPLATES_OVERRIDES = ["templates"]
CSS_FILE = ""
SPONSORS = json.loads(Path(__file__).with_name("sponsors.json").read_text(encoding="utf-8"))
DISPLAY_CATEGORIES_ON_MENU = False
MENUITEMS = [("Blog", "/blog/"), ("Sponsors", "/sponsors/"), ("Contact", "/contact/")]

# As Milepost reads Markdown; the header of a post is Pelican's own.
MARKDOWN = {
    "extensions": [
        "markdown.extensions.extra",
        "markdown.extensions.sane_lists",
        "markdown.extensions.toc",
        "markdown.extensions.meta",
    ],
    "output_format": "html",
}

ARTICLE_URL = "blog/{slug}/"
ARTICLE_SAVE_AS = "blog/{slug}/index.html"
CATEGORY_URL = "blog/topics/{slug}/"
CATEGORY_SAVE_AS = "blog/topics/{slug}/index.html"
TAG_URL = "blog/tags/{slug}/"
TAG_SAVE_AS = "blog/tags/{slug}/index.html"
AUTHOR_URL = "blog/authors/{slug}/"
AUTHOR_SAVE_AS = "blog/authors/{slug}/index.html"
YEAR_ARCHIVE_URL = "blog/archive/{date:%Y}/"
YEAR_ARCHIVE_SAVE_AS = "blog/archive/{date:%Y}/index.html"
DIRECT_TEMPLATES = ["home", "index", "archives", "sponsors", "contact", "race_day", "404"]
HOME_SAVE_AS = "index.html"
INDEX_SAVE_AS = "blog/index.html"
ARCHIVES_SAVE_AS = "blog/archive/index.html"
SPONSORS_SAVE_AS = "sponsors/index.html"
CONTACT_SAVE_AS = "contact/index.html"
RACE_DAY_SAVE_AS = "race-day/index.html"

DEFAULT_PAGINATION = 10
PAGINATION_PATTERNS = [
    (1, "{base_name}/", "{base_name}/index.html"),
    (2, "{base_name}/page/{number}/", "{base_name}/page/{number}/index.html"),
]

FEED_ALL_ATOM = "feed.xml"
FEED_MAX_ITEMS = 20
CATEGORY_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None
TRANSLATION_FEED_ATOM = None

CACHE_CONTENT = False
LOAD_CONTENT_CACHE = False
