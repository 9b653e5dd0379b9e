// The second opinion: BM25 over all that the data and the pages tell of a pattern, a phase or a playbook.
//
// The first scorer knows names and lines, and believes them; this one has read the causes, the mitigations, the answers and
// the prose, and believes no single word. What a term is worth in an entry is computed when the index is prepared.
import type { Expansion, Idea } from "./expand.ts";
import { TUNED } from "./tuned.ts";

/** Terms as `fronted` writes them, for each its entries, and for each of these its worth, as `pack` writes them. */
export interface Told { terms: string; at: string; worth: string }

const SHARED = 36; // letters of the term before that a term can begin with, and one more: a digit or a letter says how many

/** In the order of the alphabet, each as the letters that it shares with the one before, counted, and the rest. */
function fronted(terms: readonly string[]): string {
  return terms.map((term, i) => {
    const before = terms[i - 1] ?? "";
    let n = 0;
    while (n < SHARED - 1 && n < term.length && term[n] === before[n]) n++;
    return n.toString(SHARED) + term.slice(n);
  }).join(" ");
}

function* unfronted(text: string): Generator<string> {
  let term = "";
  for (const one of text.split(" ")) yield (term = term.slice(0, parseInt(one[0], SHARED)) + one.slice(1));
}

const FIRST = 35; // the first character that is used: "#"
const AFTER = 33; // ends a term's list: "!"
const SKIPPED = 92; // the backslash, which JSON would double
const character = (n: number) => String.fromCharCode(n + FIRST < SKIPPED ? n + FIRST : n + FIRST + 1);
const number = (code: number) => (code > SKIPPED ? code - 1 : code) - FIRST;

/** For each term, the entries that have it, in their order, with a worth from 1 to `TUNED.whole.levels`. */
export function pack(postings: ReadonlyMap<string, readonly { entry: number; worth: number }[]>): Told {
  const terms = [...postings.keys()].sort();
  const lists = terms.map((term) => postings.get(term)!);
  const at = lists.map((list) => list.map(({ entry }, i) => character(entry - (list[i - 1]?.entry ?? -1) - 1)).join(""));
  const worth = lists.flat().map((one) => character(one.worth)).join("");
  return { terms: fronted(terms), at: at.join(String.fromCharCode(AFTER)), worth };
}

/** A corrected word is half met. */
const worthOf = (expansions: readonly Expansion[], weight: number) =>
  (expansions.every(({ how }) => how === "spelling") ? weight / 2 : weight);

export class Whole {
  private readonly at = new Map<string, { gaps: string; first: number }>();
  private readonly worth: string;

  constructor({ terms, at, worth }: Told) {
    this.worth = worth;
    const lists = at.split(String.fromCharCode(AFTER));
    let [i, first] = [0, 0];
    for (const term of unfronted(terms)) {
      this.at.set(term, { gaps: lists[i], first });
      first += lists[i++].length;
    }
  }

  has = (term: string): boolean => this.at.has(term);

  /** Each entry's points for the query, and the share of it that it has. Of the ways to say an idea, the best counts. */
  score(asked: readonly Idea[], total: number): { points: Map<number, number>; covered: Map<number, number> } {
    const points = new Map<number, number>();
    const covered = new Map<number, number>();
    let information = 0;
    for (const { expansions, factor } of asked) {
      const best = new Map<number, number>();
      let most = expansions.length ? 0 : TUNED.information.unknown * factor;
      for (const { term, quality, how } of expansions) {
        const list = this.at.get(term);
        if (!list) continue;
        const n = list.gaps.length;
        const weight = Math.log(1 + (total - n + 0.5) / (n + 0.5)) * (how === "same" ? 1 : quality * TUNED.whole.guess) * factor;
        most = Math.max(most, weight);
        let entry = -1;
        for (let i = 0; i < n; i++) {
          entry += number(list.gaps.charCodeAt(i)) + 1;
          const worth = (weight * number(this.worth.charCodeAt(list.first + i))) / TUNED.whole.levels;
          if (worth > (best.get(entry) ?? 0)) best.set(entry, worth);
        }
      }
      information += most;
      for (const [entry, worth] of best) {
        points.set(entry, (points.get(entry) ?? 0) + worth);
        covered.set(entry, (covered.get(entry) ?? 0) + worthOf(expansions, most));
      }
    }
    for (const [entry, share] of covered) covered.set(entry, share / (information || 1));
    return { points, covered };
  }
}
