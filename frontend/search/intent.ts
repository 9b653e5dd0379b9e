// Keys and focus on the search field; engine and index are fetched on the first sign of intent, not before.
import { browserStore } from "../storage";
import { opens } from "./keys";
import { sayOutdated } from "./stale";

const NO_TEXT = /^(checkbox|radio|range|button|submit|reset|file|color)$/;

/** Whether a key means something to where it is pressed: signs to a field of text, letters to a list to choose from. */
const takes = (at: HTMLElement, key: string) =>
  at.isContentEditable || at.tagName === "TEXTAREA" || (at.tagName === "SELECT" && key !== "/") ||
  (at instanceof HTMLInputElement && !NO_TEXT.test(at.type));

export function searchOnIntent(forms: Iterable<HTMLFormElement>): void {
  const fields = [...forms];
  if (!fields.length) return;
  const store = browserStore();
  for (const form of fields) {
    const input = form.querySelector("input")!;
    const start = () => void import("./mount").then((module) => module.begin(form)).catch(() => {
      sayOutdated(form);
      input.addEventListener("focus", start, { once: true });
    });
    input.addEventListener("focus", start, { once: true });
    form.addEventListener("pointerenter", () => void import("./mount").then((module) => module.warm()).catch(() => {}), { once: true });
  }
  addEventListener("keydown", (event) => {
    const at = event.target as HTMLElement;
    if (!opens(event, store) || (takes(at, event.key) && !event.ctrlKey && !event.metaKey)) return;
    event.preventDefault();
    fields[0]!.querySelector("input")!.focus();
  });
  // An address with ?q= opens with its results.
  const asked = new URLSearchParams(location.search).get("q");
  if (asked && !document.querySelector("[data-finder]")) {
    const input = fields.at(-1)!.querySelector("input")!;
    input.value = asked;
    input.focus();
  }
}
