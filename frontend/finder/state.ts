// What the reader has chosen in the finder, as a value; and the same in an address.

/** What can be chosen: the page's own form says it. */
export interface Offer {
  facets: readonly string[];
  levels: readonly string[];
}

export interface Choice {
  q: string;
  /** By facet, the values that are ticked. */
  facets: Record<string, readonly string[]>;
  sort: "" | "name";
  view: "" | "table";
  /** Whose line of depth stands under each pattern. */
  level: string;
}

/** One pattern, as its entry in the page says. */
export interface Item {
  slug: string;
  name: string;
  facets: Record<string, readonly string[]>;
}

const LETTERS = 160; // of a query

export function parse(search: string, offer: Offer): Choice {
  const given = new URLSearchParams(search);
  const list = (facet: string) => (given.get(facet) ?? "").split(",").filter(Boolean);
  return {
    q: (given.get("q") ?? "").slice(0, LETTERS),
    facets: Object.fromEntries(offer.facets.map((facet) => [facet, list(facet)])),
    sort: given.get("sort") === "name" ? "name" : "",
    view: given.get("view") === "table" ? "table" : "",
    level: offer.levels.find((level) => level === given.get("level")) ?? "",
  };
}

/** The address's query part; empty where nothing is chosen. */
export function serialize(choice: Choice): string {
  const out = new URLSearchParams();
  if (choice.q) out.set("q", choice.q);
  for (const [facet, values] of Object.entries(choice.facets)) if (values.length) out.set(facet, values.join(","));
  if (choice.sort) out.set("sort", choice.sort);
  if (choice.view) out.set("view", choice.view);
  if (choice.level) out.set("level", choice.level);
  const text = out.toString().replaceAll("%2C", ",");
  return text && `?${text}`;
}

export const narrowed = (choice: Choice): boolean => Object.values(choice.facets).some((values) => values.length);

/** Whether results stand in place of the catalogue. The reader's own level alone, which holds for all pages, asks for none. */
export const active = (choice: Choice, ownLevel = ""): boolean =>
  Boolean(choice.q || choice.view || choice.sort) || choice.level !== ownLevel || narrowed(choice);

/** Values of one facet are alternatives; facets narrow each other. `except` is left out, for that facet's own counts. */
export const fits = (item: Item, choice: Choice, except?: string): boolean =>
  Object.entries(choice.facets).every(
    ([facet, values]) => facet === except || !values.length || values.some((value) => item.facets[facet]?.includes(value)),
  );

/** How many of the items each value would show. */
export function counts(items: readonly Item[], choice: Choice, facet: string): Map<string, number> {
  const out = new Map<string, number>();
  for (const item of items) {
    if (!fits(item, choice, facet)) continue;
    for (const value of item.facets[facet] ?? []) out.set(value, (out.get(value) ?? 0) + 1);
  }
  return out;
}
