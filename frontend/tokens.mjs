// node frontend/tokens.mjs: inks and fonts of the site into build/tokens.json, for what CSS does not reach: Typst, the
// sketches of the cards, the book, and the head of a page. Also called by build.mjs.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Files below node_modules, by the role under which tokens.css asks for them. */
export const FONTS = {
  text: "@fontsource-variable/figtree/files/figtree-latin-wght-normal.woff2",
  head: "@fontsource/bricolage-grotesque/files/bricolage-grotesque-latin-700-normal.woff2",
  mono: "@fontsource/atkinson-hyperlegible-mono/files/atkinson-hyperlegible-mono-latin-400-normal.woff2",
};

/** Writes the file, and returns what stands in it: inks by scheme and name, fonts by role. */
export function tokens() {
  const css = readFileSync("frontend/styles/tokens.css", "utf8");
  const pairs = [...css.matchAll(/--([\w-]+): light-dark\((#\w+), (#\w+)\)/g)];
  const light = Object.fromEntries(pairs.map(([, name, ink]) => [name, ink]));
  const dark = Object.fromEntries(pairs.map(([, name, , ink]) => [name, ink]));
  const made = { light, dark, fonts: FONTS };
  mkdirSync("build", { recursive: true });
  writeFileSync("build/tokens.json", JSON.stringify(made, null, 1));
  return made;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) tokens();
