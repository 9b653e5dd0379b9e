// The theme's rules for Markdown content, without its shell, which is ours.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import postcss from "postcss";

/** What pages hold of the theme's markup … */
const KEPT = /\.md-typeset|\.highlight|^:root|^html|^body|^\*|^(a|hr|small|sub|sup|img|table|td|th|button|input)\b/;
/** … and what they never do. */
const NEVER = new RegExp([
  "task-list", "\\.tabbed", "md-annotation", "md-code__", "md-clipboard", "md-tooltip", "gslide", "glightbox", "arithmatex", "mermaid",
  "grid", "emojione", "twemoji", "gemoji", "critic", "keys", "lg-", "\\[dir=rtl\\]", "\\[data-md-color",
].join("|"));

/**
 * The kept rules.
 * @param {string} css
 */
export function contentRules(css) {
  const root = postcss.parse(css);
  root.walkRules((rule) => {
    if (rule.parent?.type === "atrule" && "name" in rule.parent && /keyframes/.test(rule.parent.name)) return;
    const kept = rule.selectors.filter((selector) => KEPT.test(selector) && !NEVER.test(selector));
    if (kept.length) rule.selectors = kept;
    else rule.remove();
  });
  root.walkAtRules((at) => {
    if (at.name === "charset" || (at.name === "media" && !at.nodes?.length)) at.remove();
  });
  return root.toString();
}

/** @param {string} theme its folder */
export function themeRules(theme) {
  const sheets = join(theme, "assets/stylesheets");
  const main = readdirSync(sheets).find((file) => /^main\..*\.css$/.test(file));
  if (!main) throw new Error(`${sheets} has no main.*.css; the theme has changed, see frontend/theme.mjs`);
  return contentRules(readFileSync(join(sheets, main), "utf8"));
}
