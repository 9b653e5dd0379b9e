// Single keys, which open the search and serve in practice: handy, and in the way of those who speak to their computer (WCAG 2.1.4),
// so they can be off.
import type { Store } from "../storage";

const KEY = "wh-single-keys";
const KEYS = ["/", "s", "f"];

export const areOn = (store: Store): boolean => store.read(KEY) !== "off";
export const turn = (store: Store, on: boolean): void => void store.write(KEY, on ? "on" : "off");

/** Whether a key that was pressed outside a field goes to the search. */
export const opens = (event: KeyboardEvent, store: Store): boolean => {
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
  return (plain && KEYS.includes(event.key) && areOn(store)) || ((event.ctrlKey || event.metaKey) && event.key === "k");
};
