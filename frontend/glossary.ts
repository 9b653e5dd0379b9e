// Lists that are folded by letter: a filter above them, and whatever an address leads to stands open.
import { fragment } from "./address";

export function letters(box: HTMLElement): void {
  const filter = box.querySelector("input")!;
  const status = box.querySelector("[role=status]")!;
  const folds = [...document.querySelectorAll<HTMLDetailsElement>(".wh-letter")];
  const entries = folds.map((fold) => [...fold.querySelectorAll<HTMLElement>("li, dt")].map((entry) => {
    const more = entry.nextElementSibling;
    const parts = entry.tagName === "DT" && more instanceof HTMLElement ? [entry, more] : [entry];
    return { parts, text: parts.map((part) => part.textContent).join(" ").toLowerCase() };
  }));
  const apply = () => {
    const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    let found = 0;
    folds.forEach((fold, i) => {
      let here = 0;
      for (const { parts, text } of entries[i]!) {
        const fits = words.every((word) => text.includes(word));
        for (const part of parts) part.hidden = !fits;
        here += Number(fits);
      }
      fold.hidden = !here;
      fold.open = words.length > 0 && here > 0;
      found += here;
    });
    status.textContent = words.length ? `${found} of ${entries.flat().length}` : "";
  };
  /** Browsers open what an address leads to, the older ones not. */
  const lead = () => {
    const target = document.getElementById(fragment(location.hash));
    const fold = target?.closest<HTMLDetailsElement>(".wh-letter");
    if (!target || !fold || fold.open) return;
    fold.open = true;
    target.scrollIntoView();
  };
  filter.addEventListener("input", apply);
  addEventListener("hashchange", lead);
  box.addEventListener("click", (event) => event.target instanceof HTMLAnchorElement && setTimeout(lead));
  if (filter.value) apply();
  lead();
}
