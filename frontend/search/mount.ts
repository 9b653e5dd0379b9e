// The results under the search field: a combobox with a listbox.
import { engine, type Entry, type Result, type Search } from "./engine";

const base = document.documentElement.dataset.base ?? ".";
const address = (url: string) => `${base.replace(/\/$/, "")}/${url}`;
let loading: Promise<Search> | undefined;

/** Fetches the documents and builds the index, once. */
export function warm(): Promise<Search> {
  loading ??= fetch(address("search/documents.json"))
    .then((answer) => {
      if (!answer.ok) throw new Error(`${answer.status}`);
      return answer.json() as Promise<Entry[]>;
    })
    .then(engine)
    .catch((error) => {
      loading = undefined;
      throw error;
    });
  return loading;
}

let lists = 0;

export function mount(form: HTMLFormElement): void {
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
      chosen.scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  };
  const run = async () => {
    const query = input.value.trim();
    if (!query) return open(false);
    try {
      const results = (await warm())(query);
      if (input.value.trim() !== query) return;
      list.replaceChildren(...results.map((r, i) => option(r, `${id}-${i}`, query)));
      says.textContent = results.length
        ? `${results.length} ${results.length === 1 ? "result" : "results"}`
        : "Nothing found. Try a symptom, such as “charged twice”, or browse the catalogue.";
      open(true);
      select(results.length ? 0 : -1);
    } catch {
      says.textContent = "The search could not be loaded. The catalogue lists every pattern.";
      list.replaceChildren();
      open(true);
    }
  };

  input.addEventListener("input", run);
  input.addEventListener("focus", run);
  input.addEventListener("keydown", (event) => {
    const n = options().length;
    if (event.key === "ArrowDown" && n) select((at + 1) % n);
    else if (event.key === "ArrowUp" && n) select((at - 1 + n) % n);
    else if (event.key === "Escape") {
      if (box.hidden) input.value = "";
      open(false);
    } else if (event.key === "Enter" && options()[at]) location.href = options()[at].href;
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

function option(result: Result, id: string, query: string): HTMLAnchorElement {
  const link = document.createElement("a");
  link.id = id;
  link.setAttribute("role", "option");
  link.setAttribute("aria-selected", "false");
  link.tabIndex = -1;
  link.href = address(result.url);
  const name = document.createElement("b");
  name.append(...marked(result.title, result.terms));
  link.append(name);
  if (result.mark) {
    const mark = document.createElement("span");
    mark.className = `wh-card__mark wh-${result.accent}`;
    mark.textContent = result.mark;
    link.append(mark);
  }
  const line = document.createElement("span");
  line.className = "wh-results__line";
  line.append(...marked(best(result, query), result.terms));
  link.append(line);
  return link;
}

/** The line that says why: a name, a symptom, the summary, or the text around the first match. */
function best(result: Result, query: string): string {
  const hits = (text: string) => result.terms.filter((t) => text.toLowerCase().includes(t)).length;
  const alias = result.names.find((n) => hits(n) && !hits(result.title));
  if (alias) return `Also called: ${alias}`;
  const symptom = [...result.searches].sort((a, b) => hits(b) - hits(a))[0];
  if (symptom && hits(symptom) > hits(result.title + result.summary)) return `Symptom: ${symptom}`;
  if (result.summary) return result.summary;
  const place = result.text.toLowerCase().indexOf(result.terms[0] ?? query.toLowerCase());
  return result.text.slice(Math.max(0, place - 50), place + 120);
}

/** Text with the matching words in <mark>; never parsed as markup. */
function marked(text: string, terms: readonly string[]): (Node | string)[] {
  const words = terms.filter((t) => t.length > 1).map((t) => t.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  if (!words.length) return [text];
  return text.split(new RegExp(`(${words.join("|")})`, "gi")).map((part, i) => {
    if (i % 2 === 0) return part;
    const mark = document.createElement("mark");
    mark.textContent = part;
    return mark;
  });
}
