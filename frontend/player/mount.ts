// One player for every replay: it shows the frames that already stand in the page, one at a time.
import { fragment, readdress } from "../address";
import { make } from "../make";
import { sheet } from "../sheet";
import { type Act, next, start, type State } from "./state";

const SPEEDS = { "0.5×": 4000, "1×": 2000, "2×": 1000 }; // milliseconds a frame

/** All replays of the page, once their style is there. */
export async function play(boxes: NodeListOf<HTMLElement>): Promise<void> {
  await sheet(boxes[0]!.dataset["style"]!);
  boxes.forEach((box) => mount(box));
}

/** `hasAddress`: its frames stand in the page as it is served, so that links can lead to them. */
export function mount(box: HTMLElement, hasAddress = true): void {
  const runs = [...box.querySelectorAll<HTMLElement>(".wh-run")];
  const frames = runs.map((run) => [...run.querySelectorAll<HTMLElement>(".wh-frames > li")]);
  let state: State = start(frames.map((f) => f.length));
  let timer = 0;
  let isAsked = !("auto" in box.dataset); // by the reader: what runs by itself is not read aloud

  const tabs = make("div", { className: "wh-player__tabs", role: "tablist", "aria-label": "Scenarios" });
  const tab = runs.map((run, i) => {
    const button = make("button", { type: "button", role: "tab", textContent: run.dataset["title"] ?? "" });
    button.setAttribute("aria-controls", run.id);
    button.addEventListener("click", () => act({ do: "run", run: i }));
    run.setAttribute("role", "tabpanel");
    run.setAttribute("aria-label", run.dataset["title"] ?? "");
    return button;
  });
  tabs.append(...tab);
  tabs.hidden = runs.length < 2;
  const pick = make("select", { className: "wh-player__pick", "aria-label": "Scenario" }); // the same where there is no room for tabs
  pick.append(...runs.map((run, i) => make("option", { value: String(i) }, run.dataset["title"] ?? "")));
  pick.addEventListener("change", () => act({ do: "run", run: Number(pick.value) }));
  pick.hidden = tabs.hidden;

  const bar = make("div", { className: "wh-player__bar", role: "group", "aria-label": "Replay" });
  const back = control("◀", "Previous step", () => act({ do: "step", by: -1 }));
  const play = control("Play", "", () => act({ do: state.playing ? "pause" : "play" }));
  const on = control("▶", "Next step", () => act({ do: "step", by: 1 }));
  const scrub = make("input", { type: "range", min: "0", "aria-label": "Step" });
  scrub.addEventListener("input", () => act({ do: "to", frame: Number(scrub.value) }));
  const count = make("span", { className: "wh-player__count" });
  const speed = make("select", { "aria-label": "Speed" });
  speed.append(...Object.keys(SPEEDS).map((name) => make("option", { textContent: name, selected: name === "1×" })));
  speed.addEventListener("change", () => pace());
  const link = control("Link", "Copy a link to this step", async () => {
    readdress(`#${now().id}`);
    try {
      await navigator.clipboard.writeText(location.href);
      link.textContent = "Copied";
    } catch {
      link.textContent = "In the address";
    }
    setTimeout(() => (link.textContent = "Link"), 2000);
  });
  const all = make("label", { className: "wh-player__all" });
  const every = make("input", { type: "checkbox" });
  every.addEventListener("change", () => {
    for (const list of box.querySelectorAll(".wh-frames")) list.classList.toggle("wh-frames--all", every.checked);
  });
  all.append(every, "print every step");
  const said = make("p", { className: "wh-player__said wh-hidden", "aria-live": "polite" });
  bar.append(back, play, on, scrub, count, speed, ...(hasAddress ? [link] : []), all);

  box.prepend(tabs, pick);
  box.append(bar, said);
  box.classList.add("wh-trace--on");
  box.tabIndex = 0;
  box.addEventListener("keydown", keys);
  show(false);
  if (!isAsked) runsWhenSeen();
  if (hasAddress) {
    addEventListener("hashchange", fromAddress);
    fromAddress();
  }

  function now(): HTMLElement {
    return frames[state.run]![state.frame]!;
  }

  function act(what: Act): void {
    const before = state;
    state = next(state, what);
    if (before.playing !== state.playing) pace();
    show(before.run !== state.run || before.frame !== state.frame);
  }

  function pace(): void {
    clearInterval(timer);
    if (state.playing) timer = window.setInterval(() => act({ do: "tick" }), SPEEDS[speed.value as keyof typeof SPEEDS]);
  }

  function show(announce: boolean): void {
    const total = state.lengths[state.run] ?? 1;
    runs.forEach((run, i) => (run.hidden = i !== state.run));
    tab.forEach((button, i) => {
      button.setAttribute("aria-selected", String(i === state.run));
      button.tabIndex = i === state.run ? 0 : -1;
    });
    pick.value = String(state.run);
    frames.flat().forEach((f) => f.toggleAttribute("data-now", f === now()));
    scrub.max = String(total - 1);
    scrub.value = String(state.frame);
    scrub.setAttribute("aria-valuetext", `step ${state.frame + 1} of ${total}`);
    count.textContent = `${state.frame + 1} of ${total}`;
    play.textContent = state.playing ? "Pause" : "Play";
    back.setAttribute("aria-disabled", String(state.frame === 0));
    on.setAttribute("aria-disabled", String(state.frame === total - 1));
    if (announce && isAsked) said.textContent = `Step ${state.frame + 1}: ${now().querySelector("figcaption")?.textContent ?? ""}`;
  }

  /** Runs once, when most of it is on the screen, unless the reader wants less motion or has touched it. */
  function runsWhenSeen(): void {
    for (const touch of ["pointerdown", "keydown"]) box.addEventListener(touch, () => (isAsked = true), { capture: true });
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    const seen = new IntersectionObserver(([one]) => {
      if (!one?.isIntersecting) return;
      seen.disconnect();
      if (!isAsked) act({ do: "play" });
    }, { threshold: 0.7 });
    seen.observe(box);
  }

  function keys(event: KeyboardEvent): void {
    const target = event.target as HTMLElement;
    if (event.altKey || event.ctrlKey || event.metaKey || target.closest("select, [data-run]")) return;
    const onTab = target.getAttribute("role") === "tab";
    const to: Record<string, Act> = {
      ArrowRight: onTab ? { do: "run", run: state.run + 1 } : { do: "step", by: 1 },
      ArrowLeft: onTab ? { do: "run", run: state.run - 1 } : { do: "step", by: -1 },
      Home: { do: "to", frame: 0 },
      End: { do: "to", frame: Infinity },
      " ": { do: state.playing ? "pause" : "play" },
    };
    const what = to[event.key];
    if (!what || (event.key === " " && target !== box)) return;
    event.preventDefault();
    act(what.do === "to" && what.frame === Infinity ? { do: "to", frame: state.lengths[state.run]! } : what);
    if (onTab) tab[state.run]?.focus();
  }

  function fromAddress(): void {
    const id = fragment(location.hash);
    if (!id) return;
    frames.forEach((list, run) => {
      const frame = list.findIndex((f) => f.id === id);
      if (frame < 0 && runs[run]!.id !== id) return;
      act({ do: "run", run, frame: Math.max(0, frame) });
      box.scrollIntoView({ block: "start" });
    });
  }
}

function control(text: string, label: string, press: () => void): HTMLButtonElement {
  const button = make("button", { type: "button", ...(label && { title: label, "aria-label": label }) }, text);
  button.addEventListener("click", press);
  return button;
}
