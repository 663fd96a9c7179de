const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** A length of time in at most two units: "0.4 s", "41 s", "4 min", "3 h 12 min", "2 d". `seconds` may be fractional. */
export function duration(seconds: number): string {
  const positive = Math.max(0, seconds);
  if (positive < 10 && !Number.isInteger(positive)) return `${positive.toFixed(1)} s`;
  if (positive < minute) return `${Math.floor(positive)} s`;
  if (positive < hour) return `${Math.floor(positive / minute)} min`;
  if (positive < day) {
    const rest = Math.floor((positive % hour) / minute);
    return `${Math.floor(positive / hour)} h${rest > 0 ? ` ${rest} min` : ""}`;
  }
  return `${Math.floor(positive / day)} d`;
}

/** "40 s ago" for up to a day, then the date ("20 Nov", with the year where it is another one). */
export function ago(at: string, now: number): string {
  const seconds = Math.floor((now - Date.parse(at)) / 1000);
  if (seconds < 1) return "now";
  if (seconds < day) return `${duration(seconds)} ago`;
  return date(at, now);
}

/** "20 Nov", or "20 Nov 2025" where the year is another one. */
export function date(at: string, now: number): string {
  const then = new Date(at);
  const sameYear = then.getFullYear() === new Date(now).getFullYear();
  return then.toLocaleDateString("en-GB", { day: "numeric", month: "short", ...(sameYear ? {} : { year: "numeric" }) });
}

/** "14:31", local time; with `seconds` "14:31:52". */
export function clock(at: string, seconds = false): string {
  return new Date(at).toLocaleTimeString("en-GB", {
    hour: "2-digit",
    minute: "2-digit",
    ...(seconds ? { second: "2-digit" } : {}),
  });
}

/** "14:31" today, "20 Nov 14:31" before. */
export function clockOrDate(at: string, now: number): string {
  const today = new Date(at).toDateString() === new Date(now).toDateString();
  return today ? clock(at) : `${date(at, now)} ${clock(at)}`;
}

/** The exact instant for a title: "20 Nov 2026, 14:31:52 CET". */
export function exact(at: string): string {
  return new Date(at).toLocaleString("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    timeZoneName: "short",
  });
}
