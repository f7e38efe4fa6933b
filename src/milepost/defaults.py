"""The settings every site starts from: `from milepost.defaults import *`.

Plain data, so that Pelican's own command line can read it; nothing here imports Pelican.
"""

from milepost import paths

PELICAN_CLASS = "milepost.Site"

# What an organiser sets.
SITENAME = ""
SITESUBTITLE = ""
SITEURL = "http://127.0.0.1:8000"
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
RACE: dict[str, object] = {}
CONTACT: dict[str, object] = {}
MENUITEMS: tuple[tuple[str, str], ...] = ()
DEFAULT_PAGINATION = 10
FEED_MAX_ITEMS = 20
CHECKS: dict[str, str] = {}
BLOCK_LIST = ""
FRONT_MATTER_EXTRA: tuple[str, ...] = ()
NOINDEX = False

# Where things are. THEME is Milepost's own; a site's theme/ overrides it file by file.
PATH = "content"
OUTPUT_PATH = "output"
THEME = str(paths.theme())
ARTICLE_PATHS = ["posts"]
PAGE_PATHS = ["pages"]
STATIC_PATHS: list[str] = []
THEME_STATIC_PATHS: list[str] = []
PLUGINS = ["sitemap"]

# How Markdown is read. Never `meta`: it eats a first line such as "Update: …".
MARKDOWN = {
    "extensions": [
        "markdown.extensions.extra",
        "markdown.extensions.sane_lists",
        "markdown.extensions.toc",
    ],
    "output_format": "html",
}

# Decided, with reasons in docs/reference/settings.md.
IGNORE_FILES = [".*"]
USE_FOLDER_AS_CATEGORY = False
FILENAME_METADATA = ""
LOCALE = ["C"]
WITH_FUTURE_DATES = True
RELATIVE_URLS = False
DELETE_OUTPUT_DIRECTORY = False
TYPOGRIFY = False
ARTICLE_TRANSLATION_ID = None
PAGE_TRANSLATION_ID = None
CACHE_CONTENT = False
LOAD_CONTENT_CACHE = False
DIRECT_TEMPLATES: list[str] = []
PAGINATED_TEMPLATES: dict[str, int | None] = {}
DEFAULT_CATEGORY = ""
ARTICLE_URL = "blog/{slug}/"
ARTICLE_SAVE_AS = "blog/{slug}/index.html"
PAGE_URL = "{slug}/"
PAGE_SAVE_AS = "{slug}/index.html"
CATEGORY_URL = "blog/topics/{slug}/"
CATEGORY_SAVE_AS = "blog/topics/{slug}/index.html"
TAG_URL = "blog/tags/{slug}/"
TAG_SAVE_AS = "blog/tags/{slug}/index.html"
AUTHOR_URL = "blog/authors/{slug}/"
AUTHOR_SAVE_AS = "blog/authors/{slug}/index.html"
FEED_ALL_ATOM = None
CATEGORY_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None
TRANSLATION_FEED_ATOM = None
SITEMAP = {"format": "xml"}

# What a command sets for one build.
FINAL_BUILD = False
AS_OF = None
DRY_RUN = False
QUIET = False
