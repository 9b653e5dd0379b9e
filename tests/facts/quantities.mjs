// What frontend/quantities/ says of each variant; a line of JSON in, a line out. Run by tests/facts/test_quantities.py.
import { readFileSync } from "node:fs";
import { flips, said, settled, values } from "../../frontend/quantities/state.ts";

const { model, variants, flip } = JSON.parse(readFileSync(0, "utf8"));
const ids = Object.keys(model.q), decisions = Object.keys(model.d);
const rows = variants.map((/** @type {Record<string, string>} */ moved) => {
  const value = values(model, moved);
  return [...ids.map((id) => said(model, value, id)), ...decisions.map((id) => settled(model, value, id).takes)];
});
console.log(JSON.stringify({ rows, flips: flip ? Object.fromEntries(decisions.map((id) => [id, flips(model, {}, id)])) : {} }));
