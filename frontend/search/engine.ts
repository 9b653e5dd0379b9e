// The search, without a page: entries in, ranked results out. No DOM, no network, no clock.
//
// A query's words are expanded (ending stripped, last word as a beginning, split, joined, spelling), each expansion finds
// entries through postings, and an entry's score is the share of the query's information that it covers, weighted by the
// field it was found in. Names, and the one `searches` line that is most like the query, add a bonus.
import { alike, distance, isStop, isWeak, stem, terms, words } from "./words.ts";

/** What the prepared index holds of one place on the site. */
export interface Entry {
  /** Address from the site's root. */
  u: string;
  /** Title. */
  t: string;
  /** p pattern, h phase, b playbook, g glossary term, s section of a page. */
  k: "p" | "h" | "b" | "g" | "s";
  /** Two-letter mark and accent of its category. */
  m?: string;
  a?: string;
  /** Other names. */
  n?: string[];
  /** What readers type. */
  s?: string[];
  /** How it fails, as an operator or a user sees it. */
  f?: string[];
  /** Summary. */
  d?: string;
  /** Terms of the pain: problem, symptoms of failure, when to use. */
  p?: string;
  /** Terms of the text that the other fields do not have. */
  x?: string;
}

export interface Result {
  entry: Entry;
  score: number;
  /** Words of this entry that matched. */
  hits: string[];
  /** Why, where the title does not show it. */
  why?: { kind: "name" | "search" | "spelling"; text: string };
}

export interface Answer {
  results: Result[];
  /** A spelling that found more. */
  meant?: string;
  /** True where nothing matched and the nearest names stand in for it. */
  nearest: boolean;
}

export const FIELDS = ["t", "n", "s", "d", "p", "x"] as const;
export const WEIGHT: Record<(typeof FIELDS)[number], number> = { t: 10.5, n: 10.5, s: 5.5, d: 2, p: 1.7, x: 1.5 }; // these and those below: tuned on tests/search/tune.yml
const KIND = { p: 1, h: 0.9, b: 0.8, g: 0.6, s: 0.62 };
const CAP = 5.5; // information of a term, at most: a rare word must not decide alone
const LIKE = 0.8; // quality of a word that means the same
const REST = 0.2; // share that further fields add
const LINE = 14; // for the one `searches` line that is most like the query
const FAILS = 0.8; // a failure mode that is like the query, against a line of `searches`
const OWN = 1.1; // a title before an alias
const MOST = 160; // characters of a query that are read

interface Posting { entry: number; field: number }
interface Expansion { term: string; quality: number; how: "same" | "like" | "begins" | "spelling"; word?: string }

/** The word as typed, or as corrected. */
const said = ({ word, expansions }: { word: string; expansions: Expansion[] }) => (expansions[0]?.how === "spelling" ? expansions[0].word! : word);

export class Engine {
  private postings = new Map<string, Posting[]>();
  private sorted: string[] = [];
  private spoken = new Map<string, string>(); // a word as written, to its term: for spelling
  private byLength: string[][] = [];
  private names: { entry: number; own: boolean; length: number; joined: string; initials: string }[] = [];
  private namesOf = new Map<string, number[]>();
  private lines: { entry: number; terms: Set<string>; norm: number; text: string; worth: number }[] = [];
  private linesOf = new Map<string, number[]>();

  readonly entries: readonly Entry[];

  constructor(entries: readonly Entry[]) {
    this.entries = entries;
    entries.forEach((entry, i) => this.add(entry, i));
    this.sorted = [...this.postings.keys()].sort();
    for (const word of this.spoken.keys()) (this.byLength[word.length] ??= []).push(word);
    for (const line of this.lines) line.norm = [...line.terms].reduce((sum, t) => sum + this.weight(t) ** 2, 0);
  }

