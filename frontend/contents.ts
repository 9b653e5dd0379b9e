// Marks what is being read in the contents at the side and in the slim bar, which says it too.
import { fragment } from "./address";

const BELOW = 48; // px below where a link in the contents brings a heading to
const root = document.documentElement;

/** `lists`: the page's contents, which are the same wherever they stand; `beside`: the list of the pages at the left. */
export function contents(lists: Iterable<HTMLElement>, beside: HTMLElement | null): void {
  const all = [...lists].map((list) => [...list.querySelectorAll<HTMLAnchorElement>("a[href^='#']")]);
  const here = document.querySelector<HTMLElement>(".wh-toc__here");
  const name = document.querySelector<HTMLElement>(".wh-toc__page");
  const asked = name?.textContent ?? "";
  const sections = all[0]?.map((a) => document.getElementById(fragment(a.hash))) ?? [];
  let last: number | undefined;
  const mark = () => {
    const top = parseFloat(getComputedStyle(root).scrollPaddingTop) + BELOW;
    const line = scrollY + innerHeight < root.scrollHeight - 1 ? top : innerHeight; // at the end the last, which cannot come up
    const passed = sections.findLastIndex((s) => s && s.getBoundingClientRect().top < line);
    if (passed === last) return;
    last = passed;
    for (const links of all) {
      for (const now of links[0]?.closest(".wh-toc")?.querySelectorAll("[data-now]") ?? []) now.removeAttribute("data-now");
      links.forEach((a, i) => (i === passed ? a.setAttribute("aria-current", "location") : a.removeAttribute("aria-current")));
      let at: HTMLElement | null | undefined = links[passed]?.closest("li");
      for (; at; at = at.parentElement?.closest("li")) at.dataset["now"] = "";
    }
    if (here) here.textContent = all[0]?.[passed]?.textContent ?? "";
    if (name) name.textContent = passed < 0 ? asked : (document.querySelector("h1")?.textContent ?? asked);
  };
  let waiting = false;
  if (sections.length) {
    addEventListener("scroll", () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        mark();
      });
    }, { passive: true });
    mark();
  }
  const own = beside?.querySelector("[aria-current]");
  if (!beside || !own) return;
  const [box, line] = [beside, own].map((one) => one.getBoundingClientRect()) as [DOMRect, DOMRect];
  if (line.bottom > box.bottom - line.height) beside.scrollTop = line.top - box.top - box.height / 2;
}
