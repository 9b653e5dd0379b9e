// Queries that found nothing: words for us to learn from. Kept in this browser only, and sent by the reader's own hand or not at all.
import type { Store } from "../storage";

const KEY = "wh-searched-in-vain";
const KEPT = 30; // queries
const LETTERS = 160; // of one
export const PAUSE = 1_500; // milliseconds without a key, after which a query counts as meant

/** What was kept, newest first; damaged text counts as nothing. */
export function inVain(store: Store): string[] {
  try {
    const value: unknown = JSON.parse(store.read(KEY) ?? "[]");
    return Array.isArray(value) ? value.filter((v): v is string => typeof v === "string" && v.length <= LETTERS).slice(0, KEPT) : [];
  } catch {
    return [];
  }
}

export function keep(store: Store, query: string): void {
  const text = query.trim().slice(0, LETTERS);
  if (text.length > 1) store.write(KEY, JSON.stringify([text, ...inVain(store).filter((q) => q !== text)].slice(0, KEPT)));
}

/** Address of an issue that has them, for the reader to look through and send. */
export function report(repository: string, queries: readonly string[]): string {
  const body = `These searches found nothing:\n\n${queries.map((query) => `- \`${query.replaceAll("`", "'")}\``).join("\n")}\n`;
  return `${repository}/issues/new?title=${encodeURIComponent("Searches that found nothing")}&body=${encodeURIComponent(body)}`;
}
