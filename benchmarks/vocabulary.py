"""The words that made-up posts are put together from."""

from __future__ import annotations

from typing import Final

TAGS: Final = (
    *("aid stations", "ankles", "beginners", "bibs", "breathing", "bridges", "carbs", "cold"),
    *("cross training", "cues", "drills", "easy days", "form", "groups", "heat", "hills"),
    *("hydration", "injuries", "intervals", "kids", "knees", "long runs", "mornings", "pacing"),
    *("parking", "rain", "recovery", "relays", "rest", "results", "shoes", "sleep"),
    *("stretching", "tapering", "tempo", "timing", "trails", "volunteers", "walking", "wind"),
)

TITLES: Final = (
    *(
        "Easy miles",
        "Hill repeats",
        "A slow start",
        "What we learned",
        "Long runs",
        "Cold mornings",
    ),
    *(
        "How to pace",
        "Where to park",
        "Aid stations",
        "Rest days",
        "New shoes",
        "First mile nerves",
    ),
    *("A quiet tempo run", "Walking breaks", "Wind and water", "Thank you, volunteers"),
)

PLACES: Final = (
    *("along the levee", "by the old mill", "on the rail trail", "at the north bridge"),
    *("behind the school", "on Orchard Hill", "near the boathouse", "around the lake"),
    *("at the finish", "on the gravel stretch", "under the viaduct", "through the market"),
    *("by the water tower", "at the third turn", "in the park", "on the island path"),
)

DOERS: Final = (
    *("our runners", "the volunteers", "most beginners", "the Tuesday group", "a few of us"),
    *("the timing crew", "everybody", "the fastest women", "two patient parents", "the cyclists"),
    *("people who never run", "my neighbour", "the coach", "the whole relay team", "nobody"),
    *("the kids' group", "half of the field", "the course marshals", "a retired teacher"),
)

DONE: Final = (
    *("worked on", "talked about", "forgot", "enjoyed", "took care of", "measured", "wrote down"),
    *("underestimated", "slowly got used to", "planned", "kept an eye on", "practised", "skipped"),
    *("couldn't agree on", "paid for", "came back for", "asked about", "finally understood"),
)

MATTERS: Final = (
    *("an even pace", "the first two miles", "a warm pair of gloves", "the second water stop"),
    *("short and quick steps", "a proper warm-up", "the long way home", "strong hips and ankles"),
    *("a gentle cool-down", "the last hundred yards", "eight hours of sleep", "an honest plan"),
    *("the climb and the descent", "a bottle of water", "shoes that fit", "loose shoulders"),
    *("the start in three waves", "rest between efforts", "a bib that stays on", "the shuttle"),
)

TIMES: Final = (
    *("last April", "every Saturday", "before breakfast", "in the rain", "after work", "this year"),
    *("for six weeks", "without a watch", "twice a week", "on the day", "all winter", "at sunrise"),
    *("in the heat of July", "more than once", "between two trains", "with a smile"),
)

OPENINGS: Final = (
    *("as a rule,", "to be fair,", "in the end,", "most of the time,", "if you ask me,"),
    *("when it gets hard,", "once more,", "on a good day,", "believe it or not,", "by now,"),
)

ENDINGS: Final = (
    *("and it shows", "which is what counts", "so don't worry", "because it's worth it"),
    *("but only for a while", "and nobody minds", "or so they say", "as you'd expect"),
    *("and that's the whole trick", "although it took some time", "with nothing left to prove"),
)
