// The rehearsal on its page: one section a stage, the log behind it, and a clock that is looked at four times a second.
import { address, fragment } from "../address";
import { areOn } from "../search/keys";
import { browserStore } from "../storage";
import { checkStage, compareStage, debriefStage, pastList } from "./after";
import { append, askToKeep, follow, log } from "./kept";
import { partner } from "./partner";
import { surprise, thrown, type Plan, type Problem, type Thrown } from "./plan";
import { allowTone, signal, stayAwake } from "./senses";
import { fetched, items, parts, said, write } from "./show";
import { elapsed, ran, sessions, setBack, slept, stage, type Event, type Facts, type Kind, type Session, type Stage } from "./state";
import { borders, clock, standing } from "./words";

const BRIEF = 30_000, WITH_PARTNER = 120_000; // ms in which the prompt is read, and the partner's device is set up
const GLANCE = 250; // ms between two looks at the clock
const KEPT_ON_BOARD = 2; // lines of a phase's checklist that are shown without opening it
const MEDIA_DAYS = 30; // a photograph is kept so long
const TYPED = 1000; // ms after the last key until the outline is kept
const BEAT = "wh-beat", TONE = "wh-tone";

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
  let look = { wall: Date.now(), mono: performance.now() };
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
    const beat = sessionStorage.getItem(BEAT)?.split(" ") ?? [], now = Date.now();
    const last = Math.max(session.last, beat[0] === session.id ? Number(beat[1]) : 0);
    if (session.ended === undefined && now < last - 2000) await put("mock.clock", { ms: last - now });
  }

  // --- showing ---------------------------------------------------------------------------------------

  function render(): void {
    const at: Stage | "choose" = room ? stage(room.session, elapsed(room.session, Date.now())) : "choose";
    const now = room && at !== "abandoned" ? at : "choose", entered = `${now} ${room?.session.id}`;
    if (shown !== entered) {
      for (const one of sections) one.hidden = one.dataset["stage"] !== now;
      root.dataset["at"] = now;
      awake?.();
      awake = now === "run" || now === "brief" ? stayAwake() : undefined;
      if (room) enter(room, now as Stage);
      if (shown) {
        sections.find((one) => one.dataset["stage"] === now)?.querySelector<HTMLElement>("h2")?.focus({ preventScroll: true });
        scrollTo({ top: root.getBoundingClientRect().top + scrollY - 80 });
      }
      shown = entered;
    }
    if (room && now === "brief") brief(room);
    if (room && now === "run") run(room);
    if (room && now === "check") checkStage(room);
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
      write(part("of")[0]!, `of ${session.slot}:00`);
    }
    if (now === "check") {
      checkStage(one, true);
      // The interview ended by itself: once said, it stands in the log, whatever the clock does later.
      if (session.ended === undefined) void put("mock.end", { how: "closed" });
    }
    if (now === "compare") void compareStage(one);
    if (now === "debrief") debriefStage(one);
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

  let phaseShown = "";
  function run({ session, balls }: Room): void {
    const slot = plan.slots[session.slot]!, t = elapsed(session, Date.now()), phases = ran(session, slot, t), phase = phases.at(-1)!;
    const info = plan.phases[phase.slug]!, next = slot.parts[phases.length];
    write(part("clock")[0]!, clock(t));
    for (const bar of root.querySelectorAll<HTMLElement>("[data-stage=run] [data-slot]:not([hidden])")) {
      bar.style.setProperty("--gone", String(Math.min(1, t / (session.slot * 60_000))));
      for (const one of bar.querySelectorAll<HTMLElement>("[data-phase]")) {
        one.classList.toggle("wh-mock__now", one.dataset["phase"] === phase.slug);
      }
    }
    write(part("stand")[0]!, standing(plan, slot, phase, t));
    part("stand")[0]!.classList.toggle("wh-mock__over", t > phase.due);
    if (phaseShown !== `${session.id} ${phase.slug}`) {
      phaseShown = `${session.id} ${phase.slug}`;
      write(part("phase")[0]!, info.name);
      part("goal")[0]!.replaceChildren(...said(info.goal));
      part("board")[0]!.replaceChildren(...items(info.board.slice(0, KEPT_ON_BOARD)));
      part("rest")[0]!.replaceChildren(...items(info.board.slice(KEPT_ON_BOARD)));
      const button = root.querySelector<HTMLElement>("[data-do=next]")!;
      write(button, next ? `Go on to ${plan.phases[next[0]]!.name}` : "I am done");
    }
    const ball = session.partner ? undefined : balls.find((one) => one.t <= t && !session.answered.has(one.ball.id));
    const card = part("ball")[0]!;
    if (ball && card.dataset["id"] !== ball.ball.id) part("ball-text")[0]!.replaceChildren(...said(ball.ball.say));
    card.hidden = !ball;
    card.dataset["id"] = ball?.ball.id ?? "";
    const due = borders(plan, slot, session, balls, t).filter((one) => one.t <= t && !mute.has(one.say));
    if (due.length) {
      for (const one of due) mute.add(one.say);
      write(part("said")[0]!, due.at(-1)!.say);
      signal(store.read(TONE) === "on");
    }
  }

  function tick(): void {
    const now = { wall: Date.now(), mono: performance.now() };
    if (room && room.session.ended === undefined && !room.session.abandoned) {
      const back = setBack(look, now), gone = slept(look, now), t = elapsed(room.session, now.wall);
      if (back) {
        look = now;
        void put("mock.clock", { ms: back });
        return;
      }
      if (gone && t > 0) void put("mock.mark", { what: "slept", ms: gone });
      if (now.wall % 5000 < GLANCE) sessionStorage.setItem(BEAT, `${room.session.id} ${now.wall}`);
      if (shown) render();
    }
    look = now;
  }

  // --- what the reader does --------------------------------------------------------------------------

  const acts: Record<string, (button: HTMLElement) => void> = {
    now: () => void put("mock.now", {}),
    abandon: () => void put("mock.end", { how: "abandoned" }),
    next() {
      const slot = plan.slots[room!.session.slot]!, at = ran(room!.session, slot, elapsed(room!.session, Date.now())).length;
      void (at < slot.parts.length ? put("mock.phase", { phase: at }) : put("mock.end", { how: "closed" }));
    },
    mark: (button) => noted(button, "mark"),
    interrupted: (button) => noted(button, "interrupted"),
    note() {
      const field = root.querySelector<HTMLInputElement>("#mock-note")!;
      if (!field.value.trim()) return field.focus();
      void put("mock.mark", { what: "mark", text: field.value.trim() });
      write(part("said")[0]!, "Noted.");
      field.value = "";
    },
    answered: () => void put("mock.ball", { ball: part("ball")[0]!.dataset["id"]!, a: "answered" }),
    waived: () => void put("mock.ball", { ball: part("ball")[0]!.dataset["id"]!, a: "waived" }),
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
  function noted(button: HTMLElement, what: "mark" | "interrupted"): void {
    void put("mock.mark", { what });
    write(part("said")[0]!, `${what === "mark" ? "Marked" : "Interruption noted"} at ${clock(elapsed(room!.session, Date.now()))}.`);
    button.focus();
  }
  root.addEventListener("click", ({ target }) => {
    const button = (target as HTMLElement).closest<HTMLElement>("[data-do]");
    if (button) acts[button.dataset["do"]!]?.(button);
  });
  const KEYS: Record<string, string> = { n: "next", m: "mark", i: "interrupted", a: "answered" };
  document.addEventListener("keydown", (event) => {
    const at = event.target as HTMLElement;
    if (root.dataset["at"] !== "run" || !room || event.ctrlKey || event.metaKey || event.altKey || !areOn(store)) return;
    if (at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName)) return;
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
