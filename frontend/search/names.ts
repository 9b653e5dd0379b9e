// The query as a name: whole, begun, as initials, or with its words in any order.
import type { Entry } from "./entry.ts";
import { said, type Idea } from "./expand.ts";
import { TUNED } from "./tuned.ts";
import { pairs } from "./vocabulary.ts";
import { isStop, stem, words } from "./words.ts";

interface Name {
  entry: number;
  text: string;
  /** A title, not an alias. */
  own: boolean;
  /** Number of words. */
  length: number;
  joined: string;
  /** Of a name of several words. */
  initials: string;
}

const initials = (all: readonly string[], without: readonly string[] = []) =>
  all.filter((word) => !without.includes(word)).map((word) => word[0]).join("");

export class Names {
  private readonly names: Name[] = [];
  private readonly withTerm = new Map<string, number[]>();
  private readonly titles: string[];

  constructor(entries: readonly Entry[]) {
    this.titles = entries.map((entry) => words(entry.title).join(""));
    entries.forEach((entry, i) => {
      for (const text of [entry.title, ...(entry.names ?? [])]) this.add(i, text, text === entry.title);
    });
  }

  private add(entry: number, text: string, own: boolean): void {
    const all = words(text);
    const name = { entry, text, own, length: all.length, joined: all.join(""), initials: all.length > 1 ? initials(all) : "" };
    const at = this.names.push(name) - 1;
    for (const term of new Set([...all.map(stem), ...pairs(all).map((pair) => pair.term)])) {
      this.withTerm.set(term, [...(this.withTerm.get(term) ?? []), at]);
    }
  }

  /** Each name that the query is like, with its points; and the alias, where it is the reason and not the title. */
  *like(query: readonly Idea[]): Generator<{ entry: number; points: number; alias?: string }> {
    const all = query.map(said);
    const content = query.filter((idea) => !isStop(idea.word));
    const asked = { joined: all.join(""), initials: all.length > 1 ? initials(all, ["and", "of"]) : "", ideas: content.length };
    const shared = this.shared(content);
    for (const [at, name] of this.names.entries()) {
      const points = likeness(asked, name, shared.get(at) ?? 0) * (name.own ? TUNED.name.own : 1);
      const isReason = points >= TUNED.name.shown && name.joined !== this.titles[name.entry];
      if (points) yield { entry: name.entry, points, ...(isReason && { alias: name.text }) };
    }
  }

  /** How many ideas of the query a name has. */
  private shared(query: readonly Idea[]): Map<number, number> {
    const count = new Map<number, number>();
    for (const { expansions } of query) {
      for (const at of new Set(expansions.flatMap(({ term }) => this.withTerm.get(term) ?? []))) count.set(at, (count.get(at) ?? 0) + 1);
    }
    return count;
  }

  /** The names that look most alike, by shared pairs of letters: for a query that found nothing. */
  nearest(joined: string, among: (entry: number) => boolean): { entry: number; score: number }[] {
    const mine = letterPairs(joined.slice(0, TUNED.nearest.letters));
    const best = new Map<number, number>();
    for (const { entry, joined: name } of this.names) {
      if (!among(entry)) continue;
      const theirs = letterPairs(name);
      const like = (2 * [...mine].filter((pair) => theirs.has(pair)).length) / (mine.size + theirs.size || 1);
      if (like > (best.get(entry) ?? -1)) best.set(entry, like);
    }
    const ranked = [...best].map(([entry, score]) => ({ entry, score }));
    return ranked.sort((a, b) => b.score - a.score || a.entry - b.entry).slice(0, TUNED.nearest.names);
  }
}

const letterPairs = (text: string) => new Set(Array.from({ length: Math.max(0, text.length - 1) }, (_, i) => text.slice(i, i + 2)));
const oneOrMany = (a: string, b: string) => a === b || a === `${b}s` || `${a}s` === b;

/** Points for the best way in which a query is like a name. */
function likeness(asked: { joined: string; initials: string; ideas: number }, name: Name, shared: number): number {
  const { whole, begins, completes, spelledOut, initials, words, fills } = TUNED.name;
  if (oneOrMany(name.joined, asked.joined)) return whole;
  const isBegun = asked.joined.length > 1 && name.joined.startsWith(asked.joined);
  if (isBegun) return begins + completes * (asked.joined.length / name.joined.length);
  if (asked.initials.length > 1 && [asked.initials, `${asked.initials}s`].includes(name.joined)) return spelledOut;
  if (name.initials.length > 1 && name.initials === asked.joined) return initials;
  if (asked.ideas > 1 && shared === asked.ideas) return words + fills * Math.min(1, asked.ideas / name.length);
  return 0;
}
