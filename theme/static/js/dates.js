/*
 * Says how long ago a day was, on the day of reading: "3 years ago". The page has the exact date
 * beside it, and an empty, hidden element with the day in data-ago; without this file it stays so.
 */
"use strict";

{
  const dayOf = (date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());

  /* Whole units of the calendar between two days at midnight UTC, the earlier one first. */
  const distance = (from, to) => {
    const days = Math.round((to - from) / 86400000);
    const [a, b] = [new Date(from), new Date(to)];
    const months =
      12 * (b.getUTCFullYear() - a.getUTCFullYear()) +
      (b.getUTCMonth() - a.getUTCMonth()) -
      (b.getUTCDate() < a.getUTCDate() ? 1 : 0);
    if (months >= 12) return [Math.floor(months / 12), "year"];
    if (months >= 1) return [months, "month"];
    return days >= 7 ? [Math.floor(days / 7), "week"] : [days, "day"];
  };

  const words = (day, today, language) => {
    const past = day <= today;
    const [number, unit] = past ? distance(day, today) : distance(today, day);
    /* "Yesterday", but never "last year": that is another year for whoever reads it in January. */
    const numeric = unit === "day" ? "auto" : "always";
    const format = new Intl.RelativeTimeFormat(language, { numeric });
    return format.format(past ? -number : number, unit);
  };

  const today = dayOf(new Date());
  for (const element of document.querySelectorAll("[data-ago]")) {
    const language = element.closest("[lang]")?.lang || "en";
    try {
      element.textContent = words(Date.parse(element.dataset.ago), today, language);
      element.hidden = false;
    } catch {
      /* A browser that does not know the language: the exact date is enough. */
    }
  }
}
