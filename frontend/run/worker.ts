// Python in a worker, so that an endless loop can be stopped by ending the worker. Loaded on the reader's click only.

export interface Ask { root: string; source: string; drawing: string; input: string }
export type Tell =
  | { tell: "ready" }
  | { tell: "print"; text: string }
  | { tell: "done"; frames: { say: string; html: string; key: boolean }[] }
  | { tell: "error"; text: string };

const DRIVER = `
import json, sys, types
def _module(name, source):
    made = types.ModuleType(name)
    made.__file__ = name + ".py"
    sys.modules[name] = made
    import linecache
    linecache.cache[name + ".py"] = (len(source), None, source.splitlines(True), name + ".py")
    exec(compile(source, name + ".py", "exec"), made.__dict__)
    return made
def _go(source, drawing, given):
    draw = _module("frames", drawing)
    code = _module("algorithm", source)
    if not hasattr(code, "trace"):
        return "[]"
    shown = list(code.trace(json.loads(given)))
    draw.check(shown)
    return json.dumps([{"say": f["say"], "html": draw.frame(f), "key": bool(f.get("key"))} for f in shown])
`;

/** As much of Pyodide as is used here. */
interface Pyodide {
  setStdout(to: { batched(text: string): void }): void;
  setStderr(to: { batched(text: string): void }): void;
  runPython(code: string): void;
  globals: { get(name: "_go"): ((source: string, drawing: string, given: string) => string) & { destroy(): void } };
}

let python: Promise<Pyodide> | undefined;
const tell = (what: Tell) => postMessage(what);

async function load(root: string): Promise<Pyodide> {
  const { loadPyodide } = await import(`${root}run/pyodide/pyodide.mjs`);
  const loaded: Pyodide = await loadPyodide({ indexURL: `${root}run/pyodide/` });
  const print = { batched: (text: string) => tell({ tell: "print", text: `${text}\n` }) };
  loaded.setStdout(print);
  loaded.setStderr(print);
  loaded.runPython(DRIVER);
  return loaded;
}

addEventListener("message", async ({ data }: MessageEvent<Ask>) => {
  try {
    python ??= load(data.root);
    const py = await python;
    tell({ tell: "ready" });
    const go = py.globals.get("_go");
    const frames = JSON.parse(go(data.source, data.drawing, data.input));
    go.destroy();
    tell({ tell: "done", frames });
  } catch (error) {
    const text = String((error as Error).message ?? error);
    const own = text.indexOf('File "algorithm.py"');
    tell({ tell: "error", text: own < 0 ? text : `Traceback (most recent call last):\n  ${text.slice(own)}` });
  }
});
