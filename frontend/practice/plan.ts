// The plans by the time left: the reader chooses one, a first day and minutes, and it is laid on dates. The states are in plans.ts.
import { address } from "../address";
import { make } from "../make";
import { browserStore } from "../storage";
import type { Deck } from "./cards";
import { now } from "./clock";
import { deck, plans } from "./deck";
import { dayNamed, settings, type Logged } from "./events";
import { hand } from "./hand";
import { calendar } from "./ics";
import { askToKeep, log } from "./log";
import { own, type Own } from "./own";
import { parts } from "./parts";
import { iso, LEAST, MOST, packed, SETTING, sum, type Plan, type Setup, type Step } from "./plans";

const DAY = 86_400_000;
const named = (day: number, weekday: "long" | "short" = "long"): string =>
  new Date(day * DAY).toLocaleDateString("en-US", { weekday, month: weekday, day: "numeric", timeZone: "UTC" });

export async function mount(box: HTMLElement): Promise<void> {
  const { one, say } = parts(box), store = browserStore();
  const from = one<HTMLInputElement>("from"), interview = one<HTMLInputElement>("interview"), minutes = one<HTMLInputElement>("minutes");
  const radios = [...box.querySelectorAll<HTMLInputElement>("[name=plan]")], need = one("need");
  let all: readonly Plan[], cards: Deck, mine: Own | null = null;
  try {
    [all, cards] = await Promise.all([plans(), deck()]);
  } catch {
    need.textContent = say("failed");
    return;
  }

  // --- choosing -----------------------------------------------------------------------------------------------------------

  let events: readonly Logged[] = [];
  const picked = () => all.find(({ slug }) => slug === radios.find(({ checked }) => checked)?.value)!;
  const choose = (open: boolean) => {
    one("choose").hidden = !open;
    one("mine").hidden = open || !mine;
    one("keep").hidden = !mine;
  };
  const fill = () => {
    const setup = mine?.setup;
    for (const radio of radios) if (radio.value === setup?.plan.slug) radio.checked = true;
    from.value = iso(setup?.from ?? now());
    minutes.value = String(setup?.minutes ?? picked().minutes);
    interview.value = settings(events).get("interview") ?? "";
  };
  for (const radio of radios) radio.addEventListener("change", () => (minutes.value = radio.dataset["minutes"]!));
  const put = (setup: Setup) => log.append({ k: "set", name: SETTING, value: packed(setup) });
  one("begin").addEventListener("click", async () => {
    const setup: Setup = {
      plan: picked(), from: dayNamed(from.value), minutes: Number(minutes.value), since: mine?.setup.since ?? now(),
    };
    const fits = Number.isInteger(setup.minutes) && setup.minutes >= LEAST && setup.minutes <= MOST;
    need.textContent = Number.isNaN(setup.from) || !fits ? say("need") : dayNamed(interview.value) < setup.from ? say("late") : "";
    if (need.textContent) return;
    if (interview.value !== (settings(events).get("interview") ?? "")) {
      await log.append({ k: "set", name: "interview", value: interview.value || null });
    }
    await put(setup);
    await show();
    choose(false);
    one("today").focus();
    void askToKeep();
  });
  one("keep").addEventListener("click", () => {
    need.textContent = "";
    choose(false);
    one("change").focus();
  });
  one("change").addEventListener("click", () => {
    fill();
    choose(true);
    radios.find(({ checked }) => checked)?.focus();
  });
  one("anew").addEventListener("click", async () => {
    if (!mine) return;
    await put({ ...mine.setup, from: now(), since: now() });
    await show();
    one("today").focus();
  });
  one("stop").addEventListener("click", async () => {
    await log.append({ k: "set", name: SETTING, value: null });
    await show();
    radios.find(({ checked }) => checked)?.focus();
  });
  one("calendar").addEventListener("click", async () => {
    if (!mine) return;
    const name = `whiteboard-hour-${mine.setup.plan.slug}.ics`;
    const text = calendar(mine.setup, mine.laid, new URL(address(), location.href).href, (min) => say("event", min), new Date());
    await hand(new File([text], name, { type: "text/calendar" }));
    one("progress").textContent = say("saved", name);
  });

  // --- showing ------------------------------------------------------------------------------------------------------------

  const item = (step: Step, checked: boolean, tick = true): HTMLElement => {
    const link = make("a", { href: address(step.place) }, step.say);
    const time = make("span", { className: "wh-plan__min" }, say("day", step.minutes));
    if (!tick) return make("li", {}, time, " ", link);
    const input = make("input", { type: "checkbox", checked, "aria-label": `Done: ${step.say}` });
    input.dataset["step"] = step.id;
    return make("li", { className: checked ? "wh-plan__done" : "" }, make("label", {}, input), time, " ", link);
  };
  const list = (done: readonly Step[], steps: readonly Step[]) => [...done.map((s) => item(s, true)), ...steps.map((s) => item(s, false))];
  const page = ({ day, done, steps }: Own["laid"]["days"][number]): HTMLElement => {
    const time = make("span", {}, steps.length ? say("day", sum(steps)) : done.length ? "" : say("free"));
    const made = make("div", { className: "wh-plan__day" }, make("h4", {}, named(day, "short"), " ", time));
    if (done.length || steps.length) made.append(make("ul", { className: "wh-plan__steps" }, ...list(done, steps)));
    made.dataset["day"] = iso(day);
    return made;
  };
  const draw = ({ setup, laid }: Own) => {
    const today = now(), here = laid.days.find(({ day }) => day === today), { name } = setup.plan;
    const next = laid.days.find(({ day, steps }) => day > today && steps.length);
    one("today").textContent = say("today", named(today));
    one("now").replaceChildren(...(here ? list(here.done, here.steps) : []));
    const idle = laid.over || here?.steps.length ? "" : here?.done.length ? say("finished") : today < setup.from ? "" : say("nothing");
    const ahead = !next || here?.steps.length ? "" : say("next", named(next.day), next.steps.map((step) => step.say).join("; "));
    one("next").textContent = [today < setup.from ? say("begins", named(setup.from)) : idle, ahead].filter(Boolean).join(" ");
    const open = sum(laid.days.flatMap(({ steps }) => steps));
    one("progress").textContent = laid.ticked === laid.all ? say("end", name, laid.all)
      : laid.over ? say("over", name, laid.ticked, laid.all) : say("progress", name, laid.ticked, laid.all, open, named(laid.end));
    one("moved").textContent = laid.moved ? say("moved", laid.moved) : "";
    const { long, short } = laid, out = [...long, ...short];
    one("out").hidden = !out.length;
    one("why").textContent = laid.over ? say("open") : long.length && short.length ? say("both", setup.minutes, sum(short))
      : long.length ? say("long", setup.minutes) : say("short", sum(short));
    one("left").replaceChildren(...list([], out));
    const gone = laid.days.filter(({ day, done }) => day < today && done.length), days = laid.days.filter(({ day }) => day > today);
    one("past").hidden = !gone.length;
    one("before").textContent = say("before", gone.reduce((all, { done }) => all + done.length, 0));
    one("gone").replaceChildren(...gone.map(page));
    one("days").replaceChildren(...days.map(page));
    one("ahead").hidden = !days.length;
    one("calendar").hidden = !laid.days.some(({ steps }) => steps.length);
  };
  const show = async () => {
    events = await log.events();
    const found = own(cards, all, events, store), had = Boolean(mine), focused = document.activeElement as HTMLElement | null;
    const step = focused?.dataset["step"], within = focused?.closest<HTMLElement>("[data-part]")?.dataset["part"];
    mine = found === "damaged" ? null : found;
    if (found === "damaged") need.textContent = say("damaged");
    else if (need.textContent === say("damaged")) need.textContent = "";
    if (mine) draw(mine);
    if (!mine && (had || one("choose").hidden)) fill();
    if (!mine || !had) choose(!mine);
    if (mine) box.dataset["on"] = "";
    else delete box.dataset["on"];
    const same = step && `[data-step="${CSS.escape(step)}"]`;
    if (same) box.querySelector<HTMLElement>(`[data-part="${within}"] ${same}, ${same}`)?.focus();
  };
  box.addEventListener("change", ({ target }) => {
    const { dataset, checked } = target as HTMLInputElement;
    if (dataset["step"]) void log.append({ k: "plan.tick", step: dataset["step"], on: checked });
  });
  log.subscribe(() => void show());
  addEventListener("storage", () => void show());
  addEventListener("pageshow", ({ persisted }) => persisted && void show());
  document.addEventListener("visibilitychange", () => document.hidden || void show()); // the day may have changed
  await show();
}
