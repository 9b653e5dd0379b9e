// The search, without a page: entries in, ranked results out. No DOM, no network, no clock. See docs/contributing/search.md.
//
// A query's words become ideas (expand.ts), each idea finds entries through the vocabulary, and an entry's score is the share
// of the query's information that it covers, weighted by the field it was found in. A name (names.ts) and the one line that
// is most like the query (lines.ts) add points.
import { type Entry, type Index, type Kind, PATTERN, TERM } from "./entry.ts";
import { Called, isSaidAround } from "./called.ts";
import { Codes } from "./codes.ts";
import { corrected, type Expansion, type Idea, ideas, said } from "./expand.ts";
import { Lines } from "./lines.ts";
import { type Named, Names } from "./names.ts";
import { Products } from "./products.ts";
import { TUNED } from "./tuned.ts";
import { sides } from "./versus.ts";
import { FIELDS, Vocabulary } from "./vocabulary.ts";
import { Whole } from "./whole.ts";
import { apart, isAround, isWeak, isWrittenAsCode, words } from "./words.ts";

export interface Result {
  entry: Entry;
  kind: Kind;
  score: number;
  /** Words of this entry that matched. */
  hits: string[];
  /** Why, where the title does not show it. */
  why?: { kind: "name" | "known" | "search" | "failure"; text: string; at?: number };
}

export interface Answer {
  results: Result[];
  /** A spelling that found more. */
  meant?: string;
  /** How many of the results are worth reading. */
  shown: number;
  /** Two patterns that a reader may want to compare. */
  beside?: [Entry, Entry];
  /** True where nothing matched and the nearest names stand in for it. */
  nearest: boolean;
}

/** What is found out about one entry on the way to its score. */
interface Found { covered: number; points: number; hits: Set<string>; sure: boolean; score: number; name: number; why?: Result["why"] }

export class Engine {
  /** Headings of results, in the order of the kinds. */
  readonly groups: readonly string[];
  private readonly entries: readonly Entry[];
  private readonly kinds: readonly Kind[];
  private readonly known: Vocabulary;
  private readonly names = new Names();
  private readonly lines: Lines;
  private readonly codes: Codes;
  private readonly products: Products;
  private readonly called: Called;
  private readonly whole: Whole;
  /** What is still to be read of the index before the first search, in small steps. */
  readonly reading: Generator<void>;
  private readonly records: number;
  /** From a term of the glossary to the pattern that treats it, and from a problem to what to start with. */
  private readonly leads = new Map<number, number[]>();

  constructor({ kinds, entries, told }: Index) {
    this.groups = [...new Set(Object.values(kinds).map((kind) => kind.group))];
    this.entries = entries;
    this.kinds = entries.map((entry) => kinds[entry.kind]);
    this.whole = new Whole(told);
    this.records = entries.filter((entry) => entry.searches).length;
    this.known = new Vocabulary(entries, this.whole.has);
    const places = new Map<string, number>(); // the first at an address: a problem without a page leads to a pattern's
    entries.forEach(({ url }, at) => places.has(url) || places.set(url, at));
    entries.forEach(({ see = [] }, at) => see.length && this.leads.set(at, see.flatMap((url) => places.get(url) ?? [])));
    this.codes = new Codes(this.known);
    this.products = new Products(this.known);
    this.called = new Called(entries, (at) => this.leads.has(at) && !this.isTerm(at));
    this.lines = new Lines(this.known);
    this.reading = this.read();
  }

  private *read(): Generator<void> {
    for (const part of [this.known, this.names, this.codes, this.products, this.lines]) yield* part.read(this.entries);
  }

