// What the reader is asked once: the minutes of the interview, and the level. Kept in this browser, under wh-slot and wh-level.
// The page says what can be chosen; what depends on the slot is a matter of style (macros/pages/templates/minutes.j2).
import { browserStore } from "./storage";

export type Name = "slot" | "level";
const NAMES: readonly Name[] = ["slot", "level"];
const VALUE = /^[a-z0-9-]{1,20}$/;
const root = document.documentElement;
const EVENT = "wh-setting"; // heard by what is bundled apart as well

/** What was chosen, "45" or "senior"; empty where nothing was, or nothing that is offered. */
export function setting(name: Name, offered?: readonly string[]): string {
  const value = root.dataset[name] ?? "";
  return !offered || offered.includes(value) ? value : "";
}

/** Chooses for every page; an empty value takes the choice back. Holds for this page also where nothing can be stored. */
export function choose(name: Name, value: string): void {
  browserStore().write(`wh-${name}`, value);
  hold(name, value);
}

/** Calls `tell` with each choice that follows, in this tab or another. */
export function onSetting(name: Name, tell: (value: string) => void): void {
  document.addEventListener(EVENT, (event) => (event as CustomEvent<Name>).detail === name && tell(setting(name)));
}

function hold(name: Name, value: string): void {
  if (VALUE.test(value)) root.dataset[name] = value;
  else delete root.dataset[name];
  show(name);
  document.dispatchEvent(new CustomEvent<Name>(EVENT, { detail: name }));
}

/** Ticks what is chosen, and marks what is said of the reader's level. */
function show(name: Name): void {
  const value = setting(name);
  for (const radio of document.querySelectorAll<HTMLInputElement>(`input[type=radio][name=${name}]`)) {
    if (radio.value === value || (!value && radio.defaultChecked)) radio.checked = true;
  }
  if (name !== "level") return;
  for (const line of document.querySelectorAll<HTMLElement>("main [data-level]")) {
    line.classList.toggle("wh-own", line.dataset["level"] === value);
  }
}

export function settings(): void {
  for (const name of NAMES) hold(name, browserStore().read(`wh-${name}`) ?? ""); // again, where a host's policy stopped the inline script
  document.addEventListener("change", ({ target }) => {
    const { name, type, value } = target as HTMLInputElement;
    if (type === "radio" && NAMES.includes(name as Name)) choose(name as Name, value);
  });
  addEventListener("storage", ({ key, newValue }) => {
    for (const name of NAMES) if (key === `wh-${name}` || key === null) hold(name, newValue ?? "");
  });
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) for (const name of NAMES) hold(name, browserStore().read(`wh-${name}`) ?? "");
  });
}
