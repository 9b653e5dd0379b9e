// The interviewer's side of the table: the same clock by the same link, what to grant, hints, curveballs with their minute, and a record.
import { fragment } from "../address";
import { make } from "../make";
import { browserStore } from "../storage";
import { asked } from "./after";
import { append, follow } from "./kept";
import { MINUTE, share, shared, thrown, type Plan, type Problem, type Shared } from "./plan";
import { signal, stayAwake } from "./senses";
import { fetched, items, linked, parts, said, save, write } from "./show";
import { key, type Answer, type Event } from "./state";
import { clock, span } from "./words";

const GLANCE = 250; // ms between two looks at the clock

/** What the log has of one seat. */
interface Record_ {
  seen: Map<string, Answer>;
  notes: [phase: string, text: string][];
  thrown: Map<string, boolean>;
}
function record(events: readonly Event[], s: string): Record_ {
  const out: Record_ = { seen: new Map(), notes: [], thrown: new Map() };
  for (const e of events.filter((one) => one["s"] === s)) {
    if (e.k === "seat.see") out.seen.set(key(String(e["dim"]), String(e["level"])), e["a"] as Answer);
    if (e.k === "seat.note") out.notes.push([String(e["phase"]), String(e["text"])]);
    if (e.k === "seat.ball") out.thrown.set(String(e["ball"]), e["thrown"] === true);
  }
  return out;
}

const folded = (head: (Node | string)[], ...body: Node[]) =>
  make("details", { className: "wh-answer" }, make("summary", {}, ...head), ...body);

