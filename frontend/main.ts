// The only script on every page: starts each feature where its element stands, loads the rest on intent.
import { checklists } from "./checklists/mount";
import { contents } from "./contents";
import { copyButtons } from "./copy";
import { explain } from "./later";
import { restoreTyped } from "./typed";
import { offerToKeep } from "./offline/offer";
import { offer as offerAssumptions } from "./quantities/offer";
import { offer } from "./run/offer";
import { report } from "./report";
import { scheme } from "./scheme";
import { searchOnIntent } from "./search/intent";

// A part that is loaded later may be gone, because the site was published anew; browsers say so in words of their own.
addEventListener("unhandledrejection", ({ reason }) => {
  if (/dynamically imported|module script/i.test(String(reason))) void explain();
});

scheme(document.querySelector<HTMLButtonElement>(".wh-scheme"));
checklists(document.querySelectorAll<HTMLElement>("[data-checklist]"));
contents(document.querySelector<HTMLElement>(".wh-toc--side"));
copyButtons(document.querySelectorAll<HTMLPreElement>("pre"));
report(document.querySelector<HTMLAnchorElement>(".wh-report"));
searchOnIntent(document.querySelectorAll<HTMLFormElement>("form[data-search]"));

restoreTyped();

const finder = document.querySelector<HTMLElement>("[data-finder]");
if (finder) void import("./finder/mount").then((module) => module.mount(finder)).catch(() => {}); // the catalogue stands without it
const traces = document.querySelectorAll<HTMLElement>("[data-trace]");
if (traces.length) void import("./player/mount").then((module) => traces.forEach((box) => module.mount(box)));
offerToKeep(document.querySelector<HTMLElement>(".wh-keep"));
document.querySelectorAll<HTMLElement>("[data-run]").forEach(offer);
document.querySelectorAll<HTMLElement>("[data-quantities]").forEach(offerAssumptions);
const sideBySide = document.querySelector<HTMLElement>("[data-compare]");
if (sideBySide) void import("./finder/compare").then((module) => module.compare(sideBySide));

for (const button of document.querySelectorAll<HTMLButtonElement>(".wh-print")) button.addEventListener("click", () => print());

// The menu closes when the reader goes elsewhere.
document.addEventListener("click", (event) => {
  const menu = document.querySelector<HTMLDetailsElement>(".wh-menu[open]");
  if (menu && !menu.contains(event.target as Node)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  const menu = document.querySelector<HTMLDetailsElement>(".wh-menu[open]");
  if (event.key === "Escape" && menu) {
    menu.open = false;
    menu.querySelector("summary")?.focus();
  }
});