  search(query: string, limit: number = TUNED.results, among: (entry: Entry) => boolean = () => true): Answer {
    for (const _ of this.reading);
    const read = query.slice(0, TUNED.letters);
    const all = words(apart(read, this.known.has)).slice(0, TUNED.words);
    if (!all.length) return { results: [], shown: 0, nearest: true };
    const asked = ideas(all, this.known);
    this.names.agree(asked);
    if (this.codes.has(read)) for (const idea of asked) if (isAround(idea.word)) idea.factor *= TUNED.word.around;
    const found = this.scored(asked, read);
    const two = sides(read);
    const pair = two ? this.pair(two, found) : [];
    const any = [...found].filter(([at]) => among(this.entries[at]));
    const best = any.reduce((most, [, { score }]) => Math.max(most, score), 0);
    const ranked = any.filter(([, { score }]) => score > best * TUNED.least).map(([at, one]) => ({ at, ...one }));
    ranked.sort((a, b) => b.score - a.score || a.at - b.at);
    if (!ranked.length || this.isNonsense(ranked[0])) return { results: this.nearest(all.join(""), among), shown: 0, nearest: true };
    const kept = ranked.slice(0, limit);
    const worth = kept.filter(({ score }) => score > best * TUNED.shown.least).length;
    const results = kept.map(({ at, score, hits, why }) => ({ ...this.place(at), score, hits: [...hits], why }));
    const shown = Math.max(pair.length, Math.min(worth, TUNED.shown.most));
    return { results, shown, meant: this.meant(asked, ranked[0].at), nearest: false, beside: this.beside(results, pair) };
  }

  private scored(asked: readonly Idea[], query: string): Map<number, Found> {
    const found = this.byField(asked);
    this.addNames(asked, query, found);
    this.addLines(asked, found);
    this.mix(asked, found);
    this.addProducts(asked, found);
    this.addCalled(asked, found);
    this.putCalledFirst(asked, found);
    return found;
  }

  /** The two that a query sets against each other, where each is called by a name; they come first. */
  private pair(two: readonly string[], found: Map<number, Found>): number[] {
    const called = two.map((side) => {
      const isCalled = ([at, one]: [number, Found]) => one.name >= TUNED.versus.named && this.entries[at].kind === PATTERN;
      return [...this.scored(ideas(words(side), this.known), side)].filter(isCalled).sort(([, a], [, b]) => b.score - a.score);
    });
    const both = called[0].find(([at]) => called[1].some(([other]) => other === at)); // two products of one pattern: what they share
    const pair = [...new Set([both, called[0][0], called[1][0]].flatMap((one) => (one ? [one[0]] : [])))];
    pair.forEach((at, i) => {
      const one = this.oneOf(found, at);
      one.score = TUNED.versus.score + pair.length - i;
      one.covered = Infinity;
    });
    return pair;
  }

  /** Two patterns to read side by side: what the query names, or the first two where they are often confused. */
  private beside(results: readonly Result[], pair: readonly number[]): [Entry, Entry] | undefined {
    if (pair.length === 2) return [this.entries[pair[0]], this.entries[pair[1]]];
    const [first, ...others] = results.filter(({ entry }) => entry.kind === PATTERN).slice(0, TUNED.shown.beside).map(({ entry }) => entry);
    const other = others.find(({ url }) => first.confused?.includes(url));
    return other && [first, other];
  }

  /** Too little of the query is met, and it is no name. */
  private isNonsense({ name, covered, sure }: Found): boolean {
    return name < TUNED.name.shown && covered < TUNED.nonsense[sure ? "sure" : "any"];
  }

  private place = (at: number) => ({ entry: this.entries[at], kind: this.kinds[at] });

  /** Entries that have words of the query, with the share of the query that each covers. */
  private byField(asked: readonly Idea[]): Map<number, Found> {
    const found = new Map<number, Found>();
    let information = 0;
    for (const idea of asked) {
      const weight = this.weight(idea);
      information += weight;
      for (const [at, { points, further, term }] of this.points(idea)) {
        const one = found.get(at) ?? { covered: 0, points: 0, hits: new Set(), sure: false, score: 0, name: 0 };
        one.covered += corrected(idea.expansions) ? weight / 2 : weight;
        one.points += weight * (points + Math.min(further, TUNED.points.furtherMost));
        one.hits.add(term);
        one.sure ||= idea.factor >= TUNED.word.other && idea.expansions.some((way) => way.term === term && way.how === "same");
        found.set(at, one);
      }
    }
    for (const [at, one] of found) {
      one.covered /= information;
      const share = TUNED.uncovered + TUNED.covered * one.covered;
      one.score = (one.points / information) * share * this.kinds[at].worth;
    }
    return found;
  }

