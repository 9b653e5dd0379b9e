// A tab that is older than the site asks for files that are gone. It says so, and how to go on.
import { make } from "../make";

const link = (): HTMLAnchorElement => {
  const again = make("a", { href: location.href }, "Load it again");
  again.addEventListener("click", (event) => {
    event.preventDefault();
    location.reload();
  });
  return again;
};

export const outdated = (): (Node | string)[] => ["This page is older than the site, or there is no network. ", link(), "."];

/** Below a field whose script could not be had. */
export function sayOutdated(below: HTMLElement): void {
  if (below.querySelector(".wh-stale")) return;
  below.append(make("p", { className: "wh-stale wh-results", role: "alert" }, ...outdated()));
}
