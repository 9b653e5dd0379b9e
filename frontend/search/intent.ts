// Keys and focus on the search field; engine and index are fetched on the first sign of intent, not before.
import { browserStore } from "../storage";
import { opens } from "./keys";
import { sayOutdated } from "./stale";

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
    const typing = at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName);
    if (!opens(event, store) || (typing && !event.ctrlKey && !event.metaKey)) return;
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