  /** What an idea tells: the most of the words it may be; of mere guesses only where there is nothing else. */
  private weight({ expansions, factor }: Idea): number {
    const sure = expansions.filter(({ how }) => how === "same" || how === "spelling");
    const counted = sure.length ? sure : expansions;
    if (!counted.length) return factor * TUNED.information.unknown;
    return factor * Math.max(...counted.map(({ term }) => this.known.information(term)));
  }

  /** Each entry's best hit for an idea, and a share of its further ones. */
  private points({ expansions }: Idea): Map<number, { points: number; further: number; term: string }> {
    const best = new Map<number, { points: number; further: number; term: string }>();
    for (const { term, quality } of expansions) {
      for (const { entry, field } of this.known.at(term)) {
        const points = quality * TUNED.field[field];
        const before = best.get(entry);
        if (!before) best.set(entry, { points, further: 0, term });
        else if (points > before.points) best.set(entry, { points, further: before.further + before.points * TUNED.points.further, term });
        else before.further += points * TUNED.points.further;
      }
    }
    return best;
  }

  private addNames(asked: readonly Idea[], query: string, found: Map<number, Found>): void {
    const best = new Map<number, Named>();
    const keep = (named: Named) => {
      if (named.points > (best.get(named.entry)?.points ?? 0)) best.set(named.entry, named);
    };
    const codes = this.codes.in(query, asked);
    const isCode = codes.some(({ points }) => points >= TUNED.code.plain); // "429 slack api" is no chat, "10 million users" no code
    const called = isCode ? [] : this.called.in(asked.map((idea) => (isSaidAround(idea.word) ? idea.word : said(idea))).join(" "));
    for (const named of [...this.names.like(asked, query.split(/\s+/).some(isWrittenAsCode)), ...codes, ...called]) {
      keep(named);
      const [led] = this.isTerm(named.entry) ? this.leads.get(named.entry)! : [];
      if (led !== undefined && named.points >= TUNED.name.shown) keep({ entry: led, points: named.points, why: this.meaning(named.entry) });
    }
    for (const { entry, points, why } of best.values()) {
      const one = this.oneOf(found, entry);
      one.name = points;
      const { named, worth } = this.kinds[entry];
      one.score += points * (named ?? worth);
      if (why) one.why ??= why;
    }
  }

  /** One that leads to a single pattern is explained there; a problem stands for itself. */
  private isTerm = (at: number): boolean => this.leads.has(at) && this.entries[at].kind === TERM;
  private meaning = (at: number): Result["why"] => ({ kind: "known", text: `${this.entries[at].title}: ${this.entries[at].summary}` });

  private addLines(asked: readonly Idea[], found: Map<number, Found>): void {
    for (const [entry, { text, likeness, shared, isSymptom, failure }] of this.lines.like(asked)) {
      const one = this.oneOf(found, entry);
      one.score += TUNED.line.points * likeness ** TUNED.line.power * this.kinds[entry].worth;
      if (likeness > TUNED.line.shown && shared >= TUNED.line.shared) {
        one.why ??= { kind: isSymptom ? "failure" : "search", text, at: failure };
      }
    }
  }

  /** Both scorers' opinions, each against its own best. */
  private mix(asked: readonly Idea[], found: Map<number, Found>): void {
    const second = this.whole.score(asked, this.records);
    let [best, named] = [0, 0];
    for (const { score, name } of found.values()) [best, named] = [Math.max(best, score), Math.max(named, name)];
    const share = TUNED.whole.share * (1 - Math.min(1, named / TUNED.whole.named));
    let most = 0;
    for (const points of second.points.values()) most = Math.max(most, points);
    for (const [at, share] of second.covered) {
      const one = this.oneOf(found, at);
      one.covered = Math.max(one.covered, share);
    }
    for (const [at, one] of found) {
      const other = most ? ((second.points.get(at) ?? 0) / most) * this.kinds[at].worth : 0;
      one.score = (1 - share) * (one.score / (best || 1)) + share * other;
    }
    for (const [from, led] of this.leads) {
      const one = found.get(from);
      if (!one || one.name < TUNED.name.shown) continue;
      const share = this.isTerm(from) ? TUNED.name.leads : TUNED.name.starts; // patterns before the glossary, but after a problem
      led.forEach((at, i) => {
        const pattern = this.oneOf(found, at);
        pattern.score = Math.max(pattern.score, one.score * share ** (this.isTerm(from) ? 1 : i + 1));
      });
    }
  }

