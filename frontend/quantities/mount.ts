// Sliders for a problem's assumptions; every number, decision and drawing of the page follows, and the address holds the variant.
import { readdress } from "../address";
import { make } from "../make";
import { painted } from "../painted";
import {
  assumed, atStep, decimalOf, flips, parse, said, serialize, settled, step, STEPS, sways, typed, values, working, type Model, type Moved,
} from "./state.ts";
import { say } from "./say.ts";

/** Leaves alone what says so already: what is written again is laid out again. */
const put = (element: Element, words: string) => element.textContent === words || (element.textContent = words);

export async function mount(root: HTMLElement, open: boolean): Promise<void> {
  const answer = await fetch("quantities.json");
  if (!answer.ok) throw new Error(answer.url);
  const model = (await answer.json()) as Model;
  const ids = assumed(model);
  let moved: Moved = parse(location.search, model);

  const shown = document.querySelectorAll<HTMLElement>(`[data-q^="${model.of}."]`);
  const reset = make("button", { type: "button", className: "wh-button" }, "Back to the stated values");
  const status = make("p", { className: "wh-vary__status", role: "status" });
  const decisions = make("ul", { className: "wh-vary__decisions" });
  const bars = make("ol", { className: "wh-vary__bars" });
  const result = make("select", {}, ...Object.keys(model.q).filter((id) => !model.q[id]!.v)
    .map((id) => make("option", { value: id }, model.q[id]!.m)));

  const rows = ids.map((id) => {
    const q = model.q[id]!;
    const slider = make("input", { type: "range", min: "0", max: String(STEPS), "aria-label": q.m });
    const field = make("input", { type: "text", inputMode: "decimal", "aria-label": `${q.m}, typed` });
    slider.addEventListener("input", () => change(id, atStep(q, slider.valueAsNumber)));
    field.addEventListener("change", () => change(id, typed(q, field.value) ?? moved[id] ?? decimalOf(q.v!)));
    const row = make("li", {}, make("span", {}, q.m), slider, field, make("span", { className: "wh-vary__unit" }, q.u[1]));
    return { id, q, row, slider, field };
  });

  const panel = make("section", { className: "wh-vary", "aria-label": "Change the assumptions" },
    make("ul", { className: "wh-vary__rows" }, ...rows.map(({ row }) => row)), reset, status,
    make("h3", {}, "What each decision does"), decisions,
    make("h3", {}, "Which assumption moves a result most"),
    make("label", {}, "Result ", result), bars);

  let latest = 0;
  /** The slider moves at once, the page follows in slices; what a next step supersedes is not worked out. */
  async function follow(): Promise<void> {
    const turn = ++latest;
    await painted();
    if (turn !== latest) return;
    readdress(location.pathname + serialize(moved, model) + location.hash);
    void show();
  }
  function change(id: string, text: string): void {
    moved = { ...moved, [id]: text };
    void follow();
  }

  async function show(): Promise<void> {
    const turn = ++latest;
    const value = values(model, moved);
    for (const element of shown) {
      const id = element.dataset["q"]!.split(".")[1]!;
      put(element, said(model, value, id, "bare" in element.dataset));
      if (element.title) element.title = working(model, value, id);
    }
    for (const { id, q, slider, field } of rows) {
      const now = moved[id] ?? decimalOf(q.v!);
      slider.value = String(step(q, now));
      slider.setAttribute("aria-valuetext", said(model, value, id));
      field.value = now;
    }
    const settledOf = Object.keys(model.d).map((id) => {
      const { takes: text, leaves, left, right } = settled(model, value, id);
      const told = (quoting: string) =>
        quoting.replace(/\{(\w+)(:number)?\}/g, (_, name: string, bare?: string) => said(model, value, name, !!bare));
      const takes = told(text), compared = `${left} against ${right}`;
      for (const [name, words] of Object.entries({ decision: takes, otherwise: told(leaves), compared })) {
        for (const element of document.querySelectorAll(`[data-${name}="${id}"]`)) put(element, words);
      }
      return { id, takes, compared };
    });
    const changed = ids.filter((id) => moved[id] && moved[id] !== decimalOf(model.q[id]!.v!));
    document.documentElement.toggleAttribute("data-variant", changed.length > 0);
    const now = (id: string) =>
      `${model.q[id]!.m} ${said(model, value, id)} instead of ${say(run(id, model.q[id]!.v!), model.q[id]!)}`;
    status.textContent = changed.length
      ? `A variant: ${changed.map(now).join("; ")}. The address holds it.`
      : "These are the stated values.";
    reset.disabled = !changed.length;
    const all: HTMLElement[] = [];
    for (const { id, takes, compared } of settledOf) {
      await painted();
      if (turn !== latest) return;
      const [flip] = flips(model, moved, id);
      const at = flip && say(run(flip.id, flip.to), { ...model.q[flip.id]!, n: 3 });
      const where = flip
        ? `It flips where ${model.q[flip.id]!.m} pass ${at}; you are at ${said(model, value, flip.id)}.`
        : "Nothing here flips it.";
      all.push(make("li", {}, make("strong", {}, takes), `: ${compared}. ${where}`));
    }
    decisions.replaceChildren(...all);
    await painted();
    if (turn !== latest) return;
    const found = sways(model, moved, result.value);
    bars.replaceChildren(...found.slice(0, 8).map(({ id, from, to, wide }) => make("li", {},
      `${model.q[id]!.m}: ${from} to ${to}`,
      make("progress", { max: 1, value: wide / (found[0]!.wide || 1), "aria-label": model.q[id]!.m }))));
  }
  const run = (id: string, text: string) => values(model, { [id]: text })(id);

  reset.addEventListener("click", () => {
    moved = {};
    void follow();
  });
  result.addEventListener("change", () => void follow());
  root.append(panel);
  void show();
  if (open) rows[0]?.slider.focus();
}
