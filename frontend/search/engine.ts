// The search, without a page: documents in, ranked results out.
import MiniSearch, { type SearchResult } from "minisearch";

export interface Entry {
  url: string;
  title: string;
  kind: "patterns" | "phases" | "page";
  mark?: string;
  accent?: string;
  names: string[];
  searches: string[];
  summary: string;
  headings: string[];
  text: string;
}

export interface Result extends Entry {
  score: number;
  terms: string[];
}

export type Search = (query: string, limit?: number) => Result[];

const BOOST = { title: 8, names: 6, searches: 4, summary: 2.5, headings: 1.5, text: 1 };

export function engine(entries: readonly Entry[]): Search {
  const index = new MiniSearch<Entry & { id: number }>({
    fields: Object.keys(BOOST),
    extractField: (entry, field) => {
      const value = (entry as unknown as Record<string, unknown>)[field];
      return Array.isArray(value) ? value.join(" . ") : String(value ?? "");
    },
  });
  index.addAll(entries.map((entry, id) => ({ ...entry, id })));
  return (query, limit = 12) => {
    const text = query.trim().slice(0, 200);
    if (!text) return [];
    const found: SearchResult[] = index.search(text, {
      boost: BOOST,
      prefix: (term, i, terms) => i === terms.length - 1 && term.length > 1,
      fuzzy: (term) => (term.length > 3 ? 0.25 : false),
      boostDocument: (id) => ({ patterns: 1.4, phases: 1.2, page: 1 })[entries[id as number].kind],
    });
    return found.slice(0, limit).map((r) => ({ ...entries[r.id as number], score: r.score, terms: r.terms }));
  };
}
