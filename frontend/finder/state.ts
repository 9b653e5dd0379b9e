// What the reader has chosen in the finder, as a value; and the same in an address.

export const FACETS = ["phase", "category", "trades", "code"] as const;
export const LEVELS = ["mid", "senior", "staff"] as const;
export type Facet = (typeof FACETS)[number];

export interface Choice {
  q: string;
  facets: Record<Facet, readonly string[]>;
  sort: "" | "name";
  view: "" | "table";
  /** Whose line of depth stands under each pattern. */
  level: "" | (typeof LEVELS)[number];
}

/** One pattern, as its entry in the page says. */
export interface Item {
  slug: string;
  name: string;
  facets: Record<Facet, readonly string[]>;
}

export function parse(search: string): Choice {
  const given = new URLSearchParams(search);
  const list = (facet: string) => (given.get(facet) ?? "").split(",").filter(Boolean);
  return {
    q: (given.get("q") ?? "").slice(0, 160),
    facets: { phase: list("phase"), category: list("category"), trades: list("trades"), code: list("code") },
    sort: given.get("sort") === "name" ? "name" : "",
    view: given.get("view") === "table" ? "table" : "",
    level: LEVELS.find((level) => level === given.get("level")) ?? "",
  };
}

/** The address's query part; empty where nothing is chosen. */
export function serialize(choice: Choice): string {
  const out = new URLSearchParams();
  if (choice.q) out.set("q", choice.q);
  for (const facet of FACETS) if (choice.facets[facet].length) out.set(facet, choice.facets[facet].join(","));
  if (choice.sort) out.set("sort", choice.sort);
  if (choice.view) out.set("view", choice.view);
  if (choice.level) out.set("level", choice.level);
  const text = out.toString().replaceAll("%2C", ",");
  return text && `?${text}`;
}

export const active = (choice: Choice): boolean => Boolean(choice.q || choice.view || choice.sort || choice.level || FACETS.some((f) => choice.facets[f].length));

/** Values of one facet are alternatives; facets narrow each other. `except` is left out, for that facet's own counts. */
export const fits = (item: Item, choice: Choice, except?: Facet): boolean =>
  FACETS.every((f) => f === except || !choice.facets[f].length || choice.facets[f].some((value) => item.facets[f].includes(value)));

/** How many of the items each value would show. */
export function counts(items: readonly Item[], choice: Choice, facet: Facet): Map<string, number> {
  const out = new Map<string, number>();
  for (const item of items) if (fits(item, choice, facet)) for (const value of item.facets[facet]) out.set(value, (out.get(value) ?? 0) + 1);
  return out;
}
