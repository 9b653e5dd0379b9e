// Style sheets by what a page shows: the first comes with every page, the others with those that hold one of their classes, so that a
// page loads what it uses and nothing flashes. Browsers of two years ago get the same inks: see plain().
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as esbuild from "esbuild";
import postcss from "postcss";
import { themeRules } from "./theme.mjs";

/** What the first page has of the sheet of every page: it is light, and whoever goes on loads the rest. */
const FIRST = ["tokens", "page", "content", "button", "facts", "footer", "header", "notice", "search"];
/** The files of each sheet. The theme's rules for tables and for code go where ours are; "paper" is for print, and comes last. */
const SHEETS = {
  core: [...FIRST, "been", "contents", "disclosure", "number"],
  first: FIRST, // in place of the one before, see overrides/main.html
  tables: ["table", "compare", "code"],
  figures: ["figure", "map", "when"],
  circle: ["circle"],
  drawings: ["drawing"],
  hour: ["bar", "home"],
  lists: ["cards", "checklist", "columns"],
  finder: ["finder", "index"],
  replay: ["replay"],
  player: ["player"], // comes with its script, see frontend/player/mount.ts
  results: ["results"], // come with the search, see frontend/search/mount.ts
  lab: ["lab"], // comes with the panel that a click opens, see frontend/run/offer.ts
  quantities: ["quantities"],
  practice: ["kept", "ask", "standing", "defend", "plan"],
  rehearse: ["rehearse"],
  calibrate: ["calibrate"],
  sheets: ["sheet", "papers"],
  paper: ["print"],
};
const ALWAYS_OR_LATER = ["core", "first", "player", "results", "lab"]; // with every page, or by a script
const STEP = 20; // px
const FOLDER = "frontend/styles";
/** The oldest browsers that get every rule, of the end of 2023: they nest rules, and know :has(), but not light-dark(). */
const TARGET = ["chrome120", "firefox121", "safari17.2"];

/** @type {(path: string) => string} */
const text = (path) => readFileSync(path, "utf8").replace(/\r\n/g, "\n");

/**
 * light-dark() written out: one list of inks for each scheme, of which paper always takes the light one.
 * @param {string} css
 */
export function plain(css) {
  const root = postcss.parse(css);
  root.walkRules((rule) => {
    /** @type {string[]} */
    const dark = [];
    rule.walkDecls((declaration) => {
      const pair = declaration.value.match(/^light-dark\((#\w+), (#\w+)\)$/);
      if (!pair) return;
      declaration.value = pair[1] ?? "";
      dark.push(`${declaration.prop}: ${pair[2]}`);
    });
    if (!dark.length) return;
    rule.after(
      `@media screen and (prefers-color-scheme: dark) { :root:not([data-scheme="light"]) { ${dark.join("; ")} } }\n` +
      `@media screen { :root[data-scheme="dark"] { ${dark.join("; ")} } }`,
    );
  });
  const left = `${root}`.match(/light-dark\(.*/);
  if (left) throw new Error(`${left[0]} is unknown to browsers of two years ago; see frontend/styles.mjs`);
  return `${root}`;
}

/** A rule for each width of a drawing, since an attribute of style would need a weaker policy; macros/pages/figures.py has the step. */
function widths() {
  const found = readdirSync("build/diagrams").filter((f) => f.endsWith(".svg"))
    .map((f) => Number(text(join("build/diagrams", f)).match(/<svg[^>]* width="(\d+)"/)?.[1] ?? 0))
    .map((width) => STEP * Math.ceil(width / STEP));
  return [...new Set(found)].sort((a, b) => a - b).map((width) => `.wh-w${width} { --width: ${width}px; }`).join("\n");
}

/**
 * The classes by which a page asks for a sheet: those that its selectors begin with.
 * @param {string} css
 */
function leading(css) {
  /** @type {Set<string>} */
  const found = new Set();
  postcss.parse(css).walkRules(({ selectors }) => selectors.forEach((one) => {
    const name = one.match(/\.([\w-]+)/)?.[1];
    if (name) found.add(name);
  }));
  return found;
}

/**
 * Writes the sheets; returns each with its file and, but for those of every page, the classes that ask for it.
 * @param {string} theme its folder
 * @param {Record<string, string>} fonts their files, by role
 * @param {string} out
 */
export async function styles(theme, fonts, out) {
  const known = Object.values(SHEETS).flat();
  const files = readdirSync(FOLDER).filter((f) => /^[a-z0-9-]+\.css$/.test(f)).map((f) => f.replace(/\.css$/, ""));
  const lost = files.find((f) => !known.includes(f));
  if (lost) throw new Error(`${FOLDER}/${lost}.css is in no sheet; name it in SHEETS in frontend/styles.mjs`);
  /** @type {Record<string, string>} */
  const own = {};
  for (const [name, parts] of Object.entries(SHEETS)) own[name] = parts.map((f) => text(join(FOLDER, `${f}.css`))).join("\n");
  const [hour, sheets] = text("build/minutes.css").split("/* sheets */"); // made of the data, by macros/hooks.py
  own["hour"] += hour;
  own["sheets"] += sheets;
  own["figures"] += widths();
  const rules = themeRules(theme, Object.values(own).join("\n"));
  for (const name of ["core", "first"]) own[name] = (own[name] ?? "").replace(/^ *--md-.*\n/gm, ""); // in the theme's rules already
  rules["first"] = rules["core"] ?? "";
  const core = leading(own["core"] ?? "");
  /** @type {{ name: string, file: string, classes: string[] }[]} */
  const made = [];
  for (const [name, ours] of Object.entries(own)) {
    const css = plain(`${rules[name] ?? ""}\n${ours}`).replace(/font:(\w+)/g, (_, role) => `./${fonts[role]}`);
    const small = (await esbuild.transform(css, { loader: "css", minify: true, target: TARGET })).code;
    const file = `${name}.${createHash("sha256").update(small).digest("hex").slice(0, 8)}.css`;
    writeFileSync(join(out, file), small);
    const asks = ALWAYS_OR_LATER.includes(name) ? [] : [...leading(css)].filter((one) => !core.has(one) && one !== "md-typeset").sort();
    made.push({ name, file, classes: asks });
  }
  return made;
}
