// node frontend/search/prepare.ts DOCUMENTS OUT: from the pages' text to the one file that the search loads.
//
// Names, symptoms and summaries go in as they are. Of the running text only those terms are kept that tell this page from
// the others, so that the index stays small. Split and stemmed by the same code as the query.
import { readFileSync, writeFileSync } from "node:fs";
import { type Entry, type Index, written } from "./entry.ts";
import { TUNED } from "./tuned.ts";
import { pack } from "./whole.ts";
import { terms } from "./words.ts";

/** An entry before it is prepared. */
export interface Document extends Entry {
  /** Running text; not kept as it is. */
  body: string;
  /** The problem, and when to use it; only whole.ts reads it. */
  pain?: string;
  /** Of each failure, why it happens. */
  causes?: string[];
  /** What the data tells at length: causes and mitigations, questions and answers, what people say. Only of what has a record. */
  told?: Partial<Record<"fails" | "asks" | "heard", string>>;
}

export interface Documents extends Omit<Index, "entries" | "told"> {
  entries: Document[];
}

export function prepare({ kinds, entries: given }: Documents): Index {
  const documents = [...given.filter(({ told }) => told), ...given.filter(({ told }) => !told)];
  const counts = documents.map(({ body }) => counted(terms(body).filter((term) => term.length >= TUNED.text.letters)));
  const pages = counted(counts.flatMap((count) => [...count.keys()]));
  const entries = documents.map(({ body: _, told: __, pain: ___, causes, ...entry }, i) => {
    const told = __ ? [] : telling(counts[i], pages, documents.length, knownOf(entry)); // the second has read the rest
    const rows = causes && failing(entry, causes);
    return { ...entry, ...(rows && { rows }), ...(told.length && { text: told.join(" ") }) };
  });
  return { kinds, entries, told: pack(worths(documents.filter(({ told }) => told))) };
}

/** For each line of `searches`, the failure that has most of its terms, in its symptom or its cause; none where most are not there. */
function failing({ searches = [], failures = [] }: Entry, causes: readonly string[]): string {
  const { few, share, rows: many } = TUNED.line.row;
  const symptoms = failures.map((symptom) => new Set(terms(symptom)));
  const rows = failures.map((symptom, i) => new Set(terms(`${symptom} ${causes[i]}`)));
  return searches.map((line) => {
    const own = [...new Set(terms(line))];
    const shared = rows.map((row, i) => (own.some((term) => symptoms[i].has(term)) ? own.filter((term) => row.has(term)).length : 0));
    const most = Math.max(0, ...shared);
    return own.length >= few && most >= own.length * share && rows.length <= many ? 1 + shared.indexOf(most) : 0;
  }).join("");
}

/** For each term, what it is worth in each entry: BM25 over all fields at once, without the term's rarity. */
function worths(documents: readonly Document[]): Map<string, { entry: number; worth: number }[]> {
  const { field, saturation, length, levels, least } = TUNED.whole;
  const fields = documents.map((one) => ({
    ...one.told, body: one.body, pain: one.pain, summary: one.summary, title: one.title,
    names: one.names?.join(" "), searches: one.searches?.join(" "),
    known: [...(one.products ?? []), ...(one.codes ?? [])].join(" "), failures: one.failures?.join(" "),
  }));
  const counts = fields.map((one) => {
    const count = new Map<string, number>();
    for (const name of Object.keys(field) as (keyof typeof field)[]) {
      const all = terms(one[name] ?? "");
      const worth = name === "heard" ? field.heard * Math.min(1, TUNED.whole.heard / all.length) : field[name];
      for (const term of all) count.set(term, (count.get(term) ?? 0) + worth);
    }
    return count;
  });
  const sizes = counts.map((count) => [...count.values()].reduce((a, b) => a + b, 0));
  const mean = sizes.reduce((a, b) => a + b, 0) / sizes.length;
  const out = new Map<string, { entry: number; worth: number }[]>();
  counts.forEach((count, entry) => {
    const half = saturation * (1 - length + (length * sizes[entry]) / mean);
    for (const [term, n] of count) {
      if (n < least) continue;
      const worth = Math.round((levels * n) / (n + half));
      if (!out.has(term)) out.set(term, []);
      out.get(term)!.push({ entry, worth });
    }
  });
  return out;
}

/** The terms of a text that tell its page from the others, and that the other fields do not have. */
function telling(count: Map<string, number>, pages: Map<string, number>, total: number, known: Set<string>): string[] {
  const { terms: most, common, pages: few } = TUNED.text;
  const weight = (term: string) => (1 + Math.log(count.get(term)!)) * Math.log(total / pages.get(term)!);
  return [...count.keys()]
    .filter((term) => !known.has(term) && pages.get(term)! <= Math.max(few, total * common))
    .sort((a, b) => weight(b) - weight(a) || (a < b ? -1 : 1))
    .slice(0, most)
    .sort();
}

function counted(all: readonly string[]): Map<string, number> {
  const count = new Map<string, number>();
  for (const one of all) count.set(one, (count.get(one) ?? 0) + 1);
  return count;
}

const named = ({ title, names = [], products = [], codes = [], searches = [] }: Entry) =>
  [title, ...names, ...products, ...codes, ...searches];
const knownOf = (entry: Entry) =>
  new Set(terms([...named(entry), ...(entry.failures ?? []), entry.summary ?? ""].join(" ")));

if (process.argv[1]?.endsWith("prepare.ts")) {
  const [documents, out] = process.argv.slice(2);
  writeFileSync(out, JSON.stringify(written(prepare(JSON.parse(readFileSync(documents, "utf8"))))));
}
