// Which patterns the reader has read or wants to, as a pure value. What a later version may write is kept.

export const MARKS = ["read", "to-read"] as const;
export type Mark = (typeof MARKS)[number];
/** By slug. */
export type Marks = ReadonlyMap<string, string>;

export const isMark = (value: string | undefined): value is Mark => MARKS.includes(value as Mark);

/** Reads what was stored. Damaged text gives no marks and `damaged`, so that it can be set aside. */
export function parse(text: string | null): { marks: Marks; damaged: boolean } {
  if (text === null) return { marks: new Map(), damaged: false };
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value && !Array.isArray(value) && Object.values(value).every((v) => typeof v === "string")) {
      return { marks: new Map(Object.entries(value)), damaged: false };
    }
  } catch {
    /* falls through */
  }
  return { marks: new Map(), damaged: true };
}

export const serialize = (marks: Marks): string =>
  JSON.stringify(Object.fromEntries([...marks].sort(([a], [b]) => (a < b ? -1 : 1))));

/** The marks after a press: the same mark again takes it back. */
export function pressed(marks: Marks, slug: string, mark: Mark): Marks {
  const next = new Map(marks);
  if (marks.get(slug) === mark) next.delete(slug);
  else next.set(slug, mark);
  return next;
}
