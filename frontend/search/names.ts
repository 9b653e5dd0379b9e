// The query as a name: whole, begun, as initials, or with its words in any order.
import type { Entry } from "./entry.ts";
import { type Expansion, type Idea, said } from "./expand.ts";
import { TUNED } from "./tuned.ts";
import type { Result } from "./engine.ts";
import { knownName, pairs } from "./vocabulary.ts";
import { isAround, isStop, isWeak, ownTokens, stem, words } from "./words.ts";

interface Name {
  entry: number;
  /** What is shown as the reason. */
  text: string;
  kind: "title" | "alias" | "known";
  /** A code with a token of its own. */
  isCode: boolean;
  /** Of a code, which of its entry's it is. */
  place: number;
  words: readonly string[];
  /** Number of words. */
  length: number;
  joined: string;
  /** The same, as one of it: "sagas" is saga. */
  one: string;
  /** The same, without the words that every question has. */
  bare: string;
  /** Of a name of several words. */
  initials: string;
}

/** An entry whose name the query is like; and the name, where it is the reason and not the title. */
export interface Named { entry: number; points: number; why?: Result["why"] }

const WORTH = { title: TUNED.name.own, alias: 1, known: TUNED.name.known };
/** Makers whose name people leave out: "Amazon S3", "Apache Kafka". */
const MAKERS = new Set("amazon apache aws azure facebook google grafana hashicorp ibm meta microsoft netflix ory twitter".split(" "));
export const isMaker = (word: string) => MAKERS.has(word);
/** Of a query with such words around it, the rest. */
const inner = (all: readonly string[]) => {
  const rest = all.filter((word) => !isAround(word));
  return rest.length < all.length ? rest.join("") : "";
};
/** Without "design a" and "how does … work". */
const bare = (all: readonly string[]) => all.filter((word) => !isStop(word) && !isWeak(word)).join("");
const initials = (all: readonly string[], without: readonly string[] = []) =>
  all.filter((word) => !without.includes(word)).map((word) => word[0]).join("");

export class Names {
  private readonly names: Name[] = [];
  private readonly withTerm = new Map<string, number[]>();
  /** Names by what a query may be equal to: a key of `keys` below. */
  private readonly withKey = new Map<string, number[]>();
  /** Names of which a word begins with these two letters. */
  private readonly withStart = new Map<string, number[]>();
  /** Names in the order of the alphabet. */
  private sorted: readonly number[] = [];
  private readonly titles: string[] = [];
  /** Pairs of letters of each title and alias, made when they are first needed. */
  private pairs: { entry: number; theirs: Set<string> }[] | undefined;

  /** Reads the entries, with a stop after each. */
  *read(entries: readonly Entry[]): Generator<void> {
    for (const [i, entry] of entries.entries()) {
      this.titles.push(words(entry.title).join(""));
      this.add(i, entry.title, words(entry.title), "title");
      for (const text of entry.names ?? []) this.add(i, text, words(text), "alias");
      for (const [place, text] of (entry.codes ?? []).entries()) {
        this.add(i, text, words(knownName(text)), "known", ownTokens(knownName(text)).length > 0, place);
      }
      for (const text of entry.products ?? []) {
        const all = words(knownName(text));
        this.add(i, text, all, "known");
        if (all.length > 1 && isMaker(all[0])) this.add(i, text, all.slice(1), "known");
      }
      yield;
    }
    this.sorted = [...this.names.keys()].sort((a, b) => (this.names[a].joined < this.names[b].joined ? -1 : 1));
  }

  private add(entry: number, text: string, all: readonly string[], kind: Name["kind"], isCode = false, place = 0): void {
    const joined = all.join("");
    const name: Name = {
      entry, text, kind, isCode, place, words: all, length: all.length, joined, one: single(joined), bare: single(bare(all)),
      initials: all.length > 1 ? initials(all) : "",
    };
    const at = this.names.push(name) - 1;
    for (const term of new Set([...all.map(stem), ...pairs(all).map((pair) => pair.term)])) file(this.withTerm, term, at);
    for (const key of new Set([name.one, name.bare, name.initials, name.joined, all[0] ?? ""])) file(this.withKey, key, at);
    for (const start of new Set(all.map((word) => word.slice(0, 2)))) file(this.withStart, start, at);
  }

