// The features of few pages, each loaded where its element stands: they come with one file more, so that no other page reads of them.
type Load = (selector: string, feature: (found: NodeListOf<HTMLElement>) => Promise<void>) => void;

/** `again`: repeats what a quick reader chose before this file was there, see early.ts. */
export function rarely(load: Load, again: () => void): void {
  load("[data-letters]", async (found) => {
    (await import("./glossary")).letters(found[0]!);
    again();
  });
  load("[data-orders]", async (found) => {
    (await import("./problems/order")).order(found[0]!);
    again();
  });
  load("[data-compare]", async (found) => {
    try {
      const shown = (await import("./finder/compare")).compare(found[0]!);
      again();
      await shown;
    } finally {
      found[0]!.dataset["ready"] = ""; // what stands below is shown
    }
  });
  load("[data-ask]", async ([box]) => (await import("./practice/ask")).mount(box!));
  load("[data-defend]", async ([box]) => (await import("./practice/defend")).mount(box!));
  load("[data-standing]", async ([box]) => {
    try {
      await (await import("./practice/board")).mount(box!);
    } finally {
      box!.dataset["ready"] = ""; // no room is kept any longer, and nothing stays folded that cannot be opened
    }
  });
  load("[data-plans]", async ([box]) => {
    try {
      await (await import("./practice/plan")).mount(box!);
    } finally {
      box!.dataset["ready"] = ""; // no room is kept any longer
    }
  });
  load("[data-calibrate]", async ([box]) => (await import("./calibrate/mount")).mount(box!));
  load("[data-weak]", async ([box]) => (await import("./practice/take")).mount(box!));
  load("[data-kept]", async ([box]) => (await import("./practice/kept")).mount(box!));
  load("[data-finder]", async (found) => {
    try {
      (await import("./finder/mount")).mount(found[0]!);
      again();
    } catch (error) {
      found[0]!.hidden = true; // the catalogue stands without it
      throw error;
    }
  });
  load("[data-rehearse]", async ([box]) => (await import("./rehearse/mount")).mount(box!));
}
