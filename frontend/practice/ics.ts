// A plan as a calendar file, RFC 5545: an event of a whole day for each day that has steps.
import { iso, sum, type Laid, type Setup } from "./plans.ts";

const OCTETS = 75; // of a line, without its end
const encoder = new TextEncoder();

/** A text as a value: backslash, semicolon, comma and line end are written otherwise. */
export const escaped = (text: string): string => text.replace(/[\\;,]/g, "\\$&").replace(/\r?\n/g, "\\n");

/** A line in pieces of 75 octets at most; each after the first begins with a space. No sign is cut in two. */
export function folded(line: string): string {
  let out = "", width = 0;
  for (const sign of line) {
    const more = encoder.encode(sign).length;
    if (width + more > OCTETS) {
      out += "\r\n ";
      width = 1;
    }
    out += sign;
    width += more;
  }
  return out;
}

/** The file's text. `root` is the site's address; `head` says how many minutes a day takes. */
export function calendar(setup: Setup, { days }: Laid, root: string, head: (minutes: number) => string, now: Date): string {
  const day = (count: number) => iso(count).replaceAll("-", "");
  const stamp = now.toISOString().replace(/[-:]|\.\d+/g, "");
  const events = days.filter(({ steps }) => steps.length).flatMap(({ day: date, steps }) => [
    "BEGIN:VEVENT",
    `UID:${setup.plan.slug}-${iso(setup.from)}-${iso(date)}@whiteboard-hour`, // the same day again is the same event
    `DTSTAMP:${stamp}`,
    `DTSTART;VALUE=DATE:${day(date)}`,
    `DTEND;VALUE=DATE:${day(date + 1)}`,
    "TRANSP:TRANSPARENT",
    `SUMMARY:${escaped(head(sum(steps)))}`,
    `DESCRIPTION:${escaped(steps.map(({ say, minutes, place }) => `${say} (${minutes} min)\n${root}${place}`).join("\n"))}`,
    `URL:${root}practice/plan/`,
    "END:VEVENT",
  ]);
  const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Whiteboard Hour//Plan//EN", "CALSCALE:GREGORIAN", ...events, "END:VCALENDAR"];
  return lines.map((line) => `${folded(line)}\r\n`).join("");
}
