// node tests/search/material.mjs LUNR INDEX < queries.json: what lunr finds with the settings of Material's search worker.
import { readFileSync } from "node:fs";
import vm from "node:vm";
import { place } from "./places.mjs";

const [library, path] = process.argv.slice(2);
/** @type {{ module: { exports: any }, exports?: object }} lunr has no types */
const box = { module: { exports: {} } };
vm.runInNewContext(readFileSync(library, "utf8"), Object.assign(box, { exports: box.module.exports }));
const lunr = box.module.exports;
const { config, docs } = JSON.parse(readFileSync(path, "utf8"));
const made = performance.now();
lunr.tokenizer.separator = new RegExp(config.separator);
/** @this {any} */
function settings() {
  this.ref("location");
  this.field("title", { boost: 1e3 });
  this.field("text", { boost: 1 });
  this.field("tags", { boost: 1e6 });
  for (const doc of docs) this.add(doc);
}
const index = lunr(settings);
const ready = performance.now() - made;
/**
 * The theme's default transform: every word is also the beginning of one.
 * @param {string} query
 */
const transform = (query) =>
  query.replace(/"|(?:^|\s+)[*+\-:^~]+(?=\s+|$)/g, "").split(/[\s\-]+/).filter(Boolean)
    .map((term) => term.replace(/[:^~*+]/g, "")).map((term) => `${term} ${term}*`).join(" ");
/**
 * Where lunr throws ("constructor" is a property of every object), the reader sees no result.
 * @param {string} query
 */
function hits(query) {
  try {
    return index.search(transform(query));
  } catch {
    return [];
  }
}
/** @type {{ query: string }[]} */
const queries = JSON.parse(readFileSync(0, "utf8"));
const found = queries.map(({ query }) => {
  const before = performance.now();
  const pages = new Map();
  for (const { ref, score } of hits(query)) pages.set(place(ref), Math.max(score, pages.get(place(ref)) ?? 0));
  const slugs = [...pages].sort((a, b) => b[1] - a[1]).map(([page]) => page).slice(0, 10);
  return { took: performance.now() - before, slugs };
});
console.log(JSON.stringify({ ready, found }));
