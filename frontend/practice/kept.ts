// The page of what this browser keeps: counts, a copy to take along, a copy to join, and deletion.
import { browserStore } from "../storage";
import { joined, KEYS, packed, SETTINGS, unpacked } from "./backup";
import { standing } from "./events";
import { hand } from "./hand";
import { log } from "./log";
import { parts } from "./parts";

const COPIED = "wh-copied"; // when the last copy was made
const store = browserStore();

/** What localStorage holds of the keys that travel. */
const kept = (): Record<string, string> => Object.fromEntries(KEYS.flatMap((key) => {
  const value = store.read(key);
  return value === null ? [] : [[key, value] as const];
}));
const size = (text: string | undefined): number => {
  try {
    const value: unknown = JSON.parse(text ?? "[]");
    return typeof value === "object" && value !== null ? Object.keys(value).length : 0;
  } catch {
    return 0;
  }
};

export function mount(box: HTMLElement): void {
  const { one, say } = parts(box);
  const status = one("status"), file = one<HTMLInputElement>("file"), sure = one("sure");
  const tell = (name: string, ...values: (string | number)[]) => (status.textContent = say(name, ...values));
  const count = (name: string, value: number) => {
    const cell = box.querySelector<HTMLElement>(`[data-count="${name}"]`)!;
    cell.textContent = value.toLocaleString("en-US");
  };

  const show = async () => {
    const { events, aside } = await log.whole(), known = standing(events), local = kept();
    const of = (test: (k: string) => boolean) => known.filter(({ k }) => test(k)).length;
    count("answers", of((k) => k === "review"));
    count("settings", of((k) => k === "set") + SETTINGS.filter((key) => key in local).length);
    count("rehearsals", of((k) => k === "mock.start"));
    count("excerpts", of((k) => k === "calibrate.score"));
    count("forks", of((k) => k === "defend"));
    count("steps", of((k) => !["review", "set", "mock.start", "calibrate.score", "defend"].includes(k)));
    count("undone", events.filter(({ k }) => k === "undo").length);
    count("ticks", size(local["wh-checklists"]));
    count("read", size(local["wh-read"]));
    count("media", await log.prune(Infinity));
    count("aside", aside.length);
    const last = store.read(COPIED), copied = one("copied");
    copied.textContent = last ? new Date(Number(last)).toLocaleDateString("en-US", { dateStyle: "medium" }) : copied.dataset["never"]!;
  };

  one("export").addEventListener("click", async () => {
    const now = new Date(), { events, aside } = await log.whole();
    const name = `whiteboard-hour-${now.toISOString().slice(0, 10)}.json`;
    const blob = new Blob([packed(events, aside, kept(), now)], { type: "application/json" });
    await hand(new File([blob], name, { type: blob.type }));
    store.write(COPIED, String(now.getTime()));
    tell("exported", name);
    await show();
  });
  one("import").addEventListener("click", () => file.click());
  let taken: File | undefined;
  const take = async () => {
    const chosen = file.files?.[0];
    if (!chosen || chosen === taken) return;
    taken = chosen;
    const found = unpacked(await chosen.text());
    file.value = "";
    if (!found) return void tell("foreign", chosen.name);
    const { added, known, aside } = await log.merge(found.events);
    if (found.aside.length) await log.setAside(found.aside);
    for (const [key, theirs] of Object.entries(found.kept)) store.write(key, joined(store.read(key), theirs));
    await show();
    tell("imported", added, known, aside);
  };
  file.addEventListener("change", take);
  void take(); // chosen before this was loaded
  one("delete").addEventListener("click", () => {
    sure.hidden = false;
    one("yes").focus();
  });
  const close = () => {
    sure.hidden = true;
    one("delete").focus();
  };
  one("no").addEventListener("click", close);
  one("yes").addEventListener("click", async () => {
    await log.clear();
    for (const [key] of store.all("wh-")) store.remove(key);
    close();
    tell("deleted");
    await show();
  });
  log.subscribe(() => void show());
  addEventListener("storage", () => void show());
  for (const button of box.querySelectorAll("button")) button.disabled = false;
  void show();
}
