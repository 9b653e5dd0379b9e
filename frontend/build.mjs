// node frontend/build.mjs THEME_DIR: bundles, style sheets, fonts and diagrams into build/.
// Names carry a content hash; build/assets/manifest.json says which file is which.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import { drawAll } from "./diagrams.mjs";
import { sketchAll } from "./sketches.mjs";
import { styles } from "./styles.mjs";
import { tokens } from "./tokens.mjs";

const theme = process.argv[2] ?? "";
const out = "build/assets";
/** @type {(bytes: string | Buffer) => string} */
const hash = (bytes) => createHash("sha256").update(bytes).digest("hex").slice(0, 8);
/** @type {(path: string) => string} */
const text = (path) => readFileSync(path, "utf8").replace(/\r\n/g, "\n");

/** @type {esbuild.BuildOptions} */
const bundle = {
  bundle: true, minify: true, format: "esm", target: "es2022", outdir: out, entryNames: "[name].[hash]", chunkNames: "chunk.[hash]",
  logLevel: "warning",
};

/** Copies the fonts that macros/fonts.py has cut; returns their names by role. */
function fonts() {
  /** @type {Record<string, string>} */
  const named = {};
  for (const file of readdirSync("build/fonts").filter((f) => f.endsWith(".woff2")).sort()) {
    const role = basename(file, ".woff2");
    const bytes = readFileSync(join("build/fonts", file));
    named[role] = `${role}.${hash(bytes)}.woff2`;
    writeFileSync(join(out, named[role]), bytes);
  }
  return named;
}

/**
 * The script of every page is one file. What it loads later is bundled apart, so that a module which both use (an address, a
 * maker of elements) does not become a third file that every page has to wait for.
 */
async function scripts() {
  const features = [
    "search/mount", "finder/mount", "finder/compare", "player/mount", "run/offer", "run/mount", "offline/mount", "checklists/mount", "copy",
    "report", "unfold", "been/mount", "fold", "glossary", "problems/order", "quantities/mount", "quantities/offer", "practice/ask",
    "practice/board", "practice/defend", "practice/plan", "practice/take", "practice/kept", "rehearse/mount",
    "calibrate/mount", "reading", "rarely",
  ];
  const entryPoints = features.map((name) => ({ in: `frontend/${name}.ts`, out: `chunk-${name.replace("/", "-")}` }));
  const later = await esbuild.build({ ...bundle, entryPoints, splitting: true, metafile: true });
  const made = new Map(Object.entries(later.metafile.outputs).flatMap(([name, { entryPoint }]) =>
    entryPoint ? [/** @type {const} */ ([resolve(entryPoint), `./${basename(name)}`])] : []));
  const now = await esbuild.build({
    ...bundle, entryPoints: ["frontend/main.ts"], metafile: true,
    plugins: [{
      name: "later",
      setup({ onResolve }) {
        onResolve({ filter: /^\./ }, ({ kind, path, resolveDir }) => {
          if (kind !== "dynamic-import") return undefined;
          const chunk = made.get(resolve(resolveDir, `${path}.ts`));
          return chunk ? { path: chunk, external: true } : { errors: [{ text: `add ${path} to the features in frontend/build.mjs` }] };
        });
      },
    }],
  });
  const all = { ...later.metafile.outputs, ...now.metafile.outputs };
  const main = Object.keys(now.metafile.outputs)[0] ?? "";
  return {
    script: basename(main),
    parts: Object.fromEntries(Object.entries(all).map(([name, { inputs }]) => [basename(name), Object.keys(inputs)])),
  };
}

/** Python's worker, which a page names; and the service worker, which lies at the site's root. */
async function workers() {
  const python = await esbuild.build({ ...bundle, entryPoints: ["frontend/run/worker.ts"], metafile: true });
  const keeper = await esbuild.build({ ...bundle, entryPoints: ["frontend/offline/worker.ts"], format: "iife", write: false });
  writeFileSync("build/sw.js", keeper.outputFiles[0]?.contents ?? "");
  return basename(Object.keys(python.metafile.outputs)[0] ?? "");
}

/** What a reader's click loads of Pyodide, in megabytes as hosts send it; counted once a version. */
function pythonSize() {
  const from = "node_modules/pyodide";
  const kept = `build/pyodide-${JSON.parse(text(join(from, "package.json"))).version}.size`;
  if (!existsSync(kept)) {
    /** @type {string[]} */
    const files = JSON.parse(text("package.json")).config.pyodide.split(" ");
    const bytes = files.reduce((sum, f) => sum + gzipSync(readFileSync(join(from, f))).length, 0);
    writeFileSync(kept, (bytes / 1e6).toFixed(1));
  }
  return text(kept);
}

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
mkdirSync("build/diagrams", { recursive: true });
// First, for the styles hold the widths of the drawings. What cannot be drawn cannot be sketched either, and is said once.
const said = JSON.parse(text("build/said.json")); // what stands for each quantity of a drawing
const failed = drawAll("data/diagrams", "build/diagrams", said) || sketchAll("data/diagrams", "build/diagrams/small");
process.exitCode = failed ? 1 : 0;
writeFileSync(join(out, "mark.svg"), text("frontend/mark.svg"));
const fontNames = fonts();
const { light, dark } = tokens();
writeFileSync(join(out, "manifest.json"), JSON.stringify({
  sheets: await styles(theme, fontNames, out), fonts: fontNames,
  mark: text("frontend/mark.svg").trim(), head: text("frontend/head.js").trim(),
  ...(await scripts()), worker: await workers(), python: pythonSize(),
  ground: { light: light["paper"], dark: dark["paper"] },
}));
