// node frontend/search/left-out.ts < DOCUMENTS: would a pattern be found by words that its author did not foresee?
//
// Each line of `searches` is asked of an index in which it does not stand. Prints {address: [place from 0, or -1, ...]}.
import { readFileSync } from "node:fs";
import { Engine } from "./engine.ts";
import { prepare, type Document } from "./prepare.ts";

const documents: Document[] = JSON.parse(readFileSync(0, "utf8"));
const lines = (document: Document) => document.s ?? [];
const places: Record<string, number[]> = {};
for (let left = 0; documents.some((document) => left < lines(document).length); left++) {
  // one index for the line at this place of all: the others' losses change little, and an index a line would take minutes
  const engine = new Engine(prepare(documents.map((document) => ({ ...document, s: lines(document).filter((_, i) => i !== left) }))));
  for (const { u, k, s } of documents) {
    const line = s?.[left];
    if (k === "p" && line) (places[u] ??= []).push(engine.search(line).results.findIndex((result) => result.entry.u === u));
  }
}
console.log(JSON.stringify(places));
