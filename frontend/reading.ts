// What every page to read has: its contents, which say where one is, and a line to report; some have a button to print.
import { contents } from "./contents";

export function reading(): void {
  contents(document.querySelectorAll<HTMLElement>(".wh-toc"), document.querySelector<HTMLElement>(".wh-near"));
  const line = document.querySelector<HTMLAnchorElement>(".wh-report");
  for (const intent of ["pointerenter", "focus"]) {
    line?.addEventListener(intent, async () => (await import("./report")).report(line), { once: true });
  }
  for (const button of document.querySelectorAll<HTMLButtonElement>(".wh-print")) button.addEventListener("click", () => print());
}
