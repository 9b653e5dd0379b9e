// What is ticked, as a pure value. Ids are stable; unknown ids from older versions are kept.

export type Ticked = ReadonlySet<string>;

/** Reads what was stored. Damaged text gives an empty set and `damaged`, so that it can be set aside. */
export function parse(text: string | null): { ticked: Ticked; damaged: boolean } {
  if (text === null) return { ticked: new Set(), damaged: false };
  try {
    const value: unknown = JSON.parse(text);
    if (Array.isArray(value) && value.every((v) => typeof v === "string")) return { ticked: new Set(value), damaged: false };
  } catch {
    /* falls through */
  }
  return { ticked: new Set(), damaged: true };
}

export const serialize = (ticked: Ticked): string => JSON.stringify([...ticked].sort());

export function toggled(ticked: Ticked, id: string, on: boolean): Ticked {
  const next = new Set(ticked);
  if (on) next.add(id);
  else next.delete(id);
  return next;
}

export const without = (ticked: Ticked, ids: readonly string[]): Ticked => new Set([...ticked].filter((id) => !ids.includes(id)));

export const counted = (ticked: Ticked, ids: readonly string[]): number => ids.filter((id) => ticked.has(id)).length;