export async function mount(root: HTMLElement): Promise<void> {
  const plan = await fetched<Plan>("practice/rehearse/plan.json"), part = parts(root), form = root.querySelector("form")!;
  const one = (name: string) => part(name)[0]!;
  let at: Shared | undefined, problem: Problem | undefined, events: readonly Event[] = [], passed = -Infinity;
  const observed = asked(root);
  const me = () => share(at!);

  async function sit(): Promise<void> {
    at = shared(fragment(location.hash), plan);
    form.hidden = Boolean(at);
    one("run").hidden = !at;
    if (!at) return;
    problem = await fetched<Problem>(`problems/${at.problem}/rehearsal.json`);
    for (const bar of root.querySelectorAll<HTMLElement>("[data-slot]")) bar.hidden = bar.dataset["slot"] !== String(at.slot);
    write(one("of"), `of ${at.slot}:00`);
    one("prompt").replaceChildren(...said(problem.prompt));
    one("scope").replaceChildren(make("dl", {}, ...problem.scope.flatMap(([asks, answer, granted]) =>
      [make("dt", {}, ...said(asks)), make("dd", {}, make("strong", {}, granted ? "Grant: " : "Leave to them: "), ...said(answer))])));
    one("hints").replaceChildren(...problem.hints.map(([asks, number, choice]) =>
      folded([...said(asks)], make("p", {}, make("strong", {}, "Second: "), `look at ${number}.`),
        folded(["Third, if that did not help"], make("p", {}, ...said(choice), ". What does it cost?")))));
    const { expect } = problem;
    one("expect").replaceChildren(...plan.levels.flatMap(([, name], i) => [make("h3", {}, name), make("ul", {}, ...items(expect[i]!))]));
    one("follow").replaceChildren(...problem.follow.map(([asks, answer]) => folded([...said(asks)], make("p", {}, ...said(answer)))));
    const balls = thrown(plan, at.slot, problem, at.seed);
    one("balls").replaceChildren(...(balls.length ? [] : [make("p", {}, "None in this slot.")]), ...balls.map(({ ball, t }) => {
      const box = make("input", { type: "checkbox", name: "thrown", value: ball.id });
      box.addEventListener("change", () => void append({ k: "seat.ball", s: me(), ball: ball.id, thrown: box.checked } as never));
      return make("div", { className: "wh-mock__answer" },
        make("p", {}, make("label", {}, box, make("span", {}, make("strong", {}, `${clock(t)} `), ...said(ball.say)))),
        make("p", {}, `It attacks: ${ball.attacks}`),
        folded(["A good answer"], make("p", {}, ...said(ball.answer), " ", linked(ball.pattern, true))));
    }));
    passed = Date.now() - at.begins;
    fold();
    tick();
  }

  /** Puts what the log has where it is answered, and writes the record anew. */
  function fold(): void {
    if (!at || !problem) return;
    const now = record(events, me()), words = { yes: "yes", no: "no", none: "not reached" };
    for (const { box, dim, level } of observed) {
      for (const radio of box.querySelectorAll("input")) radio.checked = now.seen.get(key(dim, level)) === radio.value;
    }
    for (const box of root.querySelectorAll<HTMLInputElement>("[name=thrown]")) box.checked = now.thrown.get(box.value) === true;
    const notes = now.notes.map(([phase, text]) => `${plan.phases[phase]?.short ?? phase}: ${text}`);
    one("notes").replaceChildren(...items(notes));
    const lines = observed.map(({ dim, level }) => `- ${key(dim, level)}: ${words[now.seen.get(key(dim, level)) ?? "none"]}`);
    const head = `# ${problem.name}, ${at.slot} minutes, seed ${at.seed}: what your partner saw`;
    root.querySelector("textarea")!.value = [head, "", ...lines, "", ...notes.map((note) => `- ${note}`), ""].join("\n");
  }

  let phase = "";
  function tick(): void {
    if (!at || !problem) return;
    const t = Date.now() - at.begins, slot = plan.slots[at.slot]!, whole = at.slot * MINUTE;
    const now = slot.parts.filter(([, from]) => t >= from * MINUTE).at(-1) ?? slot.parts[0]!, [slug, , to] = now;
    write(one("clock"), t < 0 ? `\u2212${clock(999 - t)}` : clock(Math.min(t, whole)));
    const left = to * MINUTE - t;
    write(one("stand"), t < 0 ? "The candidate reads the prompt" : t >= whole ? "Time is up"
      : left > 0 ? `${span(left)} left by the plan` : `The reserve: ${span(whole - t)} left`);
    for (const bar of root.querySelectorAll<HTMLElement>("[data-slot]:not([hidden])")) {
      bar.style.setProperty("--gone", String(Math.min(1, Math.max(0, t / whole))));
      for (const cell of bar.querySelectorAll<HTMLElement>("[data-phase]")) {
        cell.classList.toggle("wh-mock__now", cell.dataset["phase"] === slug);
      }
    }
    if (phase !== slug) {
      phase = slug;
      write(one("phase"), plan.phases[slug]!.name);
      one("moves").replaceChildren(...items(plan.phases[slug]!.moves));
    }
    const due = [
      ...slot.parts.map(([next, from]) => [from * MINUTE, `${plan.phases[next]!.name} begins by the plan.`] as const),
      ...thrown(plan, at.slot, problem, at.seed).map(({ ball, t: when }) => [when, `Throw now: ${ball.say}`] as const),
      [whole, "Time is up."] as const,
    ].filter(([when]) => when > passed && when <= t).sort((a, b) => a[0] - b[0]).at(-1);
    passed = Math.max(passed, t);
    if (due) {
      write(one("said"), due[1]);
      signal(browserStore().read("wh-tone") === "on");
    }
  }

  for (const { box, dim, level } of observed) {
    box.addEventListener("change", ({ target }) =>
      void append({ k: "seat.see", s: me(), dim, level, a: (target as HTMLInputElement).value } as never));
  }
  root.addEventListener("keydown", (event) => {
    if ((event.target as HTMLElement).id === "seat-note" && event.key === "Enter" && !event.isComposing) acts["note"]!(root);
  });
  const acts: Record<string, (button: HTMLElement) => void> = {
    note() {
      const field = root.querySelector<HTMLInputElement>("#seat-note")!;
      if (!field.value.trim()) return field.focus();
      void append({ k: "seat.note", s: me(), phase, text: field.value.trim() } as never);
      field.value = "";
    },
    async copy(button) {
      const text = root.querySelector("textarea")!;
      try {
        await navigator.clipboard.writeText(text.value);
        button.textContent = "Copied";
      } catch {
        text.select();
      }
    },
    save: () => save(`interview-${at!.problem}-${at!.seed}.md`, root.querySelector("textarea")!.value, "text/markdown"),
    again: () => (location.hash = ""),
  };
  root.addEventListener("click", ({ target }) => {
    const button = (target as HTMLElement).closest<HTMLElement>("[data-do]");
    if (button) acts[button.dataset["do"]!]?.(button);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const given = new FormData(form), seed = crypto.getRandomValues(new Uint16Array(1))[0]!.toString(16).padStart(4, "0");
    const begins = Math.ceil(Date.now() / 1000) * 1000;
    location.hash = share({ problem: String(given.get("problem")), slot: Number(given.get("slot")), seed, begins });
  });
  form.querySelector("button")!.disabled = false;
  addEventListener("hashchange", () => void sit());
  await follow((all) => {
    events = all;
    fold();
  });
  await sit();
  setInterval(tick, GLANCE);
  document.addEventListener("visibilitychange", tick);
  stayAwake();
}
