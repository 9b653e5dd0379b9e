// Products in a query, whatever stands around them: "pgbouncer transaction mode", "fluent-bit stops sending logs".
//
// What hurts decides more than the product that it hurts with; so a name within a query adds to the score of the pages that the
// product stands for, and a name that all pages say, like Redis, adds nothing.
import { type Entry, TERM } from "./entry.ts";
import { isMaker } from "./names.ts";
import { TUNED } from "./tuned.ts";
import { knownName, type Vocabulary } from "./vocabulary.ts";
import { isStop, stem, words } from "./words.ts";

interface Product { entry: number; text: string }

export class Products {
  private readonly named = new Map<string, Product[]>();
  private readonly terms = new Set<number>(); // the glossary names products as well
  private longest = 0;
  private readonly known: Vocabulary;

  constructor(known: Vocabulary) {
    this.known = known;
  }

  /** Reads the entries, with a stop after each. */
  *read(entries: readonly Entry[]): Generator<void> {
    for (const [entry, { products = [], kind }] of entries.entries()) {
      if (kind === TERM) this.terms.add(entry);
      for (const text of products) {
        const all = words(knownName(text));
        for (const name of all.length > 1 && isMaker(all[0]) ? [all, all.slice(1)] : [all]) this.add(name.join(" "), { entry, text });
        this.longest = Math.max(this.longest, all.length);
      }
      yield;
    }
  }

  private add(name: string, product: Product): void {
    const same = this.named.get(name) ?? [];
    if (!same.some(({ entry }) => entry === product.entry)) this.named.set(name, [...same, product]);
  }

  /** The products that stand in the query beside other words, by their longest names; the share of the bonus is less in a longer query. */
  in(all: readonly string[]): (Product & { share: number })[] {
    const found: (Product & { share: number })[] = [];
    const content = all.filter((word) => !isStop(word)).length || 1;
    for (let from = 0; from < all.length; from++) {
      for (let to = Math.min(all.length, from + this.longest); to > from; to--) {
        const named = to - from < all.length ? this.named.get(all.slice(from, to).join(" ")) : undefined;
        if (!named || !this.tells(all.slice(from, to))) continue;
        for (const one of named) found.push({ ...one, share: ((to - from) / content) ** TUNED.product.fade / Math.sqrt(named.length) });
        from = to - 1;
        break;
      }
    }
    return found;
  }

  /** Whether a name is no word that is said of other things as well. */
  private tells(name: readonly string[]): boolean {
    if (name.length > 1) return !name.every(isStop);
    const at = this.known.at(stem(name[0])).filter(({ entry }) => !this.terms.has(entry));
    const isNamed = at.some(({ field }) => field === "title" || field === "names");
    return !isNamed && new Set(at.map(({ entry }) => entry)).size <= TUNED.product.pages;
  }
}
