// The results under the search field: a combobox with a listbox, patterns first, then places in the guide.
import type { Store } from "../storage";
import type { Engine, Result } from "./engine.ts";
import { address, warm } from "./load";
import { recent, remember } from "./recent";
import { group, marked, option, row } from "./rows";

export { warm };

const TRY = ["charged twice", "one slow service takes down everything", "feed misses posts", "cold cache after deploy"];
const SHOWN = 10; // results
let lists = 0;

/** The store is handed in: a shared import would load with every page. */
export function mount(form: HTMLFormElement, store: Store): void {
  const input = form.querySelector("input")!;
  const box = document.createElement("div");
  const list = document.createElement("div");
  const says = document.createElement("p");
  const id = `results-${++lists}`;
  box.className = "wh-results";
  box.hidden = true;
  list.id = id;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Results");
  says.setAttribute("role", "status");
  box.append(says, list);
  form.append(box);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-expanded": "false", "aria-controls": id, "aria-autocomplete": "list", "aria-haspopup": "listbox",
  })) input.setAttribute(name, value);
  let at = -1;

  const options = () => [...list.querySelectorAll<HTMLAnchorElement>("[role=option]")];
  const open = (on: boolean) => {
    box.hidden = !on;
    input.setAttribute("aria-expanded", String(on));
    if (!on) select(-1);
  };
  const select = (next: number) => {
    at = next;
    options().forEach((o, i) => o.setAttribute("aria-selected", String(i === at)));
    const chosen = options()[at];
    if (chosen) {
      input.setAttribute("aria-activedescendant", chosen.id);
      if (at) chosen.scrollIntoView({ block: "nearest" });
      else box.scrollTop = 0;
    } else input.removeAttribute("aria-activedescendant");
  };
  const show = (status: (Node | string)[], groups: HTMLElement[], first: number) => {
    says.replaceChildren(...status);
    list.replaceChildren(...groups);
    open(true);
    select(first);
  };

  /** Before anything is typed: the last searches, and symptoms to try. */
  const invite = () => {
    const last = recent(store);
    const ask = (text: string, i: number) => {
      const link = option(`${id}-ask-${i}`, `${address("patterns/")}?q=${encodeURIComponent(text)}`);
      link.textContent = text;
      link.addEventListener("click", (event) => {
        event.preventDefault();
        input.value = text;
        input.focus();
        void run();
      });
      return link;
    };
    const groups = last.length ? [group("Searched before", last.map(ask))] : [];
    show(["A name, half a name, or what hurts."], [...groups, group("Try a symptom", TRY.map((t, i) => ask(t, i + last.length)))], -1);
  };

  const run = async () => {
    const query = input.value.trim();
    if (!query) return document.activeElement === input ? invite() : open(false);
    let engine: Engine;
    try {
      engine = await warm();
    } catch {
      return show(["The search could not be loaded. ", anchor("The list from A to Z", address("patterns/a-z/")), " has every name."], [], -1);
    }
    if (input.value.trim() !== query) return;
    const answer = engine.search(query, SHOWN);
    const rows = (results: Result[], from: number) => results.map((r, i) => row(r, `${id}-${from + i}`));
    if (answer.nearest) {
      const propose = `${document.documentElement.dataset.repo}/issues/new?template=new-pattern.yml&name=${encodeURIComponent(query)}`;
      const nothing = ["Nothing found. ", anchor("Propose a pattern", propose), "."];
      return show(nothing, answer.results.length ? [group("Nearest names", rows(answer.results, 0))] : [], -1);
    }
    const n = answer.results.length;
    const status: (Node | string)[] = [`${n} ${n === 1 ? "result" : "results"}`];
    if (answer.meant) status.push(". Did you mean: ", ...marked(answer.meant, []), "?");
    let from = 0;
    const groups = grouped(answer.results, engine.groups).map(([heading, found]) => {
      from += found.length;
      return group(heading, rows(found, from - found.length));
    });
    show(status, groups, 0);
  };

  input.addEventListener("input", run);
  input.addEventListener("focus", run);
  input.addEventListener("click", () => box.hidden && void run());
  list.addEventListener("click", () => remember(store, input.value));
  form.addEventListener("submit", () => remember(store, input.value));
  input.addEventListener("keydown", (event) => {
    const n = options().length;
    if (event.key === "ArrowDown" && n) select((at + 1) % n);
    else if (event.key === "ArrowUp" && n) select((at - 1 + n) % n);
    else if (event.key === "Escape") {
      if (box.hidden) input.value = "";
      open(false);
    } else if (event.key === "Enter" && options()[at]) options()[at].click();
    else return;
    event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    if (!form.contains(event.target as Node)) open(false);
  });
  form.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !form.contains(event.relatedTarget as Node)) open(false);
  });
  void run();
}

/** Results below the headings of their kinds; the best by itself, where it would not stand first. */
function grouped(results: Result[], headings: readonly string[]): [string, Result[]][] {
  const best = results[0].kind.group === headings[0] ? [] : [results[0]];
  const rest = results.filter((result) => !best.includes(result));
  const all = headings.map((heading): [string, Result[]] => [heading, rest.filter(({ kind }) => kind.group === heading)]);
  return ([["Best match", best], ...all] as [string, Result[]][]).filter(([, found]) => found.length);
}

function anchor(text: string, href: string): HTMLAnchorElement {
  const link = document.createElement("a");
  link.href = href;
  link.textContent = text;
  return link;
}
