// node tests/search/plain.mjs DOCUMENTS < queries.json: what plain BM25 finds, with fields boosted, over the same pages.
// Same words, same stems; no names, no lines, no synonyms, no spellings. The mark that a search of one's own has to beat.
import { readFileSync } from "node:fs";
import { terms } from "../../frontend/search/words.ts";
import { place } from "./places.mjs";

/** @type {Record<string, number>} */
const BOOST = { title: 8, names: 6, products: 4, codes: 4, searches: 4, summary: 3, failures: 3, pain: 2, told: 1, body: 1 };
const [K1, B] = [1.2, 0.75];
const { entries } = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8"));
/** @type {(value: unknown) => string} */
const text = (value) => (value && typeof value === "object" ? Object.values(value).join(" ") : String(value ?? ""));
const counts = entries.map((/** @type {Record<string, unknown>} */ entry) => {
  const count = new Map();
  for (const [field, boost] of Object.entries(BOOST))
    for (const term of terms(text(entry[field]))) count.set(term, (count.get(term) ?? 0) + boost);
  return count;
});
/** @type {number[]} */
const sizes = counts.map((/** @type {Map<string, number>} */ count) => [...count.values()].reduce((a, b) => a + b, 0));
const mean = sizes.reduce((a, b) => a + b, 0) / sizes.length;
const pages = new Map();
for (const count of counts) for (const term of count.keys()) pages.set(term, (pages.get(term) ?? 0) + 1);
/** @type {{ query: string }[]} */
const queries = JSON.parse(readFileSync(0, "utf8"));
const found = queries.map(({ query }) => {
  const before = performance.now();
  const scores = new Map();
  for (const term of new Set(terms(query))) {
    const n = pages.get(term);
    if (!n) continue;
    const rarity = Math.log(1 + (entries.length - n + 0.5) / (n + 0.5));
    counts.forEach((/** @type {Map<string, number>} */ count, /** @type {number} */ at) => {
      const often = count.get(term);
      if (!often) return;
      const worth = (often * (K1 + 1)) / (often + K1 * (1 - B + (B * (sizes[at] ?? 0)) / mean));
      scores.set(at, (scores.get(at) ?? 0) + rarity * worth);
    });
  }
  const ranked = [...scores].sort((a, b) => b[1] - a[1]).map(([at]) => place(entries[at].url));
  return { took: performance.now() - before, slugs: [...new Set(ranked)].slice(0, 10) };
});
console.log(JSON.stringify({ ready: 0, found }));
