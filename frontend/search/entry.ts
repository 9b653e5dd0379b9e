import type { Told } from "./whole.ts";

// What the prepared index holds. Python writes kinds and documents (macros' room for machines), prepare.ts makes entries of them.

/** How results of one kind look and rank. A new kind is a row in Python's table; nothing here knows their names. */
export interface Kind {
  /** Stands beside the title of a result that has no mark of its own; may be empty. */
  label: string;
  /** Heading under which its results are listed; headings stand in the order of the kinds. */
  group: string;
  /** What its score is worth, against a pattern's. */
  worth: number;
  /** Stands before its summary. */
  before: string;
  /** What being called by name is worth, where that is another. */
  named: number | null;
}

/** The one kind that code knows: what the finder lists, and what stands in when nothing matches. */
export const PATTERN = "pattern";
/** And one more: a term of the glossary, which its pattern explains. */
export const TERM = "term";

/** One place on the site. */
export interface Entry {
  /** Address from the site's root. */
  url: string;
  title: string;
  /** A key of the index's kinds. */
  kind: string;
  /** Name and accent of its category. */
  mark?: string;
  accent?: string;
  /** Other names. */
  names?: string[];
  /** Products, and codes and messages, that stand for it: a name, a colon, and what it means. */
  products?: string[];
  codes?: string[];
  /** What readers type. */
  searches?: string[];
  /** How it fails, as an operator or a user sees it. */
  failures?: string[];
  /** For each of `searches`, which failure it tells of, from 1; 0 for none. A digit each. */
  rows?: string;
  summary?: string;
  /** Of a pattern: addresses of those that it is often confused with. */
  confused?: string[];
  /** Of a term, the address of the pattern that treats it; of a problem, those of what to start with. */
  see?: string[];
  /** Terms, prepared: of the running text, where the other fields do not have them. */
  text?: string;
}

export interface Index {
  kinds: Record<string, Kind>;
  entries: Entry[];
  /** What is told of the first entries at length; see whole.ts. */
  told: Told;
}

/** The index as it is sent: a list for each key of the entries, with 0 where one lacks it. Alike stands by alike, which packs better. */
export interface Written extends Omit<Index, "entries"> { columns: Record<string, unknown[]> }

export function written({ entries, ...rest }: Index): Written {
  const keys = new Set(entries.flatMap((entry) => Object.keys(entry) as (keyof Entry)[]));
  return { ...rest, columns: Object.fromEntries([...keys].map((key) => [key, entries.map((entry) => entry[key] ?? 0)])) };
}

export function read({ columns, ...rest }: Written): Index {
  const entries = columns["url"]!.map((_, at) =>
    Object.fromEntries(Object.entries(columns).flatMap(([key, all]) => (all[at] === 0 ? [] : [[key, all[at]]])))) as unknown as Entry[];
  return { ...rest, entries };
}
