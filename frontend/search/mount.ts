// The results under the search field: a combobox with a listbox, patterns first, then places in the guide.
import { address } from "../address";
import { make } from "../make";
import { browserStore } from "../storage";
import type { Engine, Result } from "./engine.ts";
import { warm } from "./load";
import { recent, remember } from "./recent";
import { group, option, row } from "./rows";

export { warm };

const TRY = ["charged twice", "one slow service takes down everything", "feed misses posts", "cold cache after deploy"];
const SHOWN = 10; // results
const store = browserStore();
let lists = 0;

export function mount(form: HTMLFormElement): void {
  const input = form.querySelector("input")!;
  const id = `results-${++lists}`;
  const list = make("div", { id, role: "listbox", "aria-label": "Results" });
  const says = make("p", { role: "status" });
  const box = make("div", { className: "wh-results", hidden: true }, says, list);
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
    if (!chosen) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", chosen.id);
    if (at) chosen.scrollIntoView({ block: "nearest" });
    else box.scrollTop = 0;
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
      const link = option(`${id}-ask-${i}`, address(`patterns/?q=${encodeURIComponent(text)}`), text);
      link.addEventListener("click", (event) => {
        event.preventDefault();
        input.value = text;
        input.focus();
        void run();
      });
      return link;
    };
    const groups = last.length ? [group("Searched before", last.map(ask))] : [];
    const symptoms = group("Try a symptom", TRY.map((text, i) => ask(text, i + last.length)));
    show(["A name, half a name, or what hurts."], [...groups, symptoms], -1);
  };

  const run = async () => {
    const query = input.value.trim();
    if (!query) return document.activeElement === input ? invite() : open(false);
    let engine: Engine;
    try {
      engine = await warm();
    } catch {
      const names = make("a", { href: address("patterns/a-z/") }, "The list from A to Z");
      return show(["The search could not be loaded. ", names, " has every name."], [], -1);
    }
    if (input.value.trim() !== query) return;
    const { results, meant, nearest } = engine.search(query, SHOWN);
    if (!results.length && !nearest) return invite(); // marks, but no word yet
    const rows = (found: readonly Result[], from: number) => found.map((result, i) => row(result, `${id}-${from + i}`));
    if (nearest) {
      const propose = make("a", { href: proposal(query) }, "Propose a pattern");
      return show(["Nothing found. ", propose, "."], results.length ? [group("Nearest names", rows(results, 0))] : [], -1);
    }
    let from = 0;
    const groups = grouped(results, engine.groups).map(([heading, found]) => {
      from += found.length;
      return group(heading, rows(found, from - found.length));
    });
    const count = `${results.length} ${results.length === 1 ? "result" : "results"}`;
    show([meant ? `${count}. Did you mean: ${meant}?` : count], groups, 0);
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

const proposal = (name: string) =>
  `${document.documentElement.dataset["repo"]}/issues/new?template=new-pattern.yml&name=${encodeURIComponent(name)}`;

/** Results below the headings of their kinds; the best by itself, where it would not stand first. */
function grouped(results: readonly Result[], headings: readonly string[]): [string, Result[]][] {
  const best = results[0].kind.group === headings[0] ? [] : [results[0]];
  const rest = results.filter((result) => !best.includes(result));
  const all = headings.map((heading): [string, Result[]] => [heading, rest.filter(({ kind }) => kind.group === heading)]);
  const every: [string, Result[]][] = [["Best match", best], ...all];
  return every.filter(([, found]) => found.length);
}
