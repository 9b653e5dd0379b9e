// A query that asks for an interview problem by its name, whatever stands around it: "scalable photo sharing app like Instagram".
import type { Entry } from "./entry.ts";
import { isMaker, type Named } from "./names.ts";
import { TUNED } from "./tuned.ts";
import { knownName } from "./vocabulary.ts";
import { isStop, stem, words } from "./words.ts";

/** What people say around a problem's name, and after it, whoever asks it. */
const AROUND = new Set((
  "adobe api app application architecture atlassian available aws backend build bytedance cisco clone cloud consistent create " +
  "databricks design distributed durable fault feature function functionality global high highly hld implement internet interview " +
  "intuit large latency level library like lld low make million network nvidia online phonepe platform problem question real " +
  "reliable rippling salesforce scalable scale sd server service similar site software solution strong strongly such system " +
  "tolerant tool user visa web website"
).split(" ").map(stem));
/** Words that ask for a design, whatever else is said … */
const DESIGN = new Set("architect architecture clone design hld interview lld".split(" ").map(stem));
/** … and some that ask for other things as well, */
const MAKING = new Set("architect architecture build built clone create design develop hld interview lld".split(" ").map(stem));
/** or for an exercise, beside a name that is no pattern's: "instagram class diagram", and no "webhook walkthrough". */
const EXERCISE = new Set((
  "diagram dive estimation implement implementation mini model mvp object ood oop qps requirement rps schema stack study tutorial " +
  "walkthrough"
).split(" ").map(stem));
/** What people say beside those: "design a simple … from scratch for a startup", "google onsite: design … with microservices". */
const BESIDE = new Set([...MAKING, ...EXERCISE, ...(
  "active approach ask availability basic billion capacity case challenge class client code coding component core daily data " +
  "database day deep detail easy end engine enterprise entity faang facility fast flow frontend functional google guide handle " +
  "hard internal java junior let maang machine management medium meta micro microservice microsoft minute mobile mock module non " +
  "onsite oriented own per pipeline please product production python ready request robust round sample scalability scratch second " +
  "secure senior serve side simple simplified simplify small smart solve something staff startup step support tech technical ui " +
  "using version world"
).split(" ").map(stem)]);
const isSaid = (term: string) => AROUND.has(term) || BESIDE.has(term);
/** Whether a word is said around problems, and so no slip of a name: "mini" of Mint. */
export const isSaidAround = (word: string): boolean => isSaid(stem(word));
/** Of a name, what another may leave out: "fitness tracking app" and "fitness tracker" are one. */
const LEFT = new Set("app application clone design platform service site system website".split(" ").map(stem));

/** "search engine like Google": what stands after it may be any name. "Facebook like button" is no Facebook. */
const LIKE = /\b(?:like(?! (?:button|count|feature|system|service))|such as|similar to)\b/;
/** "crawler for a search engine": what is to be built stands before it. */
const FOR = /\b(?:for|of|at|in|on|with|during|using)\b/;

const content = (text: string): string[] => words(text).filter((word) => !isStop(word)).map(stem);

interface Span { at: number[]; isWhole: boolean }
interface Placed extends Span { from: number; length: number }

export class Called {
  /** From the terms of a name to its problems; of a shortened name, only where no whole one is the same. */
  private readonly names = new Map<string, Span>();
  /** What other entries are called, and products that stand for them. */
  private readonly others = new Set<string>();
  private longest = 0;

  constructor(entries: readonly Entry[], isProblem: (at: number) => boolean) {
    entries.forEach(({ title, names = [], products = [] }, at) => {
      if (isProblem(at)) return;
      for (const name of [title, ...names, ...products.map(knownName)]) {
        this.others.add(content(name).join(" "));
        this.others.add(content(words(name).filter((word) => !isMaker(word)).join(" ")).join(" "));
      }
    });
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
    const asked = content(wanted);
    const { spans, isCovered, isBeside, isBare } = this.spans(asked);
    const isWanted = isCovered || (isBeside && this.isExercise(asked, spans));
    if (!isWanted || spans.length > problems || (isBare && !alike.length)) return []; // a bare name is a matter of names.ts
    const all = [...spans, ...alike.flatMap((part) => this.spans(content(part)).spans)];
    const before = content(wanted.split(FOR)[0]).length;
    const head = spans.filter(({ from }) => from < before).at(-1) ?? all[0]; // of "facebook live comments", what is to be built
    return all.flatMap((span) =>
      span.at.map((entry) => ({ entry, points: (span === head ? bare : other) * (span.isWhole ? 1 : short) })));
  }

  /**
   * Problems of which a name stands among words that tell of other things as well, with its share of them: a name that few pages
   * say, or any where a design is asked for. "Play chess with one another", "design a kv store on sql".
   */
  partly(query: string, pagesOf: (term: string) => number): { entry: number; share: number }[] {
    const asked = content(query);
    const isDesign = asked.some((term) => DESIGN.has(term));
    return this.spans(asked).spans.flatMap(({ at, isWhole, from, length }) => {
      const name = asked.slice(from, from + length);
      const isRare = name.some((term) => pagesOf(term) <= (length > 1 ? TUNED.called.many : TUNED.called.pages));
      const says = isWhole && (isDesign || (isRare && !this.others.has(name.join(" "))));
      return says ? at.map((entry) => ({ entry, share: (length / asked.length) ** TUNED.called.fade })) : [];
    });
  }

  /** Whether a problem is to be designed, and nothing that is called otherwise: no "design a dynamodb schema". */
  private isExercise(asked: readonly string[], spans: readonly Placed[]): boolean {
    const isMade = asked.some((term) => MAKING.has(term));
    if (!isMade && !asked.some((term) => EXERCISE.has(term))) return false;
    const isIn = (from: number, to: number) =>
      spans.some((span) => span.isWhole && span.from <= from && to <= span.from + span.length && (isMade || to - from < span.length));
    return asked.every((_, from) => {
      for (let to = from + 1; to <= Math.min(asked.length, from + this.longest); to++) {
        const name = asked.slice(from, to);
        if (this.others.has(name.join(" ")) && !name.every(isSaid) && !isIn(from, to)) return false;
      }
      return true;
    });
  }

  /** The longest names from each place on, left to right; and whether all that stands between them is said around any, or beside. */
  private spans(all: readonly string[]): { spans: Placed[]; isCovered: boolean; isBeside: boolean; isBare: boolean } {
    const spans: Placed[] = [];
    let [isCovered, isBeside] = [true, true];
    let left = 0;
    for (let from = 0; from < all.length; from++) {
      let to = Math.min(all.length, from + this.longest);
      while (to > from && !this.has(all, from, to)) to--;
      if (to > from) {
        spans.push({ ...this.names.get(all.slice(from, to).join(" "))!, from, length: to - from });
        from = to - 1;
      } else {
        const isNumber = /^\d/.test(all[from]);
        isCovered &&= isNumber || AROUND.has(all[from]);
        isBeside &&= isNumber || isSaid(all[from]);
        left++;
      }
    }
    return { spans, isCovered, isBeside, isBare: left === 0 && spans.length === 1 && spans[0].isWhole };
  }

  /** Whether these terms are a name; one shortened to a single term only beside what is said around problems. */
  private has(all: readonly string[], from: number, to: number): boolean {
    const found = this.names.get(all.slice(from, to).join(" "));
    return found !== undefined && (found.isWhole || to - from > 1 || all.some((term) => AROUND.has(term)));
  }
}
