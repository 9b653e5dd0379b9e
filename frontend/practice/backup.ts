// The file that a reader takes along: the whole log, and what other features keep in localStorage. As plain values.
import { parsed, type Aside, type Logged } from "./events.ts";

/** Settings that stand in localStorage. */
export const SETTINGS = ["wh-slot", "wh-level", "wh-scheme", "wh-single-keys"] as const;
/** Keys of localStorage that travel: ticks of the checklists, those from before the log too, pages read, and settings. */
export const KEYS = ["wh-checklists", "wh-read", ...SETTINGS] as const;
export const FORMAT = 1;

export interface Backup {
  events: readonly unknown[];
  aside: readonly string[];
  kept: Readonly<Record<string, string>>;
}

/** The file's text. */
export const packed = (events: readonly Logged[], aside: readonly Aside[], kept: Record<string, string>, now: Date): string =>
  `${JSON.stringify({ "whiteboard-hour": FORMAT, made: now.toISOString(), kept, aside: aside.map(({ text }) => text), log: events })}\n`;

/** What a file holds; undefined where it is none of ours. Single records may still be damaged. */
export function unpacked(text: string): Backup | undefined {
  try {
    const { "whiteboard-hour": format, log, aside, kept } = JSON.parse(text);
    if (!(format >= 1) || !Array.isArray(log)) return undefined;
    const texts = Object.entries(kept && typeof kept === "object" ? kept : {}).filter(([, value]) => typeof value === "string");
    const mine = texts.filter(([key]) => (KEYS as readonly string[]).includes(key)) as [string, string][];
    const set = (Array.isArray(aside) ? aside : []).filter((one) => typeof one === "string");
    return { events: log, aside: set, kept: Object.fromEntries(mine) };
  } catch {
    return undefined;
  }
}

/** Two values of one key as one: lists and records are joined, what was read stays read, of a setting ours stays. */
export function joined(ours: string | null, theirs: string): string {
  if (ours === null) return theirs;
  const [a, b] = [parsed(ours), parsed(theirs)];
  if (Array.isArray(a) && Array.isArray(b)) return JSON.stringify([...new Set([...a, ...b])].sort());
  const record = (value: unknown) => typeof value === "object" && value !== null && !Array.isArray(value);
  if (!record(a) || !record(b)) return ours;
  const read = Object.entries(b as object).filter(([, mark]) => mark === "read");
  return JSON.stringify({ ...(b as object), ...(a as object), ...Object.fromEntries(read) });
}
