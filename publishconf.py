"""The settings of the published site: pelicanconf.py, and where readers find it."""

from pelicanconf import *  # noqa: F403

SITEURL = "https://milepostrun.example"
OUTPUT_PATH = "public"
FINAL_BUILD = True