  private add(entry: Entry, i: number) {
    const texts: Record<string, string[]> = { t: [entry.t], n: entry.n ?? [], s: entry.s ?? [], d: [entry.d ?? ""], p: entry.f ?? [], x: [] };
    FIELDS.forEach((name, field) => {
      // the last two fields hold terms already
      const seen = new Set<string>(name === "x" || name === "p" ? (entry[name] ?? "").split(" ").filter(Boolean) : []);
      for (const text of texts[name]) {
        const all = words(text);
        for (const word of all) {
          if (isStop(word) && name !== "t" && name !== "n") continue;
          seen.add(stem(word));
          if (name !== "x" && word.length > 2) this.spoken.set(word, stem(word));
        }
        if (name === "t" || name === "n") {
          // "web socket" and "websocket" are one word to those who type them
          for (let j = 0; j + 1 < all.length; j++) seen.add(all[j] + stem(all[j + 1])), this.spoken.set(all[j] + all[j + 1], all[j] + stem(all[j + 1]));
        }
      }
      for (const term of seen) {
        const list = this.postings.get(term);
        if (list) list.push({ entry: i, field });
        else this.postings.set(term, [{ entry: i, field }]);
      }
    });
    for (const name of [entry.t, ...(entry.n ?? [])]) {
      const all = words(name);
      const at = this.names.push({ entry: i, own: name === entry.t, length: all.length, joined: all.join(""), initials: all.length > 1 ? all.map((w) => w[0]).join("") : "" }) - 1;
      const parts = all.flatMap((w, j) => (j + 1 < all.length ? [stem(w), w + stem(all[j + 1])] : [stem(w)]));
      for (const term of new Set(parts)) this.namesOf.set(term, [...(this.namesOf.get(term) ?? []), at]);
    }
    const line = (text: string, worth: number) => {
      const set = new Set(terms(text));
      const at = this.lines.push({ entry: i, terms: set, norm: 1, text, worth }) - 1;
      for (const term of set) this.linesOf.set(term, [...(this.linesOf.get(term) ?? []), at]);
    };
    for (const text of entry.s ?? []) line(text, 1);
    for (const text of entry.f ?? []) line(text, FAILS);
  }

  /** Information of a term: rare ones tell more. */
  private weight(term: string): number {
    const n = new Set((this.postings.get(term) ?? []).map((p) => p.entry)).size;
    return Math.min(CAP, Math.log(1 + (this.entries.length - n + 0.5) / (n + 0.5)) ** 0.85);
  }

  private cache = new Map<string, number>();
  private information(term: string): number {
    let w = this.cache.get(term);
    if (w === undefined) this.cache.set(term, (w = this.weight(term)));
    return w;
  }

  private beginning(prefix: string, limit = 40): string[] {
    let low = 0, high = this.sorted.length;
    while (low < high) {
      const mid = (low + high) >> 1;
      if (this.sorted[mid] < prefix) low = mid + 1;
      else high = mid;
    }
    const out: string[] = [];
    for (let i = low; i < this.sorted.length && out.length < limit && this.sorted[i].startsWith(prefix); i++) out.push(this.sorted[i]);
    return out;
  }

  /** Known words within one change, or two for words of seven letters and more. */
  private near(word: string): Expansion[] {
    const most = word.length < 4 ? 0 : word.length < 7 ? 1 : 2;
    const found: { word: string; d: number }[] = [];
    for (let n = word.length - most; n <= word.length + most; n++) {
      for (const known of this.byLength[n] ?? []) {
        if (known[0] !== word[0] && known[1] !== word[1] && known[0] !== word[1]) continue;
        const d = distance(word, known, most);
        if (d <= most) found.push({ word: known, d: known[0] === word[0] ? d : d + 0.5 });
      }
    }
    found.sort((a, b) => a.d - b.d);
    const best = found[0]?.d ?? 9;
    return found.filter((f) => f.d <= best + 0.5).slice(0, 6).map((f) => ({ term: this.spoken.get(f.word)!, quality: f.d <= 1 ? 0.8 : 0.6, how: "spelling", word: f.word }));
  }

  private known = (word: string) => this.postings.has(stem(word)) || this.postings.has(word);

