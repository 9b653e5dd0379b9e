// Marks the section that is being read in the table of contents.
import { fragment } from "./address";

export function contents(nav: HTMLElement | null): void {
  const links = [...(nav?.querySelectorAll<HTMLAnchorElement>("a[href^='#']") ?? [])];
  const sections = links.map((a) => document.getElementById(fragment(a.hash)));
  if (!links.length) return;
  const mark = () => {
    const passed = sections.findLastIndex((s) => s && s.getBoundingClientRect().top < innerHeight / 3);
    links.forEach((a, i) => (i === passed ? a.setAttribute("aria-current", "location") : a.removeAttribute("aria-current")));
  };
  let waiting = false;
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
