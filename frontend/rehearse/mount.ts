// The rehearsal on its page: one section a stage, the log behind it, and a clock that is looked at four times a second.
import { address, fragment } from "../address";
import { explain } from "../later";
import { make } from "../make";
import { areOn } from "../search/keys";
import { say } from "../notice";
import { browserStore } from "../storage";
import { append, askToKeep, follow, log } from "./kept";
import { partner } from "./partner";
import { pastList } from "./past";
import { surprise, thrown, type Plan, type Problem, type Thrown } from "./plan";
import { allowTone, signal, stayAwake } from "./senses";
import { fetched, items, parts, said, write } from "./show";
import { elapsed, ran, sessions, setBack, slept, stage, type Event, type Facts, type Kind, type Session, type Stage } from "./state";
import { borders, clock, standing } from "./words";

const BRIEF = 30_000, WITH_PARTNER = 120_000; // ms in which the prompt is read, and the partner's device is set up
const GLANCE = 250; // ms between two looks at the clock
const KEPT_ON_BOARD = 2; // lines of a phase's checklist that are shown without opening it
const MEDIA_DAYS = 30; // a photograph is kept so long
const TWICE = 1500, TOO_SOON = 20_000; // ms in which a second press is the same one, and a phase may be left again
const AGAIN = 5000; // ms until what could not be fetched is asked for again
const NEWS = 6000; // ms for which what was said stands in the place of the minutes left
const TYPED = 1000; // ms after the last key until the outline is kept
const STOOD = "wh-stood", TONE = "wh-tone";

/** What the parts of the page share. */
export interface Room {
  root: HTMLElement;
  plan: Plan;
  problem: Problem;
  balls: Thrown[];
  session: Session;
  earlier: Session[];
  put: <K extends Kind>(k: K, fields: Omit<Facts[K], "s" | "n">) => Promise<unknown>;
  part: (name: string) => HTMLElement[];
}

