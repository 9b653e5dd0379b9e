// node frontend/search/prepare.ts DOCUMENTS OUT: from the pages' text to the one file that the search loads.
//
// Names, symptoms and summaries go in as they are. Of the running text only those terms are kept that tell this page from
// the others, so that the index stays small. Split and stemmed by the same code as the query.
import { readFileSync, writeFileSync } from "node:fs";
import type { Entry } from "./engine.ts";
import { terms } from "./words.ts";

export interface Document extends Entry {
  /** Running text; not kept as it is. */
  body: string;
}

const KEPT = 21; // terms of the text for each entry
const COMMON = 0.2; // a term on more than this share of the pages tells little

export function prepare(documents: readonly Document[]): Entry[] {
  const counts = documents.map((doc) => {
    const count = new Map<string, number>();
    for (const term of terms(doc.body)) if (term.length > 2) count.set(term, (count.get(term) ?? 0) + 1);
    return count;
  });
  const pages = new Map<string, number>();
  for (const count of counts) for (const term of count.keys()) pages.set(term, (pages.get(term) ?? 0) + 1);
  return documents.map(({ body: _, ...entry }, i) => {
    const known = new Set(terms([entry.t, ...(entry.n ?? []), ...(entry.s ?? []), ...(entry.f ?? []), entry.d ?? "", entry.p ?? ""].join(" ")));
    const names = new Set(terms([entry.t, ...(entry.n ?? []), ...(entry.s ?? [])].join(" ")));
    const weight = (term: string) => (1 + Math.log(counts[i].get(term)!)) * Math.log(documents.length / pages.get(term)!);
    const x = [...counts[i].keys()]
      .filter((term) => !known.has(term) && pages.get(term)! <= Math.max(2, documents.length * COMMON))
      .sort((a, b) => weight(b) - weight(a) || (a < b ? -1 : 1))
      .slice(0, KEPT)
      .sort();
    const pain = entry.p && [...new Set(terms(entry.p))].filter((term) => !names.has(term)).join(" ");
    return { ...entry, ...(pain && { p: pain }), ...(x.length && { x: x.join(" ") }) };
  });
}

if (process.argv[1]?.endsWith("prepare.ts")) {
  const [documents, out] = process.argv.slice(2);
  writeFileSync(out, JSON.stringify(prepare(JSON.parse(readFileSync(documents, "utf8")))));
}
