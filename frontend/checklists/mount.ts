// Checklists remember their ticks: one key for all of them, shared between tabs.
import { make } from "../make";
import { say } from "../notice";
import { browserStore } from "../storage";
import { counted, parse, serialize, toggled, without, type Ticked } from "./state";

const KEY = "wh-checklists";
const LOST = "This browser does not keep your ticks: its storage is full or switched off. The list works all the same.";

/** `early`: boxes that the reader changed before this was loaded. */
export function checklists(elements: Iterable<HTMLElement>, early: ReadonlySet<EventTarget | null>): void {
  for (const element of elements) mount(element, early);
}

function mount(element: HTMLElement, early: ReadonlySet<EventTarget | null>): void {
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
  const before = boxes.filter((box) => early.has(box)).map((box) => [box.dataset.item!, box.checked] as const);
  if (before.length) change((ticked) => before.reduce((all, [id, on]) => toggled(all, id, on), ticked));
  else show(read());
}
