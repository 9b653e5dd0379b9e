// The query as a name: whole, begun, as initials, or with its words in any order.
import type { Entry } from "./entry.ts";
import { said, type Idea } from "./expand.ts";
import { TUNED } from "./tuned.ts";
import type { Result } from "./engine.ts";
import { knownName, pairs } from "./vocabulary.ts";
import { isStop, isWeak, stem, words } from "./words.ts";

interface Name {
  entry: number;
  /** What is shown as the reason. */
  text: string;
  kind: "title" | "alias" | "known";
  words: readonly string[];
  /** Number of words. */
  length: number;
  joined: string;
  /** Without the words that every question has. */
  bare: string;
  /** Of a name of several words. */
  initials: string;
}

/** An entry whose name the query is like; and the name, where it is the reason and not the title. */
export interface Named { entry: number; points: number; why?: Result["why"] }

const WORTH = { title: TUNED.name.own, alias: 1, known: TUNED.name.known };
/** Makers whose name people leave out: "Amazon S3", "Apache Kafka". */
const MAKERS = new Set("amazon apache aws azure facebook google grafana hashicorp ibm meta microsoft netflix ory twitter".split(" "));
const isMaker = (word: string) => MAKERS.has(word);

/** Without "design a" and "how does … work". */
const bare = (all: readonly string[]) => all.filter((word) => !isStop(word) && !isWeak(word)).join("");
const initials = (all: readonly string[], without: readonly string[] = []) =>
  all.filter((word) => !without.includes(word)).map((word) => word[0]).join("");

export class Names {
  private readonly names: Name[] = [];
  private readonly withTerm = new Map<string, number[]>();
  private readonly titles: string[];

  constructor(entries: readonly Entry[]) {
    this.titles = entries.map((entry) => words(entry.title).join(""));
    entries.forEach((entry, i) => {
      this.add(i, entry.title, words(entry.title), "title");
      for (const text of entry.names ?? []) this.add(i, text, words(text), "alias");
      for (const text of [...(entry.products ?? []), ...(entry.codes ?? [])]) {
        const all = words(knownName(text));
        this.add(i, text, all, "known");
        if (all.length > 1 && isMaker(all[0])) this.add(i, text, all.slice(1), "known");
      }
    });
  }

  private add(entry: number, text: string, all: readonly string[], kind: Name["kind"]): void {
    const name = { entry, text, kind, words: all, length: all.length, joined: all.join(""), bare: bare(all), initials: all.length > 1 ? initials(all) : "" };
    const at = this.names.push(name) - 1;
    for (const term of new Set([...all.map(stem), ...pairs(all).map((pair) => pair.term)])) {
      this.withTerm.set(term, [...(this.withTerm.get(term) ?? []), at]);
    }
  }

  /** Each name that the query is like, with its points; and the alias, where it is the reason and not the title. */
  *like(query: readonly Idea[]): Generator<Named> {
    const all = query.map(said);
    const content = query.filter((idea) => !isStop(idea.word));
    const asked = { joined: all.join(""), bare: bare(all), initials: all.length > 1 ? initials(all, ["and", "of"]) : "", ideas: content.length, words: query.map(({ word }) => word) };
    const shared = this.shared(content);
    for (const [at, name] of this.names.entries()) {
      const points = likeness(asked, name, shared.get(at) ?? 0) * WORTH[name.kind];
      const isReason = points >= TUNED.name.shown && name.joined !== this.titles[name.entry];
      if (points) yield { entry: name.entry, points, ...(isReason && { why: { kind: name.kind === "known" ? "known" : "name", text: name.text } }) };
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

/** Each word of the query begins a word of the name, in its order. */
function isHalved(asked: readonly string[], name: readonly string[]): boolean {
  if (asked.length < 2 || asked.length > Math.min(TUNED.name.most, name.length)) return false;
  let at = 0;
  for (const word of asked) {
    if (word.length < TUNED.name.half) return false;
    while (at < name.length && !name[at].startsWith(word)) at++;
    if (at++ === name.length) return false;
  }
  return true;
}

/** Points for the best way in which a query is like a name. */
function likeness(asked: { joined: string; bare: string; initials: string; ideas: number; words: readonly string[] }, name: Name, shared: number): number {
  const { whole, bare, begins, completes, spelledOut, initials, halves, words, fills } = TUNED.name;
  if (oneOrMany(name.joined, asked.joined)) return whole;
  if (asked.bare && oneOrMany(name.bare, asked.bare)) return bare;
  const isBegun = asked.joined.length > 1 && name.joined.startsWith(asked.joined);
  if (isBegun) return begins + completes * (asked.joined.length / name.joined.length);
  if (asked.initials.length > 1 && [asked.initials, `${asked.initials}s`].includes(name.joined)) return spelledOut;
  if (name.initials.length > 1 && name.initials === asked.joined) return initials;
  if (isHalved(asked.words, name.words)) return halves + fills * (asked.words.length / name.length);
  if (asked.ideas > 1 && shared === asked.ideas) return words + fills * Math.min(1, asked.ideas / name.length);
  return 0;
}