  /** The query as groups: each group is one idea, each of its expansions a way to say it. */
  private groups(all: string[]): { word: string; expansions: Expansion[]; factor: number }[] {
    const out: { word: string; expansions: Expansion[]; factor: number }[] = [];
    all.forEach((word, i) => {
      const last = i === all.length - 1;
      const expansions: Expansion[] = [];
      const own = stem(word);
      if (this.postings.has(own)) expansions.push({ term: own, quality: 1, how: "same" });
      if (word !== own && this.postings.has(word)) expansions.push({ term: word, quality: 1, how: "same" });
      if (last && word.length > 1) {
        for (const term of this.beginning(word)) if (term !== own) expansions.push({ term, quality: expansions.length && word.length < 4 ? 0.35 : 0.6 + 0.3 * (word.length / term.length), how: "begins" });
      }
      // joined with the next word: "hyper log" + "log"
      if (i + 1 < all.length) {
        const joined = all[i] + stem(all[i + 1]);
        if (this.postings.has(joined)) expansions.push({ term: joined, quality: 1, how: "same" });
        const both = stem(all[i] + all[i + 1]);
        if (both !== joined && this.postings.has(both)) expansions.push({ term: both, quality: 1, how: "same" });
        const three = i + 2 < all.length ? stem(all[i] + all[i + 1] + all[i + 2]) : "";
        if (three && this.postings.has(three)) expansions.push({ term: three, quality: 1, how: "same" });
      }
      if (i > 0) {
        const both = stem(all[i - 1] + word);
        if (this.postings.has(both)) expansions.push({ term: both, quality: 1, how: "same" });
        const three = i > 1 ? stem(all[i - 2] + all[i - 1] + word) : "";
        if (three && this.postings.has(three)) expansions.push({ term: three, quality: 1, how: "same" });
      }
      for (const other of alike(own)) {
        if (this.postings.has(other) && !expansions.some((e) => e.term === other)) expansions.push({ term: other, quality: LIKE, how: "like" });
      }
      const rare = expansions.every((e) => (this.postings.get(e.term)?.length ?? 0) < 2);
      if (rare && !isStop(word)) expansions.push(...this.near(word).filter((e) => !expansions.some((x) => x.term === e.term)));
      // two words typed as one, where neither spelling nor names know it
      if (!expansions.length && word.length > 5) {
        for (let cut = 3; cut <= word.length - 3; cut++) {
          const [left, right] = [word.slice(0, cut), word.slice(cut)];
          if (this.known(left) && (this.known(right) || (last && this.beginning(right, 1).length))) {
            out.push({ word: left, expansions: [{ term: stem(left), quality: 0.95, how: "same" }], factor: 1 });
            out.push({ word: right, expansions: this.known(right) ? [{ term: stem(right), quality: 0.95, how: "same" }] : this.beginning(right, 8).map((term) => ({ term, quality: 0.7, how: "begins" })), factor: 1 });
            return;
          }
        }
      }
      out.push({ word, expansions, factor: isStop(word) ? 0.08 : isWeak(word) ? 0.35 : 1 });
    });
    return out;
  }

  search(query: string, limit = 12, among?: (entry: Entry) => boolean): Answer {
    const all = words(query.slice(0, MOST)).slice(0, 16);
    if (!all.length) return { results: [], nearest: false };
    const groups = this.groups(all);
    const scores = new Map<number, { covered: number; points: number; hits: Set<string> }>();
    let information = 0;
    for (const group of groups) {
      const known = group.expansions.filter((e) => e.how === "same" || e.how === "spelling").map((e) => this.information(e.term));
      const weight = group.factor * (known.length ? Math.max(...known) : group.expansions.length ? Math.max(...group.expansions.map((e) => this.information(e.term))) : 4);
      information += weight;
      const best = new Map<number, { points: number; rest: number; word: string }>();
      for (const { term, quality } of group.expansions) {
        for (const { entry, field } of this.postings.get(term)!) {
          const points = quality * WEIGHT[FIELDS[field]];
          const seen = best.get(entry);
          if (!seen) best.set(entry, { points, rest: 0, word: term });
          else if (points > seen.points) best.set(entry, { points, rest: seen.rest + seen.points * REST, word: term });
          else seen.rest += points * REST;
        }
      }
      for (const [entry, { points, rest, word }] of best) {
        const seen = scores.get(entry) ?? { covered: 0, points: 0, hits: new Set<string>() };
        seen.covered += weight;
        seen.points += weight * (points + Math.min(rest, 3));
        seen.hits.add(word);
        scores.set(entry, seen);
      }
    }
    const total = new Map<number, number>();
    for (const [entry, s] of scores) {
      const coverage = s.covered / information;
      total.set(entry, (s.points / information) * (0.55 + 0.45 * coverage) * KIND[this.entries[entry].k]);
    }
    const why = new Map<number, Result["why"]>();
    this.byName(groups, total, why);
    this.byLine(groups, total, why);
    let ranked = [...total].map(([entry, score]) => ({ entry: this.entries[entry], at: entry, score }));
    if (among) ranked = ranked.filter((r) => among(r.entry));
    ranked.sort((a, b) => b.score - a.score || a.at - b.at);
    const top = ranked[0]?.score ?? 0;
    const results = ranked.filter((r) => r.score > top * 0.08).slice(0, limit).map((r) => ({
      entry: r.entry, score: r.score, hits: [...(scores.get(r.at)?.hits ?? [])], why: why.get(r.at),
    }));
    if (results.length) return { results, meant: this.meant(groups, ranked[0].at), nearest: false };
    return { results: this.nearest(all.join(""), among), nearest: true };
  }

  /** The query with its unknown words corrected, where that is what found the results. */
  private meant(groups: { word: string; expansions: Expansion[] }[], first: number): string | undefined {
    if (!groups.some((g) => g.expansions[0]?.how === "spelling")) return undefined;
    // of spellings equally near, the one that the first result has
    const field = (e: Expansion) => this.postings.get(e.term)!.find((p) => p.entry === first)?.field ?? FIELDS.length;
    const chosen = groups.map((g) => ({ ...g, expansions: g.expansions[0]?.how === "spelling" ? [...g.expansions].sort((a, b) => field(a) - field(b)) : g.expansions }));
    return chosen.map(said).join(" ");
  }

