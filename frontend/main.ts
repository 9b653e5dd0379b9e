// The only script on every page: starts each feature where its element stands, loads the rest on intent.
import { early } from "./early";
import { explain } from "./later";
import { offerToKeep } from "./offline/offer";
import { scheme } from "./scheme";
import { searchOnIntent } from "./search/intent";
import { settings } from "./settings";
import { restoreTyped } from "./typed";

const root = document.documentElement;
const data = (names: string) => names.split(" ").map((name) => `[data-${name}]`).join();
/** What stands on few pages, see rarely.ts; of the first, controls are there before their script. */
const THERE = data("letters orders compare finder"), RARE = `${THERE},${data("rehearse ask defend standing plans calibrate weak kept")}`;
root.classList.replace("no-js", "js"); // again, where a host's policy stopped the inline script

// A part that is loaded later may be gone, because the site was published anew; browsers say so in words of their own.
addEventListener("unhandledrejection", ({ reason }) => {
  if (/dynamically imported|module script/i.test(String(reason))) void explain();
});

/** What one feature meets does not stop the others. */
const start = (feature: () => void) => {
  try {
    feature();
  } catch (error) {
    reportError(error);
  }
};
/** Loads a feature for what there is of it on the page. */
const load = (selector: string, feature: (found: NodeListOf<HTMLElement>) => Promise<void>) => {
  const found = document.querySelectorAll<HTMLElement>(selector);
  if (found.length) void feature(found);
};

start(settings);
start(() => scheme(document.querySelector<HTMLButtonElement>(".wh-scheme")));
start(() => searchOnIntent(document.querySelectorAll<HTMLFormElement>("form[data-search]")));
start(restoreTyped);
// What a phone shows on a press; without scripts, and wherever there is room, it stands open.
if (matchMedia("(max-width: 40rem)").matches) for (const one of document.querySelectorAll<HTMLDetailsElement>(".wh-lean")) one.open = false;
start(() => offerToKeep(document.querySelector<HTMLElement>(".wh-keep")));
load(".wh-toc, .wh-near, .wh-report, .wh-print", async () => (await import("./reading")).reading());
load("[data-run]", async (found) => found.forEach((await import("./run/offer")).offer));
load("pre", async (found) => (await import("./copy")).copyButtons(found));
load("[data-checklist]", async (found) => {
  const early = new Map<string, boolean>(); // ticked before the list remembers, and perhaps left before it does
  const hear = ({ target }: Event) => {
    const { dataset, checked } = target as HTMLInputElement;
    if (!dataset["item"]) return;
    early.set(dataset["item"], checked);
    try {
      sessionStorage.setItem("wh-early", JSON.stringify([...early]));
    } catch {
      // without storage the list itself says so, once it is there
    }
  };
  addEventListener("change", hear);
  const { checklists } = await import("./checklists/mount");
  removeEventListener("change", hear);
  checklists(found, early);
});
load(".wh-fold", async (found) => {
  const phone = matchMedia("(max-width: 40rem)");
  const fold = async () => {
    if (!phone.matches) return;
    phone.removeEventListener("change", fold);
    try {
      (await import("./fold")).fold(found);
    } catch (error) {
      for (const table of found) table.classList.remove("wh-fold"); // what cannot be opened is not folded
      throw error;
    }
  };
  phone.addEventListener("change", fold);
  await fold();
});
load(".wh-been, .wh-index, .wh-cards, .wh-more, .wh-az", async () => {
  const again = early(document.querySelectorAll<HTMLElement>(".wh-been"));
  (await import("./been/mount")).been();
  again();
});
load("[data-quantities]", async (found) => found.forEach((await import("./quantities/offer")).offer));
load("[data-trace]", async (found) => {
  const { play } = await import("./player/mount");
  await play(found);
});
load(RARE, async (found) => {
  const again = early([...found].filter((one) => one.matches(THERE)));
  try {
    (await import("./rarely")).rarely(load, again);
  } catch (error) {
    for (const one of found) {
      one.dataset["ready"] = ""; // no room is kept for what does not come …
      if (one.matches("[data-finder]")) one.hidden = true; // … and the catalogue stands without it
    }
    throw error;
  }
});

// Answers print; browsers that do not know the part of a disclosure that folds are shown them open.
if (!CSS.supports("selector(::details-content)")) void import("./unfold");

// The menu and the contents of a phone close when the reader goes elsewhere.
const OPEN = ".wh-menu[open], .js .wh-toc--phone[open]";
document.addEventListener("click", (event) => {
  const at = event.target as Element;
  for (const one of document.querySelectorAll<HTMLDetailsElement>(OPEN)) if (!one.contains(at) || at.closest("a")) one.open = false;
});
document.addEventListener("keydown", (event) => {
  const one = document.querySelector<HTMLDetailsElement>(OPEN);
  if (event.key !== "Escape" || !one) return;
  one.open = false;
  one.querySelector("summary")?.focus();
});
root.dataset["on"] = ""; // see head.js
