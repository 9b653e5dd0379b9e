// node tests/search/halves.mjs INDEX: every term of the index as the left and as the right half of one word; none may throw.
// Prints how many words were asked, and the longest that one took in milliseconds.
import { readFileSync } from "node:fs";
import { Engine } from "../../frontend/search/engine.ts";
import { read } from "../../frontend/search/entry.ts";
import { terms, words } from "../../frontend/search/words.ts";

const index = read(JSON.parse(readFileSync(process.argv[2], "utf8")));
const engine = new Engine(index);
for (const _ of engine.reading);
const known = new Set();
for (const entry of index.entries) {
  const { title, names = [], products = [], codes = [], searches = [], failures = [], summary = "", text = "" } = entry;
  const raw = [title, ...names, ...products, ...codes, ...searches, ...failures, summary].join(" ");
  for (const term of [...words(raw), ...terms(raw), ...text.split(" ")]) if (term.length > 2) known.add(term);
}
for (const term of index.told.terms.split(" ")) if (term.length > 2) known.add(term);
const all = [...known].sort();
const step = 7919; // a prime that does not divide the number of terms: each has its turn on the right as well
if (all.length % step === 0) throw new Error("take another prime");
let longest = 0;
for (const [i, term] of all.entries()) {
  const word = term + all[(i * step) % all.length];
  const before = process.cpuUsage();
  engine.search(i % 2 ? word : `${word} cache`); // the last word of a query is also read as a beginning
  const { user, system } = process.cpuUsage(before);
  longest = Math.max(longest, (user + system) / 1000);
}
console.log(JSON.stringify({ asked: all.length, longest }));
