// Checklists remember their ticks: one key for all of them, shared between tabs.
import { make } from "../make";
import { say } from "../notice";
import { browserStore } from "../storage";
import { counted, parse, serialize, toggled, without, type Ticked } from "./state";

const KEY = "wh-checklists";
const LOST = "This browser does not keep your ticks: its storage is full or switched off. The list works all the same.";

export function checklists(elements: Iterable<HTMLElement>): void {
  for (const element of elements) mount(element);
}

function mount(element: HTMLElement): void {
  const store = browserStore();
  const boxes = [...element.querySelectorAll<HTMLInputElement>("input[data-item]")];
  const ids = boxes.map((box) => box.dataset.item!);
  let undo: Ticked | null = null;

  const read = (): Ticked => {
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
  const save = (ticked: Ticked) => {
    if (!store.write(KEY, serialize(ticked))) say(LOST);
  };

  /** What stands in the boxes, over what other lists have stored. */
  const current = () => boxes.reduce((all, box) => toggled(all, box.dataset.item!, box.checked), read());

  element.addEventListener("change", () => {
    undo = null;
    const ticked = current();
    save(ticked);
    label(ticked);
  });
  reset.addEventListener("click", () => {
    const before = current();
    const after = undo ? new Set([...without(before, ids), ...undo]) : without(before, ids);
    undo = undo ? null : new Set(ids.filter((id) => before.has(id)));
    save(after);
    show(after);
  });
  addEventListener("storage", (event) => {
    if (event.key === KEY) show(read());
  });
  show(read());
}