  /** Of spellings equally near, those that are a name together: "leadr electtion" asks for no lead. */
  agree(query: readonly Idea[]): void {
    const isBegun = ({ expansions }: Idea) => expansions.some(({ how }) => how === "begins"); // and goes on being typed
    const ways = query.map((idea) => [undefined, ...(isBegun(idea) ? [] : (idea.near ?? []))]);
    if (ways.reduce((n, { length }) => n * length, 1) > TUNED.typo.ways) return;
    let chosen: (Expansion | undefined)[][] = [[]];
    for (const way of ways) chosen = chosen.flatMap((before) => way.map((one) => [...before, one]));
    const isName = (made: (Expansion | undefined)[]) => {
      const joined = made.map((one, i) => one?.word ?? said(query[i])).join("");
      const isTyped = made.every((one) => !one); // a product's name as it is typed is no slip: "SCIM" asks for no SWIM
      const named = (key: string) => (this.withKey.get(key) ?? []).map((at) => this.names[at]);
      if (isTyped && named(single(joined)).some(({ one }) => one === single(joined))) return true; // "sagas" asks for no SaaS
      return named(joined).some(({ kind, joined: name }) => (isTyped || kind !== "known") && name === joined);
    };
    chosen.find(isName)?.forEach((one, i) => {
      if (one) query[i].expansions = [one, ...query[i].expansions.filter(({ term }) => term !== one.term)];
    });
  }

  /**
   * Each name that the query is like, with its points; and the alias, where it is the reason and not the title. Of a code nobody
   * wants the initials: InsufficientConsistencyException is not ICE.
   */
  like(query: readonly Idea[], isCode = false): Named[] {
    const all = query.map(said);
    const content = query.filter((idea) => !isStop(idea.word));
    const joined = all.join("");
    const typed = query.map(({ word }) => word);
    const { half, most } = TUNED.name;
    const asked: Asked = {
      joined, one: single(joined), bare: single(bare(all)), ideas: content.length,
      initials: all.length > 1 && !isCode ? single(initials(all, ["and", "of"])) : "",
      inner: inner(typed),
      unmade: typed.length > 1 && isMaker(typed[0]) ? typed.slice(1).join("") : "",
      halves: typed.length > 1 && typed.length <= most && typed.every((word) => word.length >= half) ? typed : [],
    };
    const shared = this.shared(content);
    const found: Named[] = [];
    for (const at of this.candidates(asked, shared)) {
      const name = this.names[at];
      const points = likeness(asked, name, shared[at]) * WORTH[name.kind] - TUNED.code.later * name.place;
      if (points <= 0) continue;
      const isReason = points >= TUNED.name.shown && name.joined !== this.titles[name.entry];
      const why: Result["why"] = isReason ? { kind: name.kind === "known" ? "known" : "name", text: name.text } : undefined;
      found.push({ entry: name.entry, points, why });
    }
    return found;
  }

  /** Titles and aliases that stand in a longer query, with their share of it: "memcached stampede protection". */
  within(all: readonly string[]): { entry: number; length: number; share: number }[] {
    const found: { entry: number; length: number; share: number }[] = [];
    const content = all.filter((word) => !isStop(word)).length || 1;
    for (let from = 0; from < all.length; from++) {
      for (let to = Math.min(all.length, from + TUNED.within.words); to > from; to--) {
        if (to - from === all.length) continue;
        const key = single(all.slice(from, to).join(""));
        for (const at of this.withKey.get(key) ?? []) {
          const { entry, kind, one, length } = this.names[at];
          if (kind !== "known" && one === key && length === to - from) found.push({ entry, length, share: length / content });
        }
      }
    }
    return found;
  }

  /** The names that `likeness` can give points, in their order: most have nothing to do with the query, and need no look. */
  private candidates(asked: Asked, shared: Uint8Array): number[] {
    const some = new Set<number>();
    const add = (more: readonly number[] = []) => more.forEach((at) => some.add(at));
    for (const key of [asked.one, asked.bare, asked.joined, asked.initials, asked.inner, asked.unmade]) if (key) add(this.withKey.get(key));
    if (asked.joined.length > 1) add(this.beginning(asked.joined));
    if (asked.halves.length) add(this.withStart.get(asked.halves[0].slice(0, 2)));
    if (asked.ideas > 1) shared.forEach((n, at) => n === asked.ideas && some.add(at));
    return [...some].sort((a, b) => a - b);
  }

