// "Defend it": the reader commits to a choice and how sure they are, meets the objection, replies, and sees what holds.
import { address, fragment, readdress } from "../address";
import { make } from "../make";
import { areOn } from "../search/keys";
import { browserStore } from "../storage";
import { now } from "./clock";
import { curve } from "./curve";
import { shelves } from "./deck";
import { ofKind } from "./events";
import { inTurn, mixed, named, type Choice, type Fork } from "./forks";
import { askToKeep, log } from "./log";
import { parts, said, type Parts } from "./parts";

export async function mount(box: HTMLElement): Promise<void> {
  const { one, say } = parts(box), store = browserStore();
  const from = one<HTMLSelectElement>("from"), counted = one("counts"), reply = one<HTMLTextAreaElement>("reply");
  const choices = one<HTMLFieldSetElement>("choices"), sure = one<HTMLFieldSetElement>("sure");
  const plot = document.querySelector<HTMLElement>("[data-curve]")!;
  let all: Awaited<ReturnType<typeof shelves>>;
  try {
    all = await shelves();
  } catch {
    counted.textContent = say("failed");
    return;
  }
  let fork: Fork | undefined, picked: Choice | undefined, committed = "";

  for (const { name, groups } of all) {
    const made = make("optgroup", { label: name });
    for (const group of groups) made.append(make("option", { value: group.choice }, group.name));
    from.append(made);
  }
  const pace = paced(one, say("up"));
  let only = ""; // the one fork that the address names
  const answers = async () => ofKind(await log.events(), "defend");
  const show = async () => {
    const events = await log.events(), given = ofKind(events, "defend");
    const forks = named(all, only || from.value, given) ?? [], done = new Set(given.map(({ fork: id }) => id));
    counted.textContent = say("counts", forks.length, forks.filter(({ id }) => done.has(id)).length);
    curve(plot, events);
  };
  /** What the address asks for: #fork=…, #missed, or ?problem=payment, by which pages lead to their own. */
  const follow = async () => {
    if (location.hash === "#timed") one<HTMLInputElement>("timed").checked = true;
    const asked = fragment(/^#(all|missed|pairs)$|=/.test(location.hash) ? location.hash : location.search); // others lead to a heading
    if (!asked) return;
    const known = named(all, asked, await answers());
    only = known && asked.startsWith("fork=") ? asked : "";
    from.value = known && !only ? asked : "all";
    await show();
    if (!known) counted.textContent = say("unknown");
  };
  from.addEventListener("change", () => {
    only = "";
    readdress(from.value === "all" ? location.pathname : `${location.pathname}#${from.value}`);
    void show();
  });

  const stage = (name: "choose" | "fork") => {
    for (const each of ["choose", "fork"]) one(each).hidden = each !== name;
  };
  const choose = async () => {
    pace.stop();
    stage("choose");
    await show();
    from.focus();
  };
  const start = async () => {
    const given = await answers();
    fork = inTurn(named(all, only || from.value, given) ?? [], given, now())[0];
    if (!fork) {
      counted.textContent = say("nothing");
      return;
    }
    only = "";
    stage("fork");
    pace.start(one<HTMLInputElement>("timed").checked);
    const title = one<HTMLAnchorElement>("title");
    title.textContent = fork.title;
    title.href = address(`${fork.of}/`);
    one("sees").replaceChildren(...said(fork.sees));
    one("asks").replaceChildren(...said(fork.asks));
    const labels = mixed(fork).map(({ key, name }) =>
      make("label", {}, make("input", { type: "radio", name: "choice", value: key }), make("span", {}, ...said(name))));
    choices.replaceChildren(choices.querySelector("legend")!, ...labels);
    for (const radio of sure.querySelectorAll("input")) radio.checked = false;
    for (const set of [choices, sure]) set.disabled = false;
    one("need").textContent = reply.value = "";
    one("commit").hidden = one("answering").hidden = false;
    one("met").hidden = one("seen").hidden = true;
    one("asks").focus();
  };
  const value = (set: HTMLElement) => set.querySelector<HTMLInputElement>("input:checked")?.value;

  let busy = false; // one step after the other, however fast the presses
  const once = (work: () => Promise<void>) => async () => {
    if (busy) return;
    busy = true;
    try {
      await work();
    } finally {
      busy = false;
    }
  };
  const commit = once(async () => {
    const took = value(choices), percent = value(sure);
    picked = fork?.choices.find(({ key }) => key === took);
    if (!fork || !picked || !percent || choices.disabled) {
      if (!choices.disabled) one("need").textContent = say("need");
      return;
    }
    for (const set of [choices, sure]) set.disabled = true;
    const tested = fork.choices.some(({ verdict }) => verdict === "against");
    const given = { fork: fork.id, took: picked.key, sure: Number(percent), out: picked.verdict, tested };
    const event = await log.append({ k: "defend", ...given });
    committed = event.id;
    one("need").textContent = "";
    one("commit").hidden = true;
    one("objection").replaceChildren(...said(picked.objection));
    one("decides").replaceChildren(...said(say("decides", picked.decides)));
    one("met").hidden = false;
    one("against").focus();
  });
  const see = once(async () => {
    if (!fork || !picked || !one("seen").hidden) return;
    const text = reply.value.trim();
    if (text) await log.append({ k: "defend.reply", of: committed, text });
    one("answering").hidden = true;
    one("verdict").textContent = say(picked.verdict);
    one("verdict").dataset["verdict"] = picked.verdict;
    one("own").textContent = text ? say("own", text) : "";
    one("answers").replaceChildren(...mixed(fork).map(({ name, verdict, holds, page }) => {
      const link = page ? make("a", { href: address(page) }, ...said(name)) : make("span", {}, ...said(name));
      const item = make("li", {}, make("b", {}, link), " ", make("span", { className: "wh-defend__mark" }, say(verdict)),
        make("span", { className: "wh-defend__holds" }, ...said(holds)));
      item.dataset["verdict"] = verdict;
      return item;
    }));
    one<HTMLAnchorElement>("page").href = address(fork.at);
    one("seen").hidden = false;
    one("verdict").focus();
    void askToKeep();
  });

  one("start").addEventListener("click", () => void start());
  one("commit").addEventListener("click", () => void commit());
  one("see").addEventListener("click", () => void see());
  one("next").addEventListener("click", () => void start());
  for (const name of ["stop", "back-to"]) one(name).addEventListener("click", () => void choose());
  addEventListener("keydown", (event) => {
    const { target, key } = event;
    if (one("fork").hidden || event.ctrlKey || event.metaKey || event.altKey || event.repeat || !areOn(store)) return;
    if (target instanceof Element && target.closest("select, textarea, [contenteditable]")) return;
    const radio = /^[1-9]$/.test(key) && !choices.disabled ? choices.querySelectorAll("input")[Number(key) - 1] : undefined;
    if (radio) radio.click();
    else if (key === "n" && !one("seen").hidden) void start();
    else return;
    event.preventDefault();
  });
  addEventListener("hashchange", () => {
    if (one("fork").hidden) void follow();
  });
  log.subscribe(() => void show());
  await show();
  await follow();
  one<HTMLButtonElement>("start").disabled = false;
}

/** The minutes of one decision: a clock, and what to do by now. Nothing is stopped when they are over. */
function paced(one: Parts["one"], up: string): { start: (timed: boolean) => void; stop: () => void } {
  const steps = [...one("paces").children].map((step) => ({
    minutes: Number((step as HTMLElement).dataset["minutes"]), words: step.firstChild!.textContent!.trim(),
  }));
  let ticking: ReturnType<typeof setInterval> | undefined, begun = 0;
  const show = () => {
    const seconds = Math.max(0, Math.floor((Date.now() - begun) / 1000));
    let end = 0;
    const step = steps.find(({ minutes }) => (end += minutes) * 60 > seconds)?.words ?? up;
    one("clock").textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    if (one("do").textContent !== step) one("do").textContent = step;
  };
  const stop = () => clearInterval(ticking);
  return {
    stop,
    start(timed) {
      stop();
      one("pace").hidden = !timed;
      if (!timed) return;
      begun = Date.now();
      show();
      ticking = setInterval(show, 1000);
    },
  };
}
