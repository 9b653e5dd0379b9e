// What a quick reader presses or chooses before the feature it belongs to is there is not lost: it is done once the feature is.
type Control = HTMLInputElement | HTMLSelectElement;

/** Listens in the boxes of a feature, until the function returned is called: that does what was heard, each control's last word. */
export function early(boxes: Iterable<HTMLElement>): () => void {
  const heard = new Map<Element, () => void>();
  const within = [...boxes];
  const hear = ({ type, target }: Event) => {
    const at = target as Element;
    if (!within.some((box) => box.contains(at))) return;
    const button = type === "click" && at.closest("button");
    if (button) heard.set(button, () => button.click());
    if (type !== "click" && at.matches("input, select")) heard.set(at, choose(at as Control));
  };
  for (const type of ["click", "input", "change"]) addEventListener(type, hear);
  return () => {
    for (const type of ["click", "input", "change"]) removeEventListener(type, hear);
    for (const act of heard.values()) act();
  };
}

/** Chooses again what stands in a control now, whatever stands there by then. */
function choose(control: Control): () => void {
  const { value } = control;
  const checked = control instanceof HTMLInputElement && control.checked;
  return () => {
    if (control instanceof HTMLInputElement && control.type !== "search" && control.type !== "text") control.checked = checked;
    else control.value = value;
    for (const type of ["input", "change"]) control.dispatchEvent(new Event(type, { bubbles: true }));
  };
}
