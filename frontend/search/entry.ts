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

/** The index as it is sent, column by column: alike stands by alike, which packs better. Halves of names have columns of their own. */
export interface Written extends Omit<Index, "entries"> { columns: Record<string, Column> }

/** What all entries have under one key, with signs that it does not contain: between the entries, and within a list. */
interface Column { between: string; within?: string; all: string }
type Value = string | readonly string[] | undefined;

// In the order that packs best.
const KEYS = [
  "products", "codes", "searches", "failures", "summary", "title", "names", "text",
  "see", "confused", "url", "kind", "mark", "rows", "accent",
] as const satisfies readonly (keyof Entry)[];
/** What each entry has, though the home page's address from the root is empty. */
const ALWAYS: ReadonlySet<string> = new Set(["url", "title", "kind"] satisfies (keyof Entry)[]);
const KNOWN = ["codes", "products"] as const;
const COLON = ": ";
const SIGNS = ["|", "~", "^", "`", "\u001e", "\u001f"];

/** What a product or a code is called, and what it means. */
function halves(text: string): [string, string] {
  const [name] = text.split(COLON, 1);
  return [name, text.slice(name.length + COLON.length)];
}
const meaningOf = (key: string) => `${key}: means`;

export function written({ entries, ...rest }: Index): Written {
  const column = (key: keyof Entry, half?: 0 | 1) =>
    packed(entries.map(({ [key]: value }) => {
      return half === undefined || typeof value === "string" ? value : value?.map((text) => halves(text)[half]);
    }));
  const means = KNOWN.map((key) => [meaningOf(key), column(key, 1)]);
  const columns = KEYS.map((key) => [key, column(key, KNOWN.some((one) => one === key) ? 0 : undefined)]);
  return { ...rest, columns: Object.fromEntries([...means, ...columns]) };
}

function packed(values: readonly Value[]): Column {
  const whole = values.flat().join("");
  const [between, within] = SIGNS.filter((sign) => !whole.includes(sign));
  if (!within) throw new Error(`the index has no signs left to stand between its entries: give SIGNS one more`);
  const isList = values.some((value) => typeof value === "object");
  const all = values.map((value) => (typeof value === "object" ? value.join(within) : value ?? "")).join(between);
  return { between, ...(isList && { within }), all };
}

export function read({ columns, ...rest }: Written): Index {
  const entries: Record<string, Value>[] = [];
  for (const [key, { between, within, all }] of Object.entries(columns)) {
    for (const [at, value] of all.split(between).entries()) {
      const entry = (entries[at] ??= {});
      if (value || ALWAYS.has(key)) entry[key] = within ? value.split(within) : value;
    }
  }
  for (const entry of entries) {
    for (const key of KNOWN) {
      const { [key]: names, [meaningOf(key)]: means } = entry as Record<string, string[] | undefined>;
      if (names) entry[key] = names.map((name, i) => name + COLON + (means?.[i] ?? ""));
      delete entry[meaningOf(key)];
    }
  }
  return { ...rest, entries: entries as unknown as Entry[] };
}
