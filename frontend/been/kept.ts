// The reader's marks in this browser: one key for all patterns, shared between tabs.
import { say } from "../notice";
import { browserStore } from "../storage";
import { parse, serialize, type Marks } from "./state";

export const KEY = "wh-read";
const LOST = "This browser does not keep what you mark: its storage is full or switched off.";
let held: Marks | undefined; // where nothing can be stored

export function kept(): Marks {
  if (held) return held;
  const store = browserStore();
  const text = store.read(KEY);
  const { marks, damaged } = parse(text);
  if (damaged) {
    store.write(`${KEY}-set-aside`, text!);
    store.write(KEY, serialize(marks));
    say("What you marked as read could not be read back. It is set aside in this browser's storage, and you start anew.");
  }
  return marks;
}

/** Changes what is stored by a step, so that two tabs lose nothing of each other. */
export function keep(step: (before: Marks) => Marks): Marks {
  const marks = step(kept());
  held = browserStore().write(KEY, serialize(marks)) ? undefined : marks;
  if (held) say(LOST);
  return marks;
}
