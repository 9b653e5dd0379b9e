// Which terms there are, where they stand, how much they tell, and how they are spelled.
import { type Entry, TERM } from "./entry.ts";
import type { Expansion } from "./expand.ts";
import { TUNED } from "./tuned.ts";
import { isStop, ownTokens, stem, words } from "./words.ts";

export type Field = keyof typeof TUNED.field;
/** In the order in which they are believed: of equal spellings, the one in the earliest field is meant. */
export const FIELDS: readonly Field[] = ["title", "names", "products", "codes", "searches", "summary", "failures", "text"];

/** A word as written, and its term. */
export interface Spelled { word: string; term: string }
export interface Posting { entry: number; field: Field }

const isName = (field: Field) => field === "title" || field === "names";
/** Names that only a problem has: Lyft, Zelle. */
const isBrand = ({ kind, see }: Entry, field: Field) => see !== undefined && kind !== TERM && isName(field);
/** Where a number is a name: 429, 2PC. */
const isNamed = (field: Field) => isName(field) || field === "products" || field === "codes";
/** A product or a code without what it means. */
export const knownName = (text: string): string => text.slice(0, text.indexOf(": "));

/** Of each field, what is split into words here, and what was made into terms at build. */
const RAW: Record<Field, (entry: Entry) => readonly string[]> = {
  title: (entry) => [entry.title],
  names: (entry) => entry.names ?? [],
  products: (entry) => (entry.products ?? []).map(knownName),
  codes: (entry) => (entry.codes ?? []).map(knownName),
  searches: (entry) => entry.searches ?? [],
  summary: (entry) => [entry.summary ?? ""],
  failures: (entry) => entry.failures ?? [],
  text: () => [],
};
const prepared = (entry: Entry, field: Field): string[] =>
  field === "text" ? (entry.text ?? "").split(" ").filter(Boolean) : [];

/** "web socket" and "websocket" are one word to those who type them. */
export const pairs = (all: readonly string[]) => all.slice(1).map((word, i) => ({ word: all[i] + word, term: all[i] + stem(word) }));

export class Vocabulary {
  private readonly postings = new Map<string, Posting[]>();
  /** A word as written, to its term. */
  private readonly spellings = new Map<string, string>();
  /** Terms that only two words of a name make together. */
  private readonly together = new Set<string>();
  /** Terms that are a code by themselves. */
  private readonly codes = new Set<string>();
  private readonly byLength: Spelled[][] = [];
  private sorted: readonly string[] = [];
  private readonly told = new Map<string, number>();
  /** Words already looked for among the spellings; see expand.ts. */
  readonly slips = new Map<string, Expansion[]>();
  private readonly size: number;
  /** Whether a term stands in the whole text, though in no field here. */
  private readonly isTold: (term: string) => boolean;

  constructor(entries: readonly Entry[], told: (term: string) => boolean) {
    this.isTold = told;
    this.size = entries.length;
  }

  /** Reads the entries, with a stop after each few of them. */
  *read(entries: readonly Entry[]): Generator<void> {
    for (const [entry, one] of entries.entries()) {
      for (const name of one.codes ?? []) for (const token of ownTokens(knownName(name))) this.codes.add(stem(token));
      for (const field of FIELDS) for (const term of this.termsOf(one, field)) this.post(term, { entry, field });
      yield;
    }
    this.sorted = [...this.postings.keys()].filter(this.isOrdinary).sort(); // a code is begun as a name, see names.ts
    const isSpelled = ({ entry, field }: Posting) => field !== "codes" && !isBrand(entries[entry], field);
    for (const [word, term] of this.spellings) {
      yield;
      if (word.length >= TUNED.typo.code || this.at(term).some(isSpelled)) (this.byLength[word.length] ??= []).push({ word, term });
    }
  }

  private post(term: string, posting: Posting): void {
    const list = this.postings.get(term);
    if (list) list.push(posting);
    else this.postings.set(term, [posting]);
  }

  private termsOf(entry: Entry, field: Field): Set<string> {
    const found = new Set(prepared(entry, field));
    for (const text of RAW[field](entry)) {
      const all = words(text);
      for (const word of all) {
        if (isStop(word) && !isName(field)) continue;
        found.add(stem(word));
        if (word.length >= TUNED.typo.spoken) this.spellings.set(word, stem(word));
      }
      for (const { word, term } of isName(field) ? pairs(all) : []) {
        if (!this.postings.has(term)) this.together.add(term);
        found.add(term);
        this.spellings.set(word, term);
      }
    }
    return found;
  }

  has = (term: string): boolean => this.postings.has(term) || this.isTold(term);
  /** Found in so few places that it may itself be a slip. */
  isRare = (term: string): boolean => this.at(term).length < TUNED.typo.rare && !this.isTold(term);
  /** Whether a word is a code by itself, and stands in so few places that it can mean nothing else. */
  isCode = (word: string): boolean => {
    const term = stem(word);
    return this.codes.has(term) && new Set(this.at(term).map(({ entry }) => entry)).size <= TUNED.word.codes;
  };
  /** Whether a term is said of other things as well. */
  isOrdinary = (term: string): boolean => this.at(term).some(({ field }) => field !== "codes") || this.isTold(term);
  /** Whether a word is written so somewhere. */
  isSpelled = (word: string): boolean => this.spellings.has(word);
  /** Whether a term is part of what a page is called. */
  isTitled = (term: string): boolean => this.at(term).some(({ field }) => isName(field));
  /** Whether a number is part of a name. */
  isName = (term: string): boolean => this.at(term).some(({ field }) => isNamed(field));
  at = (term: string): readonly Posting[] => this.postings.get(term) ?? [];

  /** The term of a word, or the word itself where it is one: halves of other words often are. */
  termOf(word: string): string | undefined {
    return [stem(word), word].find(this.has);
  }

  /** Information of a term: rare ones tell more. */
  information(term: string): number {
    const known = this.told.get(term);
    if (known !== undefined) return known;
    if (!this.postings.has(term)) return TUNED.information.unknown;
    const n = new Set(this.at(term).map((posting) => posting.entry)).size;
    const rarity = Math.log(1 + (this.size - n + 0.5) / (n + 0.5)); // the halves are BM25's, against division by zero
    const told = Math.min(TUNED.information.most, rarity ** TUNED.information.power);
    this.told.set(term, told);
    return told;
  }

  /** Terms that begin so, in the order of the alphabet. */
  beginning(prefix: string, most: number): string[] {
    let low = 0, high = this.sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.sorted[middle] < prefix) low = middle + 1;
      else high = middle;
    }
    const found: string[] = [];
    for (let i = low; i < this.sorted.length && found.length < most && this.sorted[i].startsWith(prefix); i++) {
      if (!this.together.has(this.sorted[i])) found.push(this.sorted[i]); // half a name is no beginning of two joined ones
    }
    return found;
  }

  /** Words as written, of this length, with their terms; in the order of the entries. */
  spelled = (length: number): readonly Spelled[] => this.byLength[length] ?? [];
}
