// The last searches, newest first, kept in this browser only.
import type { Store } from "../storage";

const KEY = "wh-searches";
const KEPT = 5; // searches
const LETTERS = 160; // of one

/** What was stored; damaged text counts as nothing. */
export function recent(store: Store): string[] {
  try {
    const value: unknown = JSON.parse(store.read(KEY) ?? "[]");
    if (!Array.isArray(value)) return [];
    return value.filter((v): v is string => typeof v === "string" && v.length <= LETTERS).slice(0, KEPT);
  } catch {
    return [];
  }
}

export function remember(store: Store, query: string): void {
  const text = query.trim().slice(0, LETTERS);
  if (text.length > 1) store.write(KEY, JSON.stringify([text, ...recent(store).filter((q) => q !== text)].slice(0, KEPT)));
}
