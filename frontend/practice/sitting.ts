// Which cards a sitting asks and in which order, as pure values.
import type { Card, Deck } from "./cards.ts";
import type { Grade } from "./events.ts";
import { chance, due, missedLately, type Memory } from "./memory.ts";

/** What is asked about: "all", "missed", "category=caching", "phase=scope", "problem=payment", "pattern=saga" or "pattern=saga,retry". */
export type Choice = string;
export interface Today {
  day: number;
  /** The day of the interview; NaN where there is none. */
  interview: number;
}
export type Memories = ReadonlyMap<string, Memory>;

/** Whether a card belongs to a choice; null where the choice names nothing that there is. */
export function chosen(deck: Deck, choice: Choice, memories: Memories, day: number): ((card: Card) => boolean) | null {
  const [kind = "", name = ""] = choice.split("=", 2);
  switch (kind) {
    case "all":
      return () => true;
    case "missed":
      return ({ id }) => missedLately(memories.get(id), day);
    case "category":
      return name in deck.categories ? ({ of }) => deck.owners[of]?.category === name : null;
    case "phase":
      return name in deck.phases ? ({ of }) => deck.owners[of]?.phases?.includes(name) ?? false : null;
    case "problem": {
      const own = `problems/${name}`, uses = deck.owners[own]?.uses;
      return uses ? ({ of }) => of === own || uses.includes(of) : null;
    }
    case "pattern": {
      const pages = name.split(",").map((slug) => `patterns/${slug}`);
      return pages.every((page) => page in deck.owners) ? ({ of }) => pages.includes(of) : null;
    }
    default:
      return null;
  }
}

export interface Counts {
  due: number;
  fresh: number;
  missed: number;
}
const isDue = (id: string, m: Memory, { day, interview }: Today) => due(id, m, interview) <= day;

/** How many of these cards are due, were never asked, and were missed within a week. */
export function counts(cards: readonly Card[], memories: Memories, today: Today): Counts {
  const found = { due: 0, fresh: 0, missed: 0 };
  for (const { id } of cards) {
    const m = memories.get(id);
    if (!m) found.fresh++;
    else if (isDue(id, m, today)) found.due++;
    if (missedLately(m, today.day)) found.missed++;
  }
  return found;
}

/**
 * The cards of a sitting: those that are due, the most forgotten first; then new ones, each followed by one of a pattern that is often
 * confused with its own. `early` goes on with cards that are not due yet, for who asks for one pattern or for what was missed.
 */
export function picked(deck: Deck, cards: readonly Card[], memories: Memories, today: Today, size: number, early: boolean): Card[] {
  const known = cards.filter(({ id }) => memories.has(id));
  const forgotten = (card: Card) => chance(memories.get(card.id)!, today.day);
  const byNeed = (list: Card[]) => list.sort((a, b) => forgotten(a) - forgotten(b));
  const found = byNeed(known.filter(({ id }) => isDue(id, memories.get(id)!, today)));
  const fresh = new Set(cards.filter(({ id }) => !memories.has(id)));
  const take = (card: Card) => {
    fresh.delete(card);
    found.push(card);
  };
  for (const card of fresh) {
    if (found.length >= size) break;
    take(card);
    const near = deck.owners[card.of]?.confused ?? [];
    const pair = near.length ? [...fresh].find(({ of }) => near.includes(of)) : undefined;
    if (pair && found.length < size) take(pair);
  }
  if (early) found.push(...byNeed(known.filter((card) => !found.includes(card))));
  return arranged(deck, found.slice(0, size));
}

/** The same cards: after each, if there is one, a card of a pattern often confused with its own; never needlessly two of one pattern. */
export function arranged(deck: Deck, cards: readonly Card[]): Card[] {
  const left = [...cards], out: Card[] = [];
  while (left.length) {
    const before = out.at(-1), near = before ? deck.owners[before.of]?.confused ?? [] : [];
    const pair = left.findIndex(({ of }) => near.includes(of)), other = left.findIndex(({ of }) => of !== before?.of);
    out.push(...left.splice(Math.max(0, pair >= 0 ? pair : other), 1));
  }
  return out;
}

/** A sitting as it runs: who is next, what was answered, and the sitting before the last answer. */
export interface Sitting {
  queue: readonly string[];
  done: readonly { id: string; grade: Grade }[];
  before?: Sitting;
}
const AGAIN = 4; // other cards come first before a missed one returns

export const begun = (ids: readonly string[]): Sitting => ({ queue: ids, done: [] });

/** After an answer: a card that was missed returns in the same sitting, after four others or at the end. */
export function graded(s: Sitting, grade: Grade): Sitting {
  const [id, ...rest] = s.queue;
  if (id === undefined) return s;
  const queue = grade === 1 ? [...rest.slice(0, AGAIN), id, ...rest.slice(AGAIN)] : rest;
  return { queue, done: [...s.done, { id, grade }], before: s };
}
/** Without the cards that another tab has asked meanwhile; the one that is shown stays. */
export const without = (s: Sitting, ids: ReadonlySet<string>): Sitting =>
  ({ ...s, queue: s.queue.filter((id, i) => i === 0 || !ids.has(id)) });

export interface Tally {
  /** Different cards that were asked. */
  asked: number;
  /** Of these, recalled at the first go. */
  first: number;
  missed: string[];
}
export function tally({ done }: Sitting): Tally {
  const first = new Map<string, Grade>();
  for (const { id, grade } of done) if (!first.has(id)) first.set(id, grade);
  const missed = [...first].filter(([, grade]) => grade === 1).map(([id]) => id);
  return { asked: first.size, first: first.size - missed.length, missed };
}
