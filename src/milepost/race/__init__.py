"""The race: what an organiser says of it, and what that means on a day."""
