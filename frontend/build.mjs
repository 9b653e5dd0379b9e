// node frontend/build.mjs THEME_DIR: bundles, style sheet, fonts and diagrams into build/.
// Names carry a content hash; build/assets/manifest.json says which file is which.
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import postcss from "postcss";
import { drawAll } from "./diagrams.mjs";
import { sketchAll } from "./sketches.mjs";

const theme = process.argv[2];
const out = "build/assets";
const hash = (bytes) => createHash("sha256").update(bytes).digest("hex").slice(0, 8);

/** The theme's rules for Markdown content, without its shell, which is ours. */
export function contentRules(css) {
  const root = postcss.parse(css);
  root.walkRules((rule) => {
    if (rule.parent.type === "atrule" && /keyframes/.test(rule.parent.name)) return;
    const kept = rule.selectors.filter(
      (s) => /\.md-typeset|\.highlight|^:root|^html|^body|^\*|^(a|hr|small|sub|sup|img|table|td|th|button|input)\b/.test(s) &&
        !/task-list|\.tabbed|md-annotation|md-code__|md-clipboard|md-tooltip|gslide|glightbox|arithmatex|mermaid|grid|emojione|twemoji|gemoji|critic|keys|lg-|\[dir=rtl\]|\[data-md-color/.test(s),
    );
    if (kept.length) rule.selectors = kept;
    else rule.remove();
  });
  root.walkAtRules((at) => {
    if (at.name === "media" && !at.nodes?.length) at.remove();
    if (at.name === "charset") at.remove();
  });
  return root.toString();
}

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

const fonts = {};
for (const [key, path] of Object.entries({
  text: "@fontsource-variable/figtree/files/figtree-latin-wght-normal.woff2",
  head: "@fontsource/bricolage-grotesque/files/bricolage-grotesque-latin-700-normal.woff2",
  mono: "@fontsource/atkinson-hyperlegible-mono/files/atkinson-hyperlegible-mono-latin-400-normal.woff2",
})) {
  const bytes = readFileSync(join("node_modules", path));
  fonts[key] = `${key}.${hash(bytes)}.woff2`;
  writeFileSync(join(out, fonts[key]), bytes);
}

const sheets = join(theme, "assets/stylesheets");
const main = readdirSync(sheets).find((f) => /^main\..*\.css$/.test(f));
const own = readdirSync("frontend/styles").filter((f) => f.endsWith(".css")).sort();
const css = [
  contentRules(readFileSync(join(sheets, main), "utf8")),
  ...own.map((f) => readFileSync(join("frontend/styles", f), "utf8")),
].join("\n").replace(/font:(text|head|mono)/g, (_, key) => `./${fonts[key]}`);
const small = (await esbuild.transform(css, { loader: "css", minify: true, target: "es2022" })).code;
const style = `style.${hash(small)}.css`;
writeFileSync(join(out, style), small);

const bundled = await esbuild.build({
  entryPoints: ["frontend/main.ts"], bundle: true, minify: true, splitting: true, format: "esm",
  target: "es2022", outdir: out, entryNames: "[name].[hash]", chunkNames: "chunk.[hash]", metafile: true, logLevel: "warning",
});
const script = basename(Object.keys(bundled.metafile.outputs).find((f) => bundled.metafile.outputs[f].entryPoint));

const worker = await esbuild.build({
  entryPoints: ["frontend/run/worker.ts"], bundle: true, minify: true, format: "esm", target: "es2022", outdir: out,
  entryNames: "[name].[hash]", metafile: true, logLevel: "warning",
});

const keeper = await esbuild.build({ entryPoints: ["frontend/offline/worker.ts"], bundle: true, minify: true, format: "iife", target: "es2022", write: false, logLevel: "warning" });
writeFileSync("build/sw.js", keeper.outputFiles[0].contents);

/** What a reader's click loads, in megabytes as hosts send it; counted once a version of Pyodide. */
function pythonSize() {
  const from = "node_modules/pyodide";
  const kept = `build/pyodide-${JSON.parse(readFileSync(join(from, "package.json"), "utf8")).version}.size`;
  if (!existsSync(kept)) {
    const bytes = ["pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json"]
      .reduce((sum, f) => sum + gzipSync(readFileSync(join(from, f))).length, 0);
    writeFileSync(kept, (bytes / 1e6).toFixed(1));
  }
  return readFileSync(kept, "utf8");
}

cpSync("frontend/mark.svg", join(out, "mark.svg"));
const head = readFileSync("frontend/head.js", "utf8").trim();
const mark = readFileSync("frontend/mark.svg", "utf8").trim();
writeFileSync(join(out, "manifest.json"), JSON.stringify({
  style, mark, script, fonts, head, worker: basename(Object.keys(worker.metafile.outputs)[0]), python: pythonSize(),
  parts: Object.fromEntries(Object.entries(bundled.metafile.outputs).map(([name, made]) => [basename(name), Object.keys(made.inputs)])),
}));
if (!existsSync("build/diagrams")) mkdirSync("build/diagrams", { recursive: true });
process.exitCode = drawAll("data/diagrams", "build/diagrams") ? 1 : 0;
sketchAll("data/diagrams", "build/diagrams/small");