  private byName(groups: { word: string; expansions: Expansion[] }[], total: Map<number, number>, why: Map<number, Result["why"]>) {
    const all = groups.map(said);
    const joined = all.join("");
    const initials = all.length > 1 ? all.filter((w) => w !== "and" && w !== "of").map((w) => w[0]).join("") : "";
    const content = groups.filter((g) => !isStop(g.word));
    const shared = new Map<number, number>(); // how many ideas of the query a name has
    for (const group of content) {
      for (const at of new Set(group.expansions.flatMap((e) => this.namesOf.get(e.term) ?? []))) shared.set(at, (shared.get(at) ?? 0) + 1);
    }
    this.names.forEach((name, at) => {
      let bonus = 0;
      if (name.joined === joined || `${name.joined}s` === joined || name.joined === `${joined}s`) bonus = 14;
      else if (name.joined.startsWith(joined) && joined.length > 1) bonus = 4 + 5 * (joined.length / name.joined.length);
      else if (initials.length > 1 && (name.joined === initials || name.joined === `${initials}s`)) bonus = 7;
      else if (name.initials.length > 1 && name.initials === joined) bonus = 5;
      else if (content.length > 1 && shared.get(at) === content.length) bonus = 3 + 3 * Math.min(1, content.length / name.length);
      if (!bonus) return;
      if (name.own) bonus *= OWN;
      const entry = this.entries[name.entry];
      const before = total.get(name.entry) ?? 0;
      total.set(name.entry, Math.max(before, (before / KIND[entry.k] + bonus) * KIND[entry.k]));
      const shown = words(entry.t).join("");
      if (name.joined !== shown && bonus >= 4 && !why.has(name.entry)) {
        const text = (entry.n ?? []).find((n) => words(n).join("") === name.joined);
        if (text) why.set(name.entry, { kind: "name", text });
      }
    });
  }

  /** The one line of `searches` that is most like the query: cosine of weighted terms. */
  private byLine(groups: { word: string; expansions: Expansion[]; factor: number }[], total: Map<number, number>, why: Map<number, Result["why"]>) {
    const mine = new Map<string, number>();
    let norm = 0;
    for (const g of groups) {
      let most = 0;
      for (const e of g.expansions) {
        const w = this.information(e.term) * e.quality * g.factor;
        mine.set(e.term, Math.max(mine.get(e.term) ?? 0, w));
        most = Math.max(most, w);
      }
      norm += (g.expansions.length ? most : 4 * g.factor) ** 2;
    }
    const candidates = new Set<number>();
    for (const term of mine.keys()) for (const at of this.linesOf.get(term) ?? []) candidates.add(at);
    const best = new Map<number, { like: number; text: string; shared: number }>();
    for (const at of candidates) {
      const line = this.lines[at];
      let dot = 0, shared = 0;
      for (const term of line.terms) if (mine.has(term)) dot += mine.get(term)! * this.information(term), shared++;
      const like = (line.worth * dot) / Math.sqrt(norm * line.norm || 1);
      if (like > (best.get(line.entry)?.like ?? 0)) best.set(line.entry, { like, text: line.text, shared });
    }
    for (const [entry, { like, text, shared }] of best) {
      total.set(entry, (total.get(entry) ?? 0) + LINE * like ** 2.6 * KIND[this.entries[entry].k]);
      if (like > 0.35 && shared > 1 && !why.has(entry)) why.set(entry, { kind: "search", text });
    }
  }

  /** Nothing matched: the three names that look most alike, by shared pairs of letters. */
  private nearest(joined: string, among?: (entry: Entry) => boolean): Result[] {
    const pairs = (s: string) => new Set(Array.from({ length: Math.max(0, s.length - 1) }, (_, i) => s.slice(i, i + 2)));
    const mine = pairs(joined.slice(0, 40));
    const seen = new Map<number, number>();
    for (const name of this.names) {
      const entry = this.entries[name.entry];
      if (entry.k !== "p" || (among && !among(entry))) continue;
      const theirs = pairs(name.joined);
      let shared = 0;
      for (const pair of mine) if (theirs.has(pair)) shared++;
      const like = (2 * shared) / (mine.size + theirs.size || 1);
      if (like > (seen.get(name.entry) ?? -1)) seen.set(name.entry, like);
    }
    return [...seen].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, 3).map(([at, score]) => ({ entry: this.entries[at], score, hits: [] }));
  }
}
