// "Run it here": the reader edits input or code, runs it in the browser, and sees output and frames.
import { address } from "../address";
import { make } from "../make";
import { sheet } from "../sheet";
import { drawn } from "./drawn";
import type { Ask, Tell } from "./worker";

async function text(place: string): Promise<string> {
  const answer = await fetch(address(place));
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.text();
}

/** Opens the panel; rejects where the module cannot be had. */
export async function panel(box: HTMLElement, module: string, script: string, style: string): Promise<void> {
  const places = [`run/${module}.py`, "run/frames.py", `run/${module}.json`];
  const asked = [...places.map(text), sheet(style)];
  const [source, drawing, record] = (await Promise.all(asked)) as [string, string, string];
  const { scenarios } = JSON.parse(record) as { scenarios: { title: string; input: unknown }[] };

  const choice = field("select", "Scenario");
  choice.el.append(...scenarios.map(({ title }, i) => make("option", { value: String(i) }, title)));
  const input = field("textarea", "Input (JSON)");
  const code = field("textarea", "Code");
  code.el.rows = 22;
  input.el.rows = 5;
  for (const area of [input.el, code.el]) Object.assign(area, { spellcheck: false, autocapitalize: "off" });
  const refill = () => (input.el.value = laidOut(scenarios[Number(choice.el.value)]?.input));
  choice.el.addEventListener("change", refill);
  refill();
  code.el.value = source;

  const go = button("Run", () => {});
  go.type = "submit";
  const stop = button("Stop", () => end("Stopped."));
  const reset = button("Reset the code", () => (code.el.value = source));
  const state = make("p", { role: "status" });
  const output = make("pre", { hidden: true, tabIndex: 0, role: "region", "aria-label": "Output" });
  const shown = make("div");
  const row = make("div", { className: "wh-lab__row" }, go, stop, reset, state);
  const form = make("form", { className: "wh-lab" }, choice.label, input.label, code.label, row, output, shown);
  box.append(form);
  stop.disabled = true;
  code.el.focus({ preventScroll: true });

  let worker: Worker | undefined;
  const print = (line: string) => {
    output.hidden = false;
    if (output.textContent!.length < 20000) output.append(line);
  };
  const end = (why: string) => {
    worker?.terminate();
    worker = undefined;
    idle(why);
  };
  const idle = (why: string) => {
    state.textContent = why;
    stop.disabled = true;
    go.disabled = false;
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    output.textContent = "";
    output.hidden = true;
    shown.replaceChildren();
    try {
      JSON.parse(input.el.value);
    } catch (error) {
      print(`The input is not JSON: ${(error as Error).message}`);
      return idle("Not run.");
    }
    go.disabled = true;
    stop.disabled = false;
    state.textContent = worker ? "Running." : "Loading Python.";
    if (!worker) {
      worker = new Worker(address(`assets/${script}`), { type: "module" });
      worker.addEventListener("error", (e) => end(`Python could not be loaded: ${e.message || "no answer"}.`));
      worker.addEventListener("message", ({ data }: MessageEvent<Tell>) => {
        if (data.tell === "ready") state.textContent = "Running.";
        if (data.tell === "print") print(data.text);
        if (data.tell === "error") {
          print(data.text);
          idle("Ended with an error.");
        }
        if (data.tell === "done") {
          idle(data.frames.length ? `Done: ${data.frames.length} frames.` : "Done.");
          if (data.frames.length) shown.replaceChildren(replay(data.frames));
        }
      });
    }
    const ask: Ask = { root: new URL(address(), location.href).href, source: code.el.value, drawing, input: input.el.value };
    worker.postMessage(ask);
  });
}

/** The frames of the reader's own run, in the same player. */
function replay(frames: { say: string; html: string; key: boolean }[]): HTMLElement {
  const items = frames.map(({ say, html }, n) => {
    const figure = make("figure", {}, drawn(html), make("figcaption", {}, say));
    return make("li", { id: `your-run:${n}`, className: figure.querySelector(".wt-n, .wt-m, .wt-x") ? "wt-wide" : "" }, figure);
  });
  const run = make("div", { className: "wh-run", id: "your-run" }, make("ol", { className: "wh-frames" }, ...items));
  run.dataset["title"] = "Your run";
  const box = make("section", { className: "wh-trace", "aria-label": "Replay of your run" }, run);
  void import("../player/mount").then((module) => module.mount(box, false)); // loaded already, where the page has a replay
  return box;
}

function button(label: string, press: () => void): HTMLButtonElement {
  const made = make("button", { type: "button", className: "wh-button" }, label);
  made.addEventListener("click", press);
  return made;
}

interface Field<K extends "select" | "textarea"> { label: HTMLLabelElement; el: HTMLElementTagNameMap[K] }

function field<K extends "select" | "textarea">(tag: K, name: string): Field<K> {
  const el = make(tag);
  return { label: make("label", {}, name, el), el };
}

/** JSON as a person would write it: a list of plain values on one line. */
const laidOut = (value: unknown) =>
  JSON.stringify(value, null, 2).replace(/\[[^[\]{}]*\]/g, (list) => list.replace(/\s+/g, " "));
