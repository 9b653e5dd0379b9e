// The last searches, newest first, kept in this browser only.
import type { Store } from "../storage";

const KEY = "wh-searches";
const KEPT = 5;

/** What was stored; damaged text counts as nothing. */
export function recent(store: Store): string[] {
  try {
    const value: unknown = JSON.parse(store.read(KEY) ?? "[]");
    return Array.isArray(value) ? value.filter((v): v is string => typeof v === "string" && v.length < 200).slice(0, KEPT) : [];
  } catch {
    return [];
  }
}

export function remember(store: Store, query: string): void {
  const text = query.trim().slice(0, 160);
  if (text.length > 1) store.write(KEY, JSON.stringify([text, ...recent(store).filter((q) => q !== text)].slice(0, KEPT)));
}
