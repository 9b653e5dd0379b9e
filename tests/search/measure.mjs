// node tests/search/measure.mjs INDEX < queries.json: what our engine finds, as JSON.
// Queries come as [{class, query, finds}]; for each, the slugs found and the milliseconds taken are printed.
import { readFileSync } from "node:fs";
import { Engine } from "../../frontend/search/engine.ts";

/** @param {string} address */
const slug = (address) => address.split("/").filter((part) => part && !part.startsWith("#")).at(-1);
const made = performance.now();
const engine = new Engine(JSON.parse(readFileSync(process.argv[2], "utf8")));
const ready = performance.now() - made;
/** @type {{ query: string }[]} */
const queries = JSON.parse(readFileSync(0, "utf8"));
for (const { query } of queries) engine.search(query); // warm
const found = queries.map(({ query }) => {
  const before = performance.now();
  const { results, nearest } = engine.search(query, 10);
  return { took: performance.now() - before, slugs: nearest ? [] : [...new Set(results.map((r) => slug(r.entry.url)))] };
});
console.log(JSON.stringify({ ready, found }));
