// Marks a pattern as read or to read, and shows it wherever a list leads to the pattern.
import { address } from "../address";
import { make } from "../make";
import { KEY, keep, kept } from "./kept";
import { isMark, pressed, type Marks } from "./state";

const LISTS = ".wh-index, .wh-cards, .wh-more, .wh-found, .wh-found__table, .wh-az, .wh-next";
const SAID = { read: ", read", "to-read": ", to read" };

export function been(): void {
  const controls = [...document.querySelectorAll<HTMLElement>(".wh-been")];
  const show = (marks: Marks) => {
    for (const control of controls) {
      for (const button of control.querySelectorAll("button")) {
        button.setAttribute("aria-pressed", String(marks.get(control.dataset["been"]!) === button.value));
      }
    }
    markLinks(document, marks);
  };
  for (const control of controls) {
    control.addEventListener("click", ({ target }) => {
      const { value } = (target as HTMLElement).closest("button") ?? {};
      if (isMark(value)) show(keep((before) => pressed(before, control.dataset["been"]!, value)));
    });
  }
  addEventListener("storage", ({ key }) => {
    if (key === KEY || key === null) show(kept());
  });
  addEventListener("pageshow", ({ persisted }) => persisted && show(kept()));
  show(kept());
}

/** Marks the links of all lists within `root` that lead to a marked pattern. */
export function markLinks(root: ParentNode, marks: Marks = kept()): void {
  const home = address("patterns/");
  for (const list of root.querySelectorAll(LISTS)) {
    for (const link of list.querySelectorAll<HTMLAnchorElement>("a[href]")) {
      const slug = link.pathname.startsWith(home) ? link.pathname.slice(home.length).replace(/\/$/, "") : "";
      const mark = marks.get(slug);
      if (link.dataset["been"] === mark) continue;
      link.querySelector(".wh-hidden")?.remove();
      const holder = link.closest<HTMLElement>("li, .wh-card");
      for (const [one, name] of [[link, "been"], [holder, "holds"]] as const) {
        if (isMark(mark)) one?.setAttribute(`data-${name}`, mark);
        else one?.removeAttribute(`data-${name}`);
      }
      if (isMark(mark)) link.append(make("span", { className: "wh-hidden" }, SAID[mark]));
    }
  }
}
