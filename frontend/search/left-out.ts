// node frontend/search/left-out.ts < DOCUMENTS: would a pattern be found by words that its author did not foresee?
//
// Each line of `searches` is asked of an index in which it does not stand. Prints {address: [place from 0, or -1, ...]}.
import { readFileSync } from "node:fs";
import { Engine } from "./engine.ts";
import { PATTERN } from "./entry.ts";
import { prepare, type Documents } from "./prepare.ts";

const { kinds, entries }: Documents = JSON.parse(readFileSync(0, "utf8"));
const places: Record<string, number[]> = {};
const most = Math.max(...entries.map(({ searches = [] }) => searches.length));
for (let left = 0; left < most; left++) {
  // one index for the line at this place of all: the others' losses change little, and an index a line would take minutes
  const without = entries.map((entry) => ({ ...entry, searches: entry.searches?.filter((_, i) => i !== left) }));
  const engine = new Engine(prepare({ kinds, entries: without }));
  for (const { url, kind, searches } of entries) {
    const line = searches?.[left];
    if (kind !== PATTERN || !line) continue;
    (places[url] ??= []).push(engine.search(line).results.findIndex((result) => result.entry.url === url));
  }
}
console.log(JSON.stringify(places));