  /** What a product within the query adds, where the query is no name itself: an "API front door" is none of Azure's. */
  private addProducts(asked: readonly Idea[], found: Map<number, Found>): void {
    if ([...found.values()].some(({ name }) => name >= TUNED.name.bare)) return;
    const all = asked.map(({ word }) => word);
    const products = this.products.in(all);
    for (const { entry, text, share } of products) {
      const one = this.oneOf(found, entry);
      one.score += TUNED.product.score * share;
      one.why ??= { kind: "known", text };
    }
    const { score, fade } = TUNED.within;
    for (const { entry, share, length } of this.names.within(all)) {
      const says = products.length || length > 1;
      if (says && this.entries[entry].kind === PATTERN) this.oneOf(found, entry).score += score * share ** fade;
    }
  }

  /** Nothing where a name is the query. */
  private addCalled(asked: readonly Idea[], found: Map<number, Found>): void {
    if ([...found.values()].some(({ name }) => name >= TUNED.name.bare)) return;
    const pagesOf = (term: string) =>
      new Set(this.known.at(term).map(({ entry }) => entry).filter((entry) => !this.leads.has(entry))).size;
    for (const { entry, share } of this.called.partly(asked.map(({ word }) => word).join(" "), pagesOf)) {
      this.oneOf(found, entry).score += TUNED.called.score * share;
    }
  }

  /**
   * A problem that is called by its name comes before the patterns it needs; but a pattern of that very name, or of a product's,
   * is what is meant where nobody says "design": "rate limiter", "dynamodb".
   */
  private putCalledFirst(asked: readonly Idea[], found: Map<number, Found>): void {
    const { bare, whole, known, leads } = TUNED.name;
    const highest = (all: Found[]) => all.sort((a, b) => b.score - a.score)[0];
    const called = [...found].filter(([, one]) => one.name >= bare * known);
    const problem = highest(called.flatMap(([at, one]) => (this.kinds[at].named === null || one.name < bare ? [] : [one])));
    if (!problem) return;
    const same = highest(called.flatMap(([at, one]) => (this.entries[at].kind === PATTERN && one.name >= whole * known ? [one] : [])));
    const most = Math.max(...[...found.values()].map(({ score }) => score));
    if (same && !asked.some(({ word }) => isWeak(word))) same.score = most * leads;
    else problem.score = most * leads;
  }

  private oneOf(found: Map<number, Found>, at: number): Found {
    const one = found.get(at) ?? { covered: 0, points: 0, hits: new Set(), sure: false, score: 0, name: 0 };
    found.set(at, one);
    return one;
  }

  /** The query with its unknown words corrected; of spellings equally near, the one that the first result has. */
  private meant(asked: readonly Idea[], first: number): string | undefined {
    if (!asked.some(({ expansions }) => corrected(expansions))) return undefined;
    const field = ({ term }: Expansion) => {
      const hit = this.known.at(term).find((posting) => posting.entry === first);
      return hit ? FIELDS.indexOf(hit.field) : FIELDS.length;
    };
    const best = (idea: Idea) => {
      if (!corrected(idea.expansions)) return idea;
      return { ...idea, expansions: [...idea.expansions].sort((a, b) => field(a) - field(b)) };
    };
    return asked.map(best).map(said).join(" ");
  }

  private nearest(joined: string, among: (entry: Entry) => boolean): Result[] {
    const isPattern = (at: number) => this.entries[at].kind === PATTERN && among(this.entries[at]);
    return this.names.nearest(joined, isPattern).map(({ entry, score }) => ({ ...this.place(entry), score, hits: [] }));
  }
}
