// A query that asks for an interview problem by its name, whatever stands around it: "scalable photo sharing app like Instagram".
import type { Entry } from "./entry.ts";
import type { Named } from "./names.ts";
import { TUNED } from "./tuned.ts";
import { isStop, stem, words } from "./words.ts";

/** What people say around a problem's name, and after it. */
const AROUND = new Set((
  "api app application architecture available aws backend build clone cloud consistent create design distributed durable fault feature " +
  "function functionality global hld " +
  "high highly implement interview internet large latency lld level like low make million network online platform problem question real " +
  "reliable scalable scale server service similar site software solution strong strongly such system tolerant tool user web website"
).split(" ").map(stem));
/** Of a name, what another may leave out: "fitness tracking app" and "fitness tracker" are one. */
const LEFT = new Set("app application clone design platform service site system website".split(" ").map(stem));

/** "search engine like Google": what stands after it may be any name. "Facebook like button" is no Facebook. */
const LIKE = /\b(?:like(?! (?:button|count|feature|system|service))|such as|similar to)\b/;
/** "crawler for a search engine": what is to be built stands before it. */
const FOR = /\b(?:for|of|at|in|on|with|during|using)\b/;

const content = (text: string): string[] => words(text).filter((word) => !isStop(word)).map(stem);

interface Span { at: number[]; isWhole: boolean }

export class Called {
  /** From the terms of a name to its problems; of a shortened name, only where no whole one is the same. */
  private readonly names = new Map<string, Span>();
  private longest = 0;

  constructor(entries: readonly Entry[], isProblem: (at: number) => boolean) {
    const add = (at: number, key: string, isWhole: boolean) => {
      const known = this.names.get(key);
      if (!key || (known?.isWhole && !isWhole)) return;
      if (known && known.isWhole === isWhole) known.at.push(at);
      else this.names.set(key, { at: [at], isWhole });
    };
    for (const isWhole of [true, false]) {
      entries.forEach(({ title, names = [] }, at) => {
        if (!isProblem(at)) return;
        for (const name of [title, ...names]) {
          const all = content(name);
          const kept = isWhole ? all : all.filter((term) => !LEFT.has(term));
          const says = kept.length > 2 || !kept.every((term) => AROUND.has(term)); // "to-do app" says nothing without its small words
          if (says) add(at, kept.join(" "), isWhole);
          this.longest = Math.max(this.longest, all.length);
        }
      });
    }
  }

  /** Each problem of which a name stands in the query, where all the rest is said around problems, or names others. */
  in(query: string): Named[] {
    const { bare, short, other, problems } = TUNED.name;
    const [wanted, ...alike] = query.split(LIKE);
    const { spans, isCovered, isBare } = this.spans(content(wanted));
    if (!isCovered || spans.length > problems || (isBare && !alike.length)) return []; // a bare name is a matter of names.ts
    const all = [...spans, ...alike.flatMap((part) => this.spans(content(part)).spans)];
    const before = content(wanted.split(FOR)[0]).length;
    const head = spans.filter(({ from }) => from < before).at(-1) ?? all[0]; // of "facebook live comments", what is to be built
    return all.flatMap((span) =>
      span.at.map((entry) => ({ entry, points: (span === head ? bare : other) * (span.isWhole ? 1 : short) })));
  }

  /** The longest names from each place on, left to right; and whether all that stands between them is said around any. */
  private spans(all: readonly string[]): { spans: (Span & { from: number })[]; isCovered: boolean; isBare: boolean } {
    const spans: (Span & { from: number })[] = [];
    let isCovered = true;
    let left = 0;
    for (let from = 0; from < all.length; from++) {
      let to = Math.min(all.length, from + this.longest);
      while (to > from && !this.has(all, from, to)) to--;
      if (to > from) {
        spans.push({ ...this.names.get(all.slice(from, to).join(" "))!, from });
        from = to - 1;
      } else {
        isCovered &&= AROUND.has(all[from]) || /^\d/.test(all[from]);
        left++;
      }
    }
    return { spans, isCovered, isBare: left === 0 && spans.length === 1 && spans[0].isWhole };
  }

  /** Whether these terms are a name; one shortened to a single term only beside what is said around problems. */
  private has(all: readonly string[], from: number, to: number): boolean {
    const found = this.names.get(all.slice(from, to).join(" "));
    return found !== undefined && (found.isWhole || to - from > 1 || all.some((term) => AROUND.has(term)));
  }
}
