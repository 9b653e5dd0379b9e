// What a quick reader presses or chooses before the feature it belongs to is there is not lost: it is done once the feature is.
const TYPES = ["click", "input", "change"];

/** Listens in the boxes of a feature, until the function returned is called: that does what was heard, each control's last word. */
export function early(boxes: Iterable<HTMLElement>): () => void {
  const heard = new Map<Element, () => void>();
  const hear = ({ type, target }: Event) => {
    const at = target as HTMLInputElement;
    if (![...boxes].some((box) => box.contains(at))) return;
    const button = at.closest("button");
    if (type !== "click") heard.set(at, choose(at));
    else if (button) heard.set(button, () => button.click());
  };
  for (const type of TYPES) addEventListener(type, hear);
  return () => {
    for (const type of TYPES) removeEventListener(type, hear);
    for (const act of heard.values()) act();
  };
}

/** Chooses again what stands in a control now, whatever stands there by then. */
function choose(control: HTMLInputElement): () => void {
  const { value, checked } = control;
  return () => {
    Object.assign(control, { value, checked });
    for (const type of TYPES.slice(1)) control.dispatchEvent(new Event(type, { bubbles: true }));
  };
}
