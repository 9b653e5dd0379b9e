// node tests/search/measure.mjs INDEX < queries.json: what our engine finds, as JSON.
// Queries come as [{query}]; for each, what was found, how many of it are shown, and the milliseconds of the
// processor that it took are printed: not those by the clock, in which other programs have their share.
import { readFileSync } from "node:fs";
import { Engine } from "../../frontend/search/engine.ts";
import { read } from "../../frontend/search/entry.ts";
import { place } from "./places.mjs";

const made = performance.now();
const engine = new Engine(read(JSON.parse(readFileSync(process.argv[2] ?? "", "utf8"))));
for (const _ of engine.reading);
const ready = performance.now() - made;
/** @type {{ query: string }[]} */
const queries = JSON.parse(readFileSync(0, "utf8"));
for (const { query } of queries) engine.search(query); // warm
const found = queries.map(({ query }) => {
  const before = process.cpuUsage();
  const { results, shown, nearest } = engine.search(query);
  const { user, system } = process.cpuUsage(before);
  const took = (user + system) / 1000;
  return { took, shown, slugs: nearest ? [] : [...new Set(results.map((result) => place(result.entry.url)))] };
});
console.log(JSON.stringify({ ready, found }));
