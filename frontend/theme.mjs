// The theme's rules for Markdown content, without its shell, which is ours.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import postcss from "postcss";

/** What pages hold of the theme's markup … */
const KEPT = /\.md-typeset|\.highlight|^:root|^html|^body|^\*|^(a|hr|small|sub|sup|img|table|td|th|button|input)\b/;
/** … and what they never do, or what frontend/styles says from the ground. */
const NEVER = new RegExp([
  "task-list", "\\.tabbed", "md-annotation", "md-code__", "md-clipboard", "md-tooltip", "gslide", "glightbox", "arithmatex", "mermaid",
  "grid", "emojione", "twemoji", "gemoji", "critic", "keys", "lg-", "\\[dir=rtl\\]", "\\[data-md-", "admonition", "details", "summary",
].join("|"));

/**
 * The kept rules in a layer of their own, which every rule outside of it outranks.
 * @param {string} css
 * @param {string} own our sheets: what they ask for of the theme's variables is kept
 */
export function contentRules(css, own) {
  const root = postcss.parse(css);
  root.walkRules((rule) => {
    const kept = rule.selectors.filter((selector) => KEPT.test(selector) && !NEVER.test(selector));
    if (kept.length) rule.selectors = kept;
    else rule.remove();
  });
  root.walkAtRules((at) => {
    if (at.name === "charset" || /keyframes/.test(at.name)) at.remove(); // nothing that is kept moves
  });
  while (dropUnused(root, own));
  root.walkAtRules((at) => {
    if (at.name === "media" && !at.nodes?.length) at.remove();
  });
  return `@layer theme {\n${root}\n}`;
}

/**
 * Removes variables that nobody asks for, and then empty rules; true if there were any.
 * @param {postcss.Root} root
 * @param {string} own
 */
function dropUnused(root, own) {
  const asked = new Set([...`${root} ${own}`.matchAll(/var\(\s*(--[\w-]+)/g)].map(([, name]) => name));
  let dropped = false;
  root.walkDecls(/^--/, (declaration) => {
    if (asked.has(declaration.prop)) return;
    const rule = declaration.parent;
    declaration.remove();
    if (!rule?.nodes?.length) rule?.remove();
    dropped = true;
  });
  return dropped;
}

/**
 * @param {string} theme its folder
 * @param {string} own our sheets
 */
export function themeRules(theme, own) {
  const sheets = join(theme, "assets/stylesheets");
  const main = readdirSync(sheets).find((file) => /^main\..*\.css$/.test(file));
  if (!main) throw new Error(`${sheets} has no main.*.css; the theme has changed, see frontend/theme.mjs`);
  return contentRules(readFileSync(join(sheets, main), "utf8"), own);
}
