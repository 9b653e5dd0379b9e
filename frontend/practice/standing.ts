// Where a reader stands with each pattern, and what to do next, as pure values. Progress is what was done: read, asked, held.
import type { Card, Deck } from "./cards.ts";
import type { Logged } from "./events.ts";
import { chance, due, missedLately, type Memory } from "./memory.ts";
import type { Memories, Today } from "./sitting.ts";

export type State = "unread" | "read" | "shaky" | "known";
export interface Stand {
  state: State;
  cards: number;
  asked: number;
  /** Cards that would still be recalled, and for a week or more after their last answer. */
  held: number;
  due: number;
}
const WEEK = 7, SURE = 0.8; // days that a memory must hold, and the chance below which it does no more

/** Whether a card was recalled, for a week or more, and still would be. */
export const holds = (m: Memory, day: number): boolean => m.last !== 1 && m.stability >= WEEK && chance(m, day) >= SURE;

/** A page's cards as they stand: known where every card is held, shaky from the first answer on. */
export function stand(cards: readonly Card[], memories: Memories, read: boolean, { day, interview }: Today): Stand {
  const found: Stand = { state: read ? "read" : "unread", cards: cards.length, asked: 0, held: 0, due: 0 };
  for (const { id } of cards) {
    const m = memories.get(id);
    if (!m) continue;
    found.asked++;
    if (holds(m, day)) found.held++;
    if (due(id, m, interview) <= day) found.due++;
  }
  if (found.asked) found.state = found.held === found.cards ? "known" : "shaky";
  return found;
}

/** Slugs that are marked as read, from what another feature keeps: {"saga": "read"}. Damage counts for nothing. */
export function readMarks(text: string | null): Set<string> {
  try {
    const value: unknown = JSON.parse(text ?? "{}");
    const marks = typeof value === "object" && value && !Array.isArray(value) ? Object.entries(value) : [];
    return new Set(marks.filter(([, mark]) => mark === "read").map(([slug]) => slug));
  } catch {
    return new Set();
  }
}

/** How often each problem was rehearsed to its end, and when last (ms). */
export function rehearsed(events: readonly Logged[]): Map<string, { times: number; last: number }> {
  const begun = new Map<unknown, string>(), found = new Map<string, { times: number; last: number }>();
  for (const e of events) if (e.k === "mock.start" && typeof e["problem"] === "string") begun.set(e["s"], e["problem"]);
  for (const e of events) {
    const problem = e.k === "mock.end" && e["how"] !== "abandoned" ? begun.get(e["s"]) : undefined;
    if (problem === undefined) continue;
    const before = found.get(problem);
    found.set(problem, { times: (before?.times ?? 0) + 1, last: Math.max(before?.last ?? 0, e.at) });
  }
  return found;
}

/** One thing to do: the sentence that says it, what stands in its blanks, and where it is done, below the site's root. */
export interface Next {
  say: "due" | "missed" | "shaky" | "read" | "first" | "unread" | "problem";
  values: (string | number)[];
  place: string;
}
const AT_MOST = 5;

/** What to do next, the most pressing first. `stands` by page, in the order in which patterns are worth learning. */
export function next(deck: Deck, stands: ReadonlyMap<string, Stand>, memories: Memories, today: Today, done: ReadonlySet<string>): Next[] {
  const all = [...stands], out: Next[] = [], slug = (place: string) => place.replace(/^.*\//, "");
  const name = (place: string) => deck.owners[place]!.name;
  const isDue = all.some(([, { due }]) => due), missed = deck.cards.some(({ id }) => missedLately(memories.get(id), today.day));
  if (isDue) out.push({ say: "due", values: [], place: "practice/ask/#all" });
  if (missed) out.push({ say: "missed", values: [], place: "practice/ask/#missed" });
  if (!memories.size) out.push({ say: "first", values: [], place: "practice/ask/#all" });
  const shaky = all.filter(([, { state }]) => state === "shaky").sort((a, b) => a[1].held / a[1].cards - b[1].held / b[1].cards);
  const patterns = all.filter(([place]) => place.startsWith("patterns/"));
  const read = patterns.filter(([, { state }]) => state === "read"), unread = patterns.filter(([, { state }]) => state === "unread");
  const needing = (place: string) => Object.values(deck.owners).filter(({ uses }) => uses?.includes(place)).length;
  for (const [place] of shaky.slice(0, 1)) out.push({ say: "shaky", values: [name(place)], place: `practice/ask/#${asked(place)}` });
  for (const [place] of read.slice(0, 1)) out.push({ say: "read", values: [name(place)], place: `practice/ask/#${asked(place)}` });
  for (const [place] of unread.slice(0, 1)) out.push({ say: "unread", values: [name(place), needing(place)], place: `${place}/` });
  const problem = all.map(([place]) => place).find((place) => place.startsWith("problems/") && !done.has(slug(place)));
  if (problem) out.push({ say: "problem", values: [name(problem)], place: `${problem}/` });
  return out.slice(0, AT_MOST);
}

/** How the page of cards calls a page: "pattern=saga" for "patterns/saga". */
export const asked = (place: string): string => place.replace("s/", "=");