  private beginning(joined: string): number[] {
    let low = 0, high = this.sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.names[this.sorted[middle]].joined < joined) low = middle + 1;
      else high = middle;
    }
    let end = low;
    while (end < this.sorted.length && this.names[this.sorted[end]].joined.startsWith(joined)) end++;
    return this.sorted.slice(low, end);
  }

  /** How many ideas of the query each name has. */
  private shared(query: readonly Idea[]): Uint8Array {
    const count = new Uint8Array(this.names.length);
    const last = new Int8Array(this.names.length).fill(-1);
    query.forEach(({ expansions }, idea) => {
      for (const { term } of expansions) {
        for (const at of this.withTerm.get(term) ?? []) {
          if (last[at] !== idea) count[at]++;
          last[at] = idea;
        }
      }
    });
    return count;
  }

  /** The names that look most alike, by shared pairs of letters: for a query that found nothing. */
  nearest(joined: string, among: (entry: number) => boolean): { entry: number; score: number }[] {
    const mine = [...letterPairs(joined.slice(0, TUNED.nearest.letters))];
    this.pairs ??= this.names.flatMap(({ entry, joined: name, kind }) => (kind === "known" ? [] : [{ entry, theirs: letterPairs(name) }]));
    const best = new Map<number, number>();
    for (const { entry, theirs } of this.pairs) {
      if (!among(entry)) continue;
      let both = 0;
      for (const pair of mine) if (theirs.has(pair)) both++;
      const like = (2 * both) / (mine.length + theirs.size || 1);
      if (like > (best.get(entry) ?? -1)) best.set(entry, like);
    }
    const ranked = [...best].map(([entry, score]) => ({ entry, score }));
    return ranked.sort((a, b) => b.score - a.score || a.entry - b.entry).slice(0, TUNED.nearest.names);
  }
}

const file = (into: Map<string, number[]>, key: string, at: number): void => {
  const list = into.get(key);
  if (list) list.push(at);
  else into.set(key, [at]);
};
const letterPairs = (text: string) => new Set(Array.from({ length: Math.max(0, text.length - 1) }, (_, i) => text.slice(i, i + 2)));
/** One and many are one name. */
const single = (text: string) => (text.endsWith("s") ? text.slice(0, -1) : text);

/** Each word of the query begins a word of the name, in its order. */
function isHalved(asked: readonly string[], name: readonly string[]): boolean {
  if (!asked.length || asked.length > name.length) return false;
  let at = 0;
  for (const word of asked) {
    while (at < name.length && !name[at].startsWith(word)) at++;
    if (at++ === name.length) return false;
  }
  return true;
}

/** A query, ready to be compared with every name. */
interface Asked {
  joined: string;
  one: string;
  bare: string;
  initials: string;
  /** Without what people say around a code, if anything. */
  inner: string;
  /** Without the maker before it: "Netflix Hystrix" is Hystrix. */
  unmade: string;
  /** Number of words that say something. */
  ideas: number;
  /** Words as typed; none where they are too many, or too short to be halves of a name's. */
  halves: readonly string[];
}

/** Points for the best way in which a query is like a name. */
function likeness(asked: Asked, name: Name, shared: number): number {
  const { whole, bare, begins, code, completes, spelledOut, initials, halves, words, fills } = TUNED.name;
  if (name.one === asked.one) return whole;
  if (asked.bare && name.bare === asked.bare) return bare;
  if (name.kind === "known" && name.joined && (name.joined === asked.inner || name.joined === asked.unmade)) return bare;
  const begun = asked.joined.length > 1 && name.joined.startsWith(asked.joined) ? asked.joined.length / name.joined.length : 0;
  if (name.isCode) return begun > code ? begins + completes * begun : 0; // its other words are ordinary ones, see codes.ts
  if (begun) return begins + completes * begun;
  if (asked.initials.length > 1 && asked.initials === name.one) return spelledOut;
  if (name.initials.length > 1 && name.initials === asked.joined) return initials;
  if (isHalved(asked.halves, name.words)) return halves + fills * (asked.halves.length / name.length);
  if (asked.ideas > 1 && shared === asked.ideas) return words + fills * Math.min(1, asked.ideas / name.length);
  return 0;
}