export async function mount(root: HTMLElement): Promise<void> {
  if (root.dataset["rehearse"] === "seat") return (await import("./seat")).mount(root); // the interviewer's page
  const plan = await fetched<Plan>("practice/rehearse/plan.json");
  const store = browserStore(), part = parts(root), problems = new Map<string, Problem>();
  const sections = [...root.querySelectorAll<HTMLElement>("[data-stage]")];
  const form = root.querySelector("form")!, start = form.querySelector<HTMLButtonElement>("[type=submit]")!;
  let all: Session[] = [], room: Room | undefined, shown = "", mute = new Set<string>(), awake: (() => void) | undefined;
  const glance = () => ({ wall: Date.now(), mono: performance.now(), hidden: document.hidden });
  let look = glance();
  const { title } = document;
  let chosen = ""; // the rehearsal on the page, also once it is over

  const problemOf = async (slug: string) => {
    if (!problems.has(slug)) problems.set(slug, await fetched<Problem>(`problems/${slug}/rehearsal.json`));
    return problems.get(slug)!;
  };
  let serial = 0;
  const put: Room["put"] = (k, fields) => {
    serial = Math.max(serial + 1, room!.session.n);
    return append({ k, s: room!.session.id, n: serial, ...fields } as never);
  };
  const current = () => all.find(({ id }) => id === chosen);
  const open = () => all.filter((s) => !s.done && !s.abandoned).at(-1);

  /** Of the bars within a section, that of the slot. */
  const bars = (within: string, slot: number) => {
    for (const one of root.querySelectorAll<HTMLElement>(`${within} [data-slot]`)) one.hidden = one.dataset["slot"] !== String(slot);
  };

  // --- choosing --------------------------------------------------------------------------------------

  const setUp = () => {
    const pick = (name: string, value: string | null | undefined) => {
      const radio = value && form.querySelector<HTMLInputElement>(`[name="${name}"][value="${CSS.escape(value)}"]`);
      if (radio) radio.checked = true;
    };
    pick("slot", store.read("wh-slot"));
    pick("level", store.read("wh-level"));
    const wanted = /^problem=([a-z0-9-]+)$/.exec(fragment(location.hash || location.search))?.[1];
    const list = form.querySelector("select")!;
    if (wanted && plan.problems.some(([slug]) => slug === wanted)) list.value = wanted;
    form.querySelector<HTMLInputElement>("[name=tone]")!.checked = store.read(TONE) === "on";
    const label = () => {
      const slot = Number(new FormData(form).get("slot")), name = list.selectedOptions[0]!.text;
      const fits = plan.problems.find(([slug]) => slug === list.value)?.[2] ?? [slot];
      start.textContent = `Start: ${slot} minutes, ${list.value ? name : "a surprise"}`;
      bars(".wh-mock__paper", slot);
      write(part("fits")[0]!, fits.includes(slot) ? "" : `${name} is made for ${fits.join(", ")} minutes.`);
    };
    form.addEventListener("change", label);
    label();
    start.disabled = false;
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const given = new FormData(form), slot = Number(given.get("slot")), tone = given.has("tone"), now = Date.now();
    if (tone) allowTone();
    store.write(TONE, tone ? "on" : "off");
    const seed = crypto.getRandomValues(new Uint16Array(1))[0]!.toString(16).padStart(4, "0");
    const problem = String(given.get("problem")) || surprise(plan, slot, all.map((s) => s.problem), seed);
    const together = given.get("who") === "partner";
    chosen = crypto.getRandomValues(new Uint32Array(2)).join("-");
    const begins = Math.ceil((now + (together ? WITH_PARTNER : BRIEF)) / 1000) * 1000;
    void append({
      k: "mock.start", s: chosen, n: 0, problem, slot, seed, begins,
      level: String(given.get("level")), partner: together, balls: given.has("balls"),
    });
  });

  // --- following the log -----------------------------------------------------------------------------

  async function changed(events: readonly Event[]): Promise<void> {
    all = sessions(events).filter((s) => s.slot in plan.slots && plan.problems.some(([slug]) => slug === s.problem)); // of a copy, or older
    if (!current() || current()!.abandoned) chosen = open()?.id ?? "";
    const session = current();
    if (!session) {
      room = undefined;
      pastList(part, plan, all, async (id) => {
        chosen = id;
        await changed(events);
      });
      return render();
    }
    const first = room?.session.id !== session.id, problem = await problemOf(session.problem);
    if (chosen !== session.id) return;
    const balls = session.balls ? thrown(plan, session.slot, problem, session.seed) : [];
    room = { root, plan, problem, balls, session, earlier: all.slice(0, all.indexOf(session)), put, part };
    if (first) {
      serial = session.n - 1;
      const t = elapsed(session, Date.now());
      mute = new Set(t > 1500 ? borders(plan, plan.slots[session.slot]!, session, balls, t).filter((b) => b.t <= t).map((b) => b.say) : []);
      await catchUp(session);
    }
    render();
  }

  /** A clock that was set back while the page was closed: time does not stand before the last event, nor before the last look. */
  async function catchUp(session: Session): Promise<void> {
    const beat = sessionStorage.getItem(STOOD)?.split(" ") ?? [];
    const stood = Math.max(elapsed(session, session.last), beat[0] === session.id ? Number(beat[1]) : -Infinity);
    const lost = stood - elapsed(session, Date.now());
    if (session.ended === undefined && lost > 2000) await put("mock.clock", { ms: lost });
  }

  // --- showing ---------------------------------------------------------------------------------------

  /** What comes after the clock is fetched while it runs; where it is not there yet, the page waits for it, and says why. */
  let after: typeof import("./after") | undefined, fetching: Promise<unknown> | undefined;
  const ahead = () => (fetching ??= import("./after").then((all) => (after = all), async () => {
    void explain();
    await new Promise((again) => setTimeout(again, AGAIN));
    fetching = undefined;
  }).then(render));

  function render(): void {
    const at: Stage | "choose" = room ? stage(room.session, elapsed(room.session, Date.now())) : "choose";
    const now = room && at !== "abandoned" ? at : "choose", entered = `${now} ${room?.session.id}`;
    if (now !== "choose" && now !== "brief" && !after) {
      void ahead();
      if (now !== "run") return;
    }
    if (shown !== entered) {
      for (const one of sections) one.hidden = one.dataset["stage"] !== now;
      root.dataset["at"] = now;
      document.title = title;
      awake?.();
      awake = now === "run" || now === "brief" ? stayAwake() : undefined;
      if (room) enter(room, now as Stage);
      if (shown) {
        const section = sections.find((one) => one.dataset["stage"] === now);
        section?.querySelector<HTMLElement>(`#${section.getAttribute("aria-labelledby")}`)?.focus({ preventScroll: true });
        scrollTo({ top: root.getBoundingClientRect().top + scrollY - 80 });
      }
      shown = entered;
    }
    if (room && now === "brief") brief(room);
    if (room && now === "run") run(room);
    if (room && now === "check") after!.checkStage(room);
  }

  function enter(one: Room, now: Stage): void {
    const { session, problem } = one;
    for (const box of part("prompt")) box.replaceChildren(...said(problem.prompt));
    if (now === "brief") {
      const template = part("template")[0] as HTMLAnchorElement;
      template.href = address(`problems/${session.problem}/board.excalidraw`);
      template.download = `${session.problem}.excalidraw`;
      part("partner")[0]!.hidden = !session.partner;
      root.querySelector<HTMLElement>("[data-do=now]")!.hidden = session.partner;
      if (session.partner) void partner(one);
    }
    if (now === "run") {
      void typing(one);
      bars("[data-stage=run]", session.slot);
      part("granted")[0]!.replaceChildren(...problem.scope.flatMap(([asked, granted]) =>
        [make("dt", {}, ...said(asked)), make("dd", {}, ...said(granted))]));
      root.classList.toggle("wh-mock--keys", areOn(store));
      write(part("of")[0]!, `of ${session.slot}:00`);
    }
    if (now === "check") {
      after!.checkStage(one, true);
      // The interview ended by itself: once said, it stands in the log, whatever the clock does later.
      if (session.ended === undefined) {
        void put("mock.end", { how: "closed" });
        signal(store.read(TONE) === "on");
        say(`Time is up: ${session.slot} minutes, ${problem.name}.`);
      }
    }
    if (now === "compare") void after!.compareStage(one);
    if (now === "debrief") after!.debriefStage(one);
  }

  /** The outline, drawn as it is typed, and kept a moment after the last key. */
  async function typing({ session }: Room): Promise<void> {
    const field = root.querySelector<HTMLTextAreaElement>("#mock-outline")!, figure = part("typed")[0]!;
    const { draw } = await import("./typed");
    let waits: ReturnType<typeof setTimeout> | undefined;
    const keep = () => {
      clearTimeout(waits);
      if (room && field.value !== room.session.typed) void put("mock.typed", { text: field.value });
    };
    field.value = session.typed;
    if (session.typed) field.closest("details")!.open = true;
    draw(figure, field.value);
    field.oninput = () => {
      draw(figure, field.value);
      clearTimeout(waits);
      waits = setTimeout(keep, TYPED);
    };
    field.onchange = keep;
    field.closest("details")!.ontoggle = () => draw(figure, field.value); // it had no width while it was closed
  }

  function brief({ session }: Room): void {
    const left = Math.ceil(-elapsed(session, Date.now()) / 1000);
    write(part("countdown")[0]!, left > 90 ? clock(left * 1000) : `${left} s`);
  }

  /** Says it in the one live line, and for a moment beside the clock that is always in sight. */
  function tell(text: string): void {
    write(part("said")[0]!, text);
    saidUntil = performance.now() + NEWS;
  }

  let phaseShown = "", saidUntil = 0;
  function run({ session, balls }: Room): void {
    const slot = plan.slots[session.slot]!, t = elapsed(session, Date.now()), phases = ran(session, slot, t), phase = phases.at(-1)!;
    const info = plan.phases[phase.slug]!, next = slot.parts[phases.length];
    for (const one of part("clock")) write(one, clock(t));
    for (const bar of root.querySelectorAll<HTMLElement>("[data-stage=run] [data-slot]:not([hidden])")) {
      bar.style.setProperty("--gone", String(Math.min(1, t / (session.slot * 60_000))));
      for (const one of bar.querySelectorAll<HTMLElement>("[data-phase]")) {
        one.classList.toggle("wh-mock__now", one.dataset["phase"] === phase.slug);
      }
    }
    const stands = standing(plan, slot, phase, t), news = performance.now() < saidUntil && part("said")[0]!.textContent;
    write(part("stand")[0]!, stands);
    for (const one of part("left")) write(one, news || `${info.short} · ${stands}`);
    for (const one of [...part("stand"), ...part("left")]) one.classList.toggle("wh-mock__over", t > phase.due);
    if (phaseShown !== `${session.id} ${phase.slug}`) {
      phaseShown = `${session.id} ${phase.slug}`;
      write(part("phase")[0]!, info.name);
      part("goal")[0]!.replaceChildren(...said(info.goal));
      part("board")[0]!.replaceChildren(...items(info.board.slice(0, KEPT_ON_BOARD)));
      part("rest")[0]!.replaceChildren(...items(info.board.slice(KEPT_ON_BOARD)));
      const first = phases.length === 1, again = part("again")[0] as HTMLDetailsElement;
      again.open = first; // it is asked about while the scope is settled, and afterwards in the way
      part("alone")[0]!.hidden = !first || session.partner;
      const button = root.querySelector<HTMLElement>("[data-do=next]")!;
      write(button, next ? `Go on to ${plan.phases[next[0]]!.name}` : "I am done");
    }
    const back = root.querySelector<HTMLElement>("[data-do=back]")!, place = phases.length - 1;
    back.hidden = session.begun.get(place) !== phase.began || t - phase.began > TOO_SOON;
    if (!back.hidden) write(back, `Back to ${plan.phases[slot.parts[place - 1]![0]]!.name}`);
    const ball = session.partner ? undefined : balls.find((one) => one.t <= t && !session.answered.has(one.ball.id));
    const card = part("ball")[0]!;
    if (ball && card.dataset["id"] !== ball.ball.id) {
      part("ball-text")[0]!.replaceChildren(...said(ball.ball.say));
      const typing = matchMedia("(hover: none)").matches && document.activeElement?.closest<HTMLElement>("input, textarea");
      if (typing) typing.blur(); // else its keyboard lies over the card
    }
    if (ball) card.style.setProperty("--foot", `${back.parentElement!.offsetHeight}px`);
    card.hidden = !ball;
    card.dataset["id"] = ball?.ball.id ?? "";
    document.title = `${ball ? "Curveball" : clock(t)} · ${info.short} · ${title}`; // the board may be drawn in another tab
    const due = borders(plan, slot, session, balls, t).filter((one) => one.t <= t && !mute.has(one.say));
    if (due.length) {
      for (const one of due) mute.add(one.say);
      tell(due.at(-1)!.say);
      signal(store.read(TONE) === "on");
    }
  }

  function tick(): void {
    const now = glance();
    if (room && room.session.ended === undefined && !room.session.abandoned) {
      const back = setBack(look, now), gone = slept(look, now), t = elapsed(room.session, now.wall);
      if (back) {
        look = now;
        return void put("mock.clock", { ms: back });
      }
      if (gone && t > 0) void put("mock.mark", { what: "slept", ms: gone });
      if (now.wall % 5000 < GLANCE) sessionStorage.setItem(STOOD, `${room.session.id} ${t}`);
      if (shown) render();
    }
    look = now;
  }

  // --- what the reader does --------------------------------------------------------------------------

  let pressed = -TWICE;
  const acts: Record<string, (button: HTMLElement) => void> = {
    now: () => void put("mock.now", {}),
    abandon: () => void put("mock.end", { how: "abandoned" }),
    next() {
      const now = performance.now();
      if (now - pressed < TWICE) return;
      pressed = now;
      const slot = plan.slots[room!.session.slot]!, at = ran(room!.session, slot, elapsed(room!.session, Date.now())).length;
      void (at < slot.parts.length ? put("mock.phase", { phase: at }) : put("mock.end", { how: "closed" }));
    },
    back() {
      const { session, balls } = room!, slot = plan.slots[session.slot]!, t = elapsed(session, Date.now()), phases = ran(session, slot, t);
      for (const one of borders(plan, slot, session, balls, t)) if (one.t >= phases.at(-1)!.began) mute.delete(one.say); // to be said anew
      void put("mock.back", { phase: phases.length - 1 });
      tell(`Back in ${plan.phases[phases.at(-2)!.slug]!.name}.`);
      root.querySelector<HTMLElement>("[data-do=next]")!.focus();
    },
    mark: () => noted("mark"),
    interrupted: () => noted("interrupted"),
    note() {
      const field = root.querySelector<HTMLInputElement>("#mock-note")!;
      if (!field.value.trim()) return field.focus();
      void put("mock.mark", { what: "mark", text: field.value.trim() });
      tell("Noted.");
      field.value = "";
    },
    answered: () => caught("answered"),
    waived: () => caught("waived"),
    end(button) {
      if (button.dataset["sure"]) return void put("mock.end", { how: "closed" });
      button.dataset["sure"] = "1";
      write(button, "Really end it?");
      setTimeout(() => {
        delete button.dataset["sure"];
        write(button, "End now");
      }, 5000);
    },
    reveal: () => void put("mock.reveal", {}),
    done: () => void put("mock.done", {}).then(askToKeep),
    again() {
      chosen = "";
      room = undefined;
      void follow_();
    },
  };
  function caught(a: "answered" | "waived"): void {
    const card = part("ball")[0]!;
    void put("mock.ball", { ball: card.dataset["id"]!, a });
    if (card.contains(document.activeElement)) root.querySelector<HTMLElement>("#mock-phase")!.focus({ preventScroll: true });
  }
  function noted(what: "mark" | "interrupted"): void {
    void put("mock.mark", { what });
    tell(`${what === "mark" ? "Marked" : "Interruption noted"} at ${clock(elapsed(room!.session, Date.now()))}.`);
  }
  root.addEventListener("click", ({ target }) => {
    const button = (target as HTMLElement).closest<HTMLElement>("[data-do]");
    if (button) acts[button.dataset["do"]!]?.(button);
  });
  const KEYS: Record<string, string> = { n: "next", m: "mark", i: "interrupted", a: "answered" };
  document.addEventListener("keydown", (event) => {
    const at = event.target as HTMLElement;
    if (at.id === "mock-note" && event.key === "Enter" && !event.isComposing) return acts["note"]!(at);
    if (root.dataset["at"] !== "run" || !room || event.ctrlKey || event.metaKey || event.altKey || !areOn(store)) return;
    if (at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName)) {
      const left = event.key === "Escape" && !event.isComposing && !(at.matches("[type=search]") && (at as HTMLInputElement).value);
      if (left) root.querySelector<HTMLElement>("[data-do=next]")!.focus({ preventScroll: true });
      return;
    }
    if (event.key === "/") return void put("mock.mark", { what: "look" });
    if (event.key === "?") {
      const keys = root.querySelector<HTMLDetailsElement>(".wh-mock__keys")!;
      keys.open = !keys.open;
      return keys.querySelector("summary")!.focus();
    }
    const act = KEYS[event.key];
    if (!act || (act === "answered" && part("ball")[0]!.hidden)) return;
    event.preventDefault();
    acts[act]!(root.querySelector<HTMLElement>(`[data-do=${act}]`)!);
  });

  const follow_ = async () => changed([...(await log.events())]);
  setUp();
  void log.prune(MEDIA_DAYS);
  await follow((events) => void changed(events));
  setInterval(tick, GLANCE);
  document.addEventListener("visibilitychange", tick);
}
