// "Run it here": the reader edits input or code, runs it in the browser, and sees output and frames.
import type { Ask, Tell } from "./worker";

async function text(address: URL): Promise<string> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.text();
}

/** Opens the panel; rejects where the module cannot be had. */
export async function panel(box: HTMLElement, module: string, address: string): Promise<void> {
  const root = new URL("../../", location.href);
  const [source, drawing, record] = await Promise.all([
    text(new URL(`run/${module}.py`, root)), text(new URL("run/frames.py", root)), text(new URL(`run/${module}.json`, root)),
  ]);
  const { scenarios } = JSON.parse(record) as { scenarios: { title: string; input: unknown }[] };

  const form = document.createElement("form");
  form.className = "wh-lab";
  const choice = field("select", "Scenario");
  choice.el.append(...scenarios.map((s, i) => Object.assign(document.createElement("option"), { value: String(i), textContent: s.title })));
  const input = field("textarea", "Input (JSON)");
  const code = field("textarea", "Code");
  code.el.rows = 22;
  input.el.rows = 5;
  for (const area of [input.el, code.el]) Object.assign(area, { spellcheck: false, autocapitalize: "off" });
  const refill = () => (input.el.value = JSON.stringify(scenarios[Number(choice.el.value)]?.input, null, 2).replace(/\[[^[\]{}]*\]/g, (list) => list.replace(/\s+/g, " ")));
  choice.el.addEventListener("change", refill);
  refill();
  code.el.value = source;

  const go = button("Run", () => {});
  go.type = "submit";
  const stop = button("Stop", () => end("Stopped."));
  const reset = button("Reset the code", () => (code.el.value = source));
  const state = document.createElement("p");
  state.setAttribute("role", "status");
  const output = document.createElement("pre");
  output.hidden = true;
  output.tabIndex = 0;
  output.setAttribute("role", "region");
  output.setAttribute("aria-label", "Output");
  const shown = document.createElement("div");
  const row = document.createElement("div");
  row.className = "wh-lab__row";
  row.append(go, stop, reset, state);
  form.append(choice.label, input.label, code.label, row, output, shown);
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
      worker = new Worker(new URL(address, location.href), { type: "module" });
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
    worker.postMessage({ root: root.href, source: code.el.value, drawing, input: input.el.value } satisfies Ask);
  });
}

/** The frames of the reader's own run, in the same player. Their HTML is escaped by frames.py, which drew it. */
function replay(frames: { say: string; html: string; key: boolean }[]): HTMLElement {
  const box = document.createElement("section");
  box.className = "wh-trace";
  box.setAttribute("aria-label", "Replay of your run");
  const run = document.createElement("div");
  run.className = "wh-run";
  run.id = "your-run";
  run.dataset["title"] = "Your run";
  const list = document.createElement("ol");
  list.className = "wh-frames";
  for (const [n, frame] of frames.entries()) {
    const item = document.createElement("li");
    item.id = `your-run:${n}`;
    const figure = document.createElement("figure");
    figure.innerHTML = frame.html;
    const words = document.createElement("figcaption");
    words.textContent = frame.say;
    figure.append(words);
    item.append(figure);
    list.append(item);
  }
  run.append(list);
  box.append(run);
  void import("../player/mount").then((module) => module.mount(box, false)); // not a static import: that would split the player in two
  return box;
}

function button(label: string, press: () => void): HTMLButtonElement {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "wh-button", textContent: label });
  made.addEventListener("click", press);
  return made;
}

function field<K extends "select" | "textarea">(tag: K, name: string): { label: HTMLLabelElement; el: HTMLElementTagNameMap[K] } {
  const label = document.createElement("label");
  const el = document.createElement(tag);
  label.append(name, el);
  return { label, el };
}
