// The query as a sentence: the one line of `searches`, or symptom of failure, of each entry that is most like it.
import type { Entry } from "./entry.ts";
import type { Idea } from "./expand.ts";
import { TUNED } from "./tuned.ts";
import { knownName, type Vocabulary } from "./vocabulary.ts";
import { joined, ownTokens, terms } from "./words.ts";

interface Line {
  entry: number;
  text: string;
  /** Square of its length as a vector of weighted terms. */
  norm: number;
  worth: number;
  /** Whether it is a symptom of failure, and no line of `searches`. */
  isSymptom: boolean;
  /** Which failure of its entry it tells of, from 0. */
  failure?: number;
}

export interface Like { text: string; likeness: number; shared: number; isSymptom: boolean; failure?: number }

export class Lines {
  private readonly lines: Line[] = [];
  private readonly withTerm = new Map<string, number[]>();
  private readonly known: Vocabulary;

  constructor(known: Vocabulary) {
    this.known = known;
  }

  /** Reads the entries, with a stop after each. */
  *read(entries: readonly Entry[]): Generator<void> {
    for (const [i, entry] of entries.entries()) {
      (entry.searches ?? []).forEach((text, at) => {
        const row = Number(entry.rows?.[at] ?? 0);
        this.add({ entry: i, text, worth: 1, isSymptom: false, failure: row ? row - 1 : undefined });
      });
      for (const text of (entry.codes ?? []).map(knownName)) {
        const spoken = text.split(" ").filter((token) => !ownTokens(text).includes(joined(token)));
        if (spoken.length >= TUNED.line.spoken) this.add({ entry: i, text, worth: TUNED.line.code, isSymptom: false }, spoken.join(" "));
      }
      (entry.failures ?? []).forEach((text, failure) => this.add({ entry: i, text, worth: TUNED.line.failure, isSymptom: true, failure }));
      yield;
    }
  }

  private add(line: Pick<Line, "entry" | "text" | "worth" | "isSymptom" | "failure">, said: string = line.text): void {
    const own = new Set(terms(said));
    const norm = [...own].reduce((sum, term) => sum + this.known.information(term) ** 2, 0);
    const at = this.lines.push({ ...line, norm }) - 1;
    for (const term of own) {
      const list = this.withTerm.get(term);
      if (list) list.push(at);
      else this.withTerm.set(term, [at]);
    }
  }

  /** For each entry, its line that is most like the query: the cosine of weighted terms. */
  like(query: readonly Idea[]): Map<number, Like> {
    const { weights, norm } = this.vector(query);
    const met = new Map<number, { product: number; shared: number }>();
    for (const [term, weight] of weights) {
      const product = weight * this.known.information(term);
      for (const at of this.withTerm.get(term) ?? []) {
        const one = met.get(at);
        if (one) {
          one.product += product;
          one.shared++;
        } else met.set(at, { product, shared: 1 });
      }
    }
    const best = new Map<number, Like>();
    for (const [at, { product, shared }] of met) {
      const { entry, text, norm: own, worth, isSymptom, failure } = this.lines[at];
      const likeness = (worth * product) / Math.sqrt(norm * own || 1);
      if (likeness > (best.get(entry)?.likeness ?? 0)) best.set(entry, { text, likeness, shared, isSymptom, failure });
    }
    return best;
  }

  /** A query's terms with their weights; of the ways to say an idea, the weightiest counts for the length. */
  private vector(query: readonly Idea[]): { weights: Map<string, number>; norm: number } {
    const weights = new Map<string, number>();
    let norm = 0;
    for (const { expansions, factor } of query) {
      let most = expansions.length ? 0 : TUNED.information.unknown * factor;
      for (const { term, quality } of expansions) {
        const weight = this.known.information(term) * quality * factor;
        weights.set(term, Math.max(weights.get(term) ?? 0, weight));
        most = Math.max(most, weight);
      }
      norm += most ** 2;
    }
    return { weights, norm };
  }
}
