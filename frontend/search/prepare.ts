// node frontend/search/prepare.ts DOCUMENTS OUT: from the pages' text to the one file that the search loads.
//
// Names, symptoms and summaries go in as they are. Of the running text only those terms are kept that tell this page from
// the others, so that the index stays small. Split and stemmed by the same code as the query.
import { readFileSync, writeFileSync } from "node:fs";
import type { Entry, Index } from "./entry.ts";
import { TUNED } from "./tuned.ts";
import { terms } from "./words.ts";

/** An entry before it is prepared: `pain` is text. */
export interface Document extends Entry {
  /** Running text; not kept as it is. */
  body: string;
}

export interface Documents extends Index {
  entries: Document[];
}

export function prepare({ kinds, entries: documents }: Documents): Index {
  const counts = documents.map(({ body }) => counted(terms(body).filter((term) => term.length >= TUNED.text.letters)));
  const pages = counted(counts.flatMap((count) => [...count.keys()]));
  const entries = documents.map(({ body: _, pain, ...entry }, i) => {
    const told = [...telling(counts[i], pages, documents.length, knownOf({ ...entry, pain }))];
    const names = namesOf(entry);
    const hurts = [...new Set(terms(pain ?? ""))].filter((term) => !names.has(term));
    return { ...entry, ...(hurts.length && { pain: hurts.join(" ") }), ...(told.length && { text: told.join(" ") }) };
  });
  return { kinds, entries };
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

const named = ({ title, names = [], searches = [] }: Entry) => [title, ...names, ...searches];
const namesOf = (entry: Entry) => new Set(terms(named(entry).join(" ")));
const knownOf = (entry: Entry) =>
  new Set(terms([...named(entry), ...(entry.failures ?? []), entry.summary ?? "", entry.pain ?? ""].join(" ")));

if (process.argv[1]?.endsWith("prepare.ts")) {
  const [documents, out] = process.argv.slice(2);
  writeFileSync(out, JSON.stringify(prepare(JSON.parse(readFileSync(documents, "utf8")))));
}
