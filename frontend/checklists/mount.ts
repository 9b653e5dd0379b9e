// Checklists remember their ticks: one key for all of them, shared between tabs.
import { make } from "../make";
import { say } from "../notice";
import { browserStore } from "../storage";
import { counted, parse, serialize, toggled, without, type Ticked } from "./state";

const KEY = "wh-checklists";
const LOST = "This browser does not keep your ticks: its storage is full or switched off. The list works all the same.";

type Early = ReadonlyMap<string, boolean>;

/** `early`: items that the reader changed before this was loaded; those of the page before are read from where it left them. */
export function checklists(elements: Iterable<HTMLElement>, early: Early): void {
  const all = new Map([...left(), ...early]);
  [...elements].forEach((element, i) => mount(element, i ? new Map() : all));
}

function left(): [string, boolean][] {
  try {
    const found: unknown = JSON.parse(sessionStorage.getItem("wh-early") ?? "[]");
    sessionStorage.removeItem("wh-early");
    const fits = (one: unknown) => Array.isArray(one) && typeof one[0] === "string" && typeof one[1] === "boolean";
    return Array.isArray(found) ? found.filter(fits) : [];
  } catch {
    return [];
  }
}

function mount(element: HTMLElement, early: Early): void {
  const store = browserStore();
  const boxes = [...element.querySelectorAll<HTMLInputElement>("input[data-item]")];
  const ids = boxes.map((box) => box.dataset.item!);
  let undo: Ticked | null = null;
  let held: Ticked | undefined; // where nothing can be stored

  const read = (): Ticked => {
    if (held) return held;
    const text = store.read(KEY);
    const { ticked, damaged } = parse(text);
    if (damaged) {
      store.write(`${KEY}-set-aside`, text!);
      store.write(KEY, serialize(ticked));
      say("Your saved ticks could not be read. They are set aside in this browser's storage, and the lists start empty.");
    }
    return ticked;
  };

  const count = make("span", { className: "wh-checklist__count", role: "status" });
  const reset = make("button", { type: "button", className: "wh-button" });
  element.append(make("div", { className: "wh-checklist__tools" }, count, reset));

  const show = (ticked: Ticked) => {
    boxes.forEach((box) => (box.checked = ticked.has(box.dataset.item!)));
    label(ticked);
  };
  const label = (ticked: Ticked) => {
    const done = counted(ticked, ids);
    count.textContent = `${done} of ${ids.length} done`;
    reset.textContent = undo ? "Undo the reset" : "Reset";
    reset.hidden = !done && !undo;
  };
  /** Changes what is stored by a step: two tabs that take turns, or a tab that was asleep, lose nothing of each other. */
  const change = (step: (before: Ticked) => Ticked) => {
    const ticked = step(read());
    held = store.write(KEY, serialize(ticked)) ? undefined : ticked;
    if (held) say(LOST);
    show(ticked);
  };

  element.addEventListener("change", ({ target }) => {
    if (!(target instanceof HTMLInputElement) || !target.dataset.item) return;
    undo = null;
    const { item } = target.dataset, { checked } = target;
    change((before) => toggled(before, item!, checked));
  });
  reset.addEventListener("click", () => change((before) => {
    const gone = undo;
    undo = gone ? null : new Set(ids.filter((id) => before.has(id)));
    return gone ? new Set([...before, ...gone]) : without(before, ids);
  }));
  addEventListener("storage", ({ key }) => {
    if (key === KEY || key === null) show(read()); // null: all was cleared
  });
  addEventListener("pageshow", ({ persisted }) => persisted && show(read()));
  if (early.size) change((ticked) => [...early].reduce((all, [id, on]) => toggled(all, id, on), ticked));
  else show(read());
}
