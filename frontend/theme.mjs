// The theme's rules for Markdown content, without its shell, which is ours.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import postcss from "postcss";

/** What pages hold of the theme's markup … */
const KEPT = /\.md-typeset|\.highlight|^:root|^html|^body|^\*|^(a|hr|small|sub|sup|img|table|td|th|button|input)\b/;
/** … and what they never do, or what frontend/styles says from the ground. */
const NEVER = new RegExp([
  "task-list", "\\.tabbed", "md-annotation", "md-code__", "md-clipboard", "md-tooltip", "gslide", "glightbox", "arithmatex", "mermaid",
  "footnote", "katex", "md-author", "md-button", "md-consent", "md-content", "md-footer", "md-input", "md-nav", "md-search", "md-tag",
  "md-typeset__", "highlighttable", "linenos", "filename", "columnheader", "\\.result", "\\.inline", "\\.hll", "iframe", "video",
  "align=", "kbd", "del\\b", "h[1-6]\\b", "a(:\\w+)? code", "a:", "blockquote", "figcaption", "abbr", "mark\\b", "headerlink",
  ":target", "\\[type\\]", "ol ol", "ul ol", "data-preview", "\\.middle", "\\.x*lg?\\b", "scrollbar", "focus-visible", "\\.g[a-z]\\b",
  "^html$", "^body$", "grid", "emojione", "twemoji", "gemoji", "critic", "keys", "lg-", "\\[dir=rtl\\]", "\\[data-md-", "admonition",
  "details", "summary",
].join("|"));

/** Rules that only some pages need, by the sheet that they go into. */
const PARTS = { tables: /\btable\b|\.highlight\b/ };

/**
 * The kept rules by sheet, in a layer of their own, which every rule outside of it outranks.
 * @param {string} css
 * @param {string} own our sheets, of which one says what stands for the theme's variables
 */
export function contentRules(css, own) {
  const root = postcss.parse(css);
  root.walkRules((rule) => {
    const kept = rule.selectors.filter((selector) => KEPT.test(selector) && !NEVER.test(selector));
    if (kept.length) rule.selectors = kept;
    else rule.remove();
  });
  root.walkAtRules((at) => {
    if (at.name === "charset" || /keyframes/.test(at.name) || /reduced-motion/.test(at.params)) at.remove(); // nothing that is kept moves
  });
  root.walkDecls(/^(transition|touch-action|scrollbar-.*|outline.*|-webkit-tap-highlight-color)$/, (declaration) => {
    const rule = declaration.parent;
    declaration.remove();
    if (!rule?.nodes?.length) rule?.remove();
  });
  inked(root, own);
  directed(root);
  root.walkAtRules((at) => {
    if (at.name === "media" && !at.nodes?.length) at.remove();
  });
  /** @type {Record<string, string>} */
  const made = {};
  for (const name of ["core", ...Object.keys(PARTS)]) {
    const part = root.clone();
    part.walkRules((rule) => {
      const of = Object.entries(PARTS).find(([, words]) => words.test(rule.selector))?.[0] ?? "core";
      if (of !== name) rule.remove();
    });
    part.walkAtRules((at) => {
      if (at.nodes && !at.nodes.length) at.remove();
      if (at.name === "page") at.remove();
    });
    made[name] = `@layer theme {\n${part}\n}`;
  }
  return made;
}

/**
 * Our inks in the place of the theme's variables, which tokens.css names once; so neither comes to the reader.
 * @param {postcss.Root} root
 * @param {string} own
 */
function inked(root, own) {
  const ours = new Map([...own.matchAll(/(--md-[\w-]+): ([^;]+);/g)].map(([, name = "", value = ""]) => [name, value]));
  root.walkDecls((declaration) => {
    if (declaration.prop.startsWith("--md-")) {
      const rule = declaration.parent;
      declaration.remove();
      if (!rule?.nodes?.length) rule?.remove();
      return;
    }
    declaration.value = declaration.value.replace(/var\((--md-[\w-]+)\)/g, (all, name) => ours.get(name) ?? all);
  });
  const lost = `${root}`.match(/var\((--md-[\w-]+)/);
  if (lost) throw new Error(`${lost[1]} has no ink; name one in frontend/styles/tokens.css, or leave the rule out in frontend/theme.mjs`);
}

/**
 * Left and right become the beginning and the end of a line, so that a page in another direction, as translators make it, is not pinned.
 * @param {postcss.Root} root
 */
function directed(root) {
  root.walkRules((rule) => {
    if (!rule.selector.includes("[dir=ltr]")) return;
    rule.selectors = rule.selectors.map((one) => one.replace("[dir=ltr] ", ""));
    rule.walkDecls((declaration) => {
      declaration.prop = declaration.prop.replace(/^(margin|padding|border)-(left|right)/, (_, what, side) =>
        `${what}-inline-${side === "left" ? "start" : "end"}`);
    });
  });
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
