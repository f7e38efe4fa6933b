"""The phases of a build: Pelican held at arm's length, the stage, and putting files in place."""
