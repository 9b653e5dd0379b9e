// On a phone a long table shows the first cell of each row; the rest comes with a tap. Without scripts it stands whole.
import { make } from "./make";

export function fold(tables: Iterable<HTMLElement>): void {
  for (const row of [...tables].flatMap((table) => [...table.querySelectorAll<HTMLTableRowElement>("tbody tr")])) {
    const head = row.cells[0];
    if (!head || head.querySelector(".wh-fold__open")) continue;
    const label = (head.textContent ?? "").trim();
    const button = make("button", { type: "button", className: "wh-fold__open", "aria-expanded": "false", "aria-label": label });
    button.addEventListener("click", () => {
      const open = row.classList.toggle("wh-fold__row");
      button.setAttribute("aria-expanded", String(open));
    });
    head.append(button);
  }
}
