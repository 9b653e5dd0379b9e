// What an event of the reader's log is, as plain values: its shape, its id, the order, what was taken back, and the union of two logs.

/** What happened, by kind. A feature adds its kinds with `declare module "../practice/events" { interface Kinds { … } }`. */
export interface Kinds {
  /** A card was asked and graded: 1 missed, 2 hard, 3 good, 4 easy. `s` is the sitting. */
  review: { card: string; grade: Grade; s?: string };
  /** A fork was decided: which choice, how sure in percent, what the guide says of it, and whether it says otherwise of another. */
  defend: { fork: string; took: string; sure: number; out: Verdict; tested: boolean };
  /** What the reader replied to the objection, by the event of the choice. */
  "defend.reply": { of: string; text: string };
  /** A step of a plan was ticked by hand, or the tick taken away. */
  "plan.tick": { step: string; on: boolean };
  /** An earlier event is taken back, by its id; both stay in the log. */
  undo: { of: string };
  /** A setting of practice, such as the day of the interview; null where it was removed. The last one holds. */
  set: { name: string; value: string | null };
}
/** The guide takes it; it holds on a condition that the text states; the text gives reasons against it. */
export type Verdict = "taken" | "condition" | "against";
export type Grade = 1 | 2 | 3 | 4;
export type Fact = { [K in keyof Kinds]: { k: K } & Kinds[K] }[keyof Kinds];

/** `at`: ms since 1970; `tz`: minutes to add to UTC for the reader's clock; `dev`: a random name of the browser. */
export interface Stamp {
  v: number;
  id: string;
  at: number;
  tz: number;
  dev: string;
}
/** An event as it is kept: frozen, and of a kind that this version may not know. */
export type Logged = Readonly<Stamp & { k: string } & Record<string, unknown>>;
export type LoggedAs<K extends keyof Kinds> = Readonly<Stamp & { k: K } & Kinds[K]>;

/** A record that could not be read, as text, so that nothing is lost and a second import does not double it. */
export interface Aside {
  text: string;
  at: number;
}

export const VERSION = 1;
const SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const ULID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

/** A ULID: 10 signs of time, then 16 of chance. `chance` gives a whole number below 32. */
export function ulid(at: number, chance: () => number): string {
  let time = "";
  for (let left = Math.max(0, Math.floor(at)), i = 0; i < 10; i++, left = Math.floor(left / 32)) time = SIGNS[left % 32] + time;
  return time + Array.from({ length: 16 }, () => SIGNS[chance()]).join("");
}

/** What a text says as JSON; undefined where it is none. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
const text = (value: unknown): value is string => typeof value === "string" && value !== "";
const whole = (value: unknown): value is number => Number.isFinite(value);
/** What the kinds of this module need; of others only the stamp is asked. */
const NEEDS: Partial<Record<string, (e: Record<string, unknown>) => boolean>> = {
  review: (e) => text(e["card"]) && [1, 2, 3, 4].includes(e["grade"] as number),
  defend: (e) => text(e["fork"]) && text(e["took"]) && whole(e["sure"]) && e["sure"] >= 0 && e["sure"] <= 100
    && ["taken", "condition", "against"].includes(e["out"] as string) && typeof e["tested"] === "boolean",
  "defend.reply": (e) => text(e["of"]) && text(e["text"]),
  "plan.tick": (e) => text(e["step"]) && typeof e["on"] === "boolean",
  undo: (e) => text(e["of"]),
  set: (e) => text(e["name"]) && (e["value"] === null || typeof e["value"] === "string"),
};

/** Whether a record can be an event; one of a later version is kept as it is, and not asked more. */
export function fits(record: unknown): record is Logged {
  if (typeof record !== "object" || record === null) return false;
  const e = record as Record<string, unknown>;
  const { v } = e;
  const stamped = whole(v) && v >= 1 && text(e["id"]) && ULID.test(e["id"]) && whole(e["at"]) && whole(e["tz"]) && text(e["dev"]);
  return stamped && text(e["k"]) && (Number(v) > VERSION || (NEEDS[e["k"]]?.(e) ?? true));
}

/** Events by time, and by id where the time is one. */
export const inOrder = (events: Iterable<Logged>): Logged[] =>
  [...events].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));

/** What a fold reads: in order, of this version, without what was taken back and without the taking back. */
export function standing(events: Iterable<Logged>): Logged[] {
  const known = [...events].filter(({ v }) => v === VERSION);
  const gone = new Set(known.filter(({ k }) => k === "undo").map((e) => e["of"]));
  return inOrder(known.filter(({ id, k }) => k !== "undo" && !gone.has(id)));
}

/** The events of one kind, typed. */
export const ofKind = <K extends keyof Kinds>(events: readonly Logged[], kind: K): LoggedAs<K>[] =>
  events.filter(({ k }) => k === kind) as unknown as LoggedAs<K>[];

/** Settings as they stand: the last of each name holds. */
export function settings(events: readonly Logged[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const { name, value } of ofKind(events, "set")) {
    if (value === null) found.delete(name);
    else found.set(name, value);
  }
  return found;
}

const DAY = 86_400_000;
/** The reader's own day on which something happened, counted from 1970: what is due "tomorrow" is due after their midnight. */
export const dayOf = (at: number, tz: number): number => Math.floor((at + tz * 60_000) / DAY);
/** An ISO day such as 2026-12-10 as the same count; NaN where it is none. */
export const dayNamed = (iso: string): number => (/^\d{4}-\d\d-\d\d$/.test(iso) ? Math.floor(Date.parse(`${iso}T00:00Z`) / DAY) : NaN);
