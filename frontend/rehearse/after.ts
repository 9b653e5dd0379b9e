// After the clock: what was seen, the solution beside one's own, and the debrief.
import { address } from "../address";
import { make } from "../make";
import { say } from "../notice";
import { sheet } from "../sheet";
import { debrief, markdown, seat } from "./debrief";
import { log } from "./kept";
import type { Room } from "./mount";
import { items, linked, said, save, write } from "./show";
import { key, type Answer, type Took } from "./state";
import { clock, when } from "./words";

const LARGEST = 100_000; // bytes that are read of a partner's file: fifty times what one has
const WIDE = 1600; // pixels of a kept photograph's longer side: small writing stays legible

/** The fieldsets of the observations, by their key. */
export const asked = (root: HTMLElement) =>
  [...root.querySelectorAll<HTMLFieldSetElement>("[data-stage=check] fieldset[data-level]")].map((box) => ({
    box, dim: box.closest<HTMLElement>("[data-dim]")!.dataset["dim"]!, level: box.dataset["level"]!,
  }));

export function checkStage(room: Room, entered = false): void {
  const { root, session, put, part } = room;
  const all = asked(root), open = all.filter(({ dim, level }) => !session.seen.has(key(dim, level)));
  write(part("answered")[0]!, open.length ? `${all.length - open.length} of ${all.length} answered` : "All are answered.");
  root.querySelector<HTMLButtonElement>("[data-do=reveal]")!.disabled = open.length > 0;
  const rest = root.querySelector<HTMLButtonElement>("[data-do=rest]")!;
  rest.hidden = !open.length;
  const find = root.querySelector<HTMLElement>("[data-do=find]")!;
  find.hidden = !open.length || open.length === all.length;
  find.onclick = () => open[0]!.box.querySelector("input")!.focus();
  rest.onclick = async () => {
    for (const { dim, level } of open) await put("mock.see", { dim, level, a: "none" });
  };
  for (const { box, dim, level } of all) {
    for (const radio of box.querySelectorAll("input")) radio.checked = session.seen.get(key(dim, level)) === radio.value;
    box.onchange = ({ target }) => void put("mock.see", { dim, level, a: (target as HTMLInputElement).value as Answer });
  }
  if (!entered) return;
  void own(room, "check");
  part("after-check")[0]!.hidden = false;
  const photo = root.querySelector<HTMLInputElement>("#mock-photo")!;
  photo.value = "";
  photo.onchange = async () => {
    const file = photo.files?.[0], name = `board-${session.id}`;
    if (!file) return;
    try {
      if (await log.put(name, await smaller(file))) await put("mock.board", { name });
      await own({ ...room, session: { ...session, board: name } }, "check");
      say("The photograph is kept in this browser.");
    } catch {
      say("This picture could not be read; take another, or go on without.");
    }
  };
}

/** A photograph as JPEG, no larger than one can read. */
async function smaller(file: Blob): Promise<Blob> {
  const whole = await createImageBitmap(file), by = Math.min(1, WIDE / Math.max(whole.width, whole.height));
  const canvas = make("canvas", { width: Math.round(whole.width * by), height: Math.round(whole.height * by) });
  canvas.getContext("2d")!.drawImage(whole, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((made) => (made ? resolve(made) : reject(new Error("no picture"))), "image/jpeg", 0.8));
}

/** The pages' policy lets pictures be data, and no address of a blob. */
const asData = (blob: Blob): Promise<string> => new Promise((resolve, reject) => {
  const reader = new FileReader();
  reader.onload = () => resolve(String(reader.result));
  reader.onerror = () => reject(reader.error);
  reader.readAsDataURL(blob);
});

const DEFENDED: [Took, string][] = [["same", "The same"], ["other", "Another, and I can defend it"], ["missed", "I missed it"]];

/** One's own board, typed or photographed, in the section of a stage; what it stands in is hidden where there is none. */
async function own({ root, session }: Room, at: "check" | "compare" | "debrief"): Promise<void> {
  const box = root.querySelector<HTMLElement>(`[data-stage="${at}"] [data-part="own"]`)!, around = box.closest("details") ?? box;
  const kept = session.board && (await log.media(session.board));
  const photo = kept && make("img", { src: await asData(kept), alt: "The photograph of your paper" });
  const typed = session.typed.trim() && make("div", { className: "wh-drawing wh-mock__typed" });
  around.hidden = !photo && !typed;
  box.replaceChildren(...(around === box ? [make("h3", {}, "Your board")] : []), ...(typed ? [typed] : []), ...(photo ? [photo] : []));
  if (!typed) return;
  const { draw } = await import("./typed");
  draw(typed, session.typed);
  if (around !== box) around.ontoggle = () => draw(typed, session.typed); // it had no width while it was closed
}

export async function compareStage(room: Room): Promise<void> {
  const { session, problem, balls, part, put } = room;
  write(part("crux")[0]!, problem.crux);
  const whole = part("solution")[0] as HTMLAnchorElement;
  whole.href = address(`problems/${problem.slug}/`);
  whole.target = "_blank";
  part("decisions")[0]!.replaceChildren(...problem.decisions.map(({ id, asks, took, other, number, because }) => {
    const mine = session.decided.get(id), name = `mock-${id}`;
    const why = make("input", { type: "text", maxLength: 200, value: mine?.why ?? "", id: `${name}-why`, autocomplete: "off" });
    const hidden = mine?.a !== "other";
    const radios = DEFENDED.map(([a, words]) =>
      make("label", {}, make("input", { type: "radio", name, value: a, checked: mine?.a === a }), ` ${words}`));
    const box = make("fieldset", {}, make("legend", {}, ...said(asks)),
      make("p", {}, make("strong", {}, "Ours: "), ...said(took), ` (${number}). `, ...said(because)),
      make("p", { className: "wh-see__answers" }, ...radios),
      make("p", { className: "wh-mock__field", hidden }, make("label", { htmlFor: why.id }, "What you took, and why"), " ", why),
      make("p", { className: "wh-mock__argument", hidden }, make("strong", {}, "Where the number says otherwise: "), ...said(other), "."));
    box.addEventListener("change", () => {
      const a = box.querySelector<HTMLInputElement>("input:checked")?.value as Took | undefined;
      if (!a) return;
      for (const one of box.querySelectorAll<HTMLElement>(".wh-mock__field, .wh-mock__argument")) one.hidden = a !== "other";
      void put("mock.decide", { fork: id, a, ...(a === "other" && why.value.trim() && { why: why.value.trim() }) });
    });
    return box;
  }));
  part("balls")[0]!.replaceChildren(...(balls.length ? balls.map(({ ball, t }) => make("div", { className: "wh-mock__answer" },
    make("p", {}, make("strong", {}, `${clock(t)} `), ...said(ball.say), ` It attacks: ${ball.attacks}`),
    make("p", {}, ...said(ball.answer), " ", linked(ball.pattern, true)))) : [make("p", {}, "None were thrown.")]));
  void own(room, "compare");
  const box = part("stages")[0]!;
  if (box.dataset["of"] === problem.slug) return;
  try {
    box.replaceChildren(...(await stages(whole.href)));
    box.dataset["of"] = problem.slug;
  } catch {
    box.replaceChildren(make("p", {}, "The drawings could not be loaded. The whole solution, below, has them."));
  }
}

/** The board in three stages, from the problem's own page: its text, its drawings, and the styles that they need. */
async function stages(page: string): Promise<Node[]> {
  const answer = await fetch(page);
  if (!answer.ok) throw new Error(page);
  const there = new DOMParser().parseFromString(await answer.text(), "text/html");
  const sheets = [...there.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]:not([media])')];
  await Promise.all(sheets.map((link) => sheet(link.getAttribute("href")!.split("/").at(-1)!)));
  const head = there.querySelector("#the-board-in-three-stages")!, out: Node[] = [];
  for (let at = head.nextElementSibling; at && at.tagName !== "H2"; at = at.nextElementSibling) {
    const mine = document.importNode(at, true);
    for (const link of mine.querySelectorAll("a")) {
      link.href = new URL(link.getAttribute("href")!, new URL(page, location.href)).href;
      link.target = "_blank";
    }
    for (const link of mine.querySelectorAll(".headerlink")) link.remove();
    out.push(mine);
  }
  return out;
}

export function debriefStage(room: Room): void {
  const { root, part, plan, problem, session, balls, earlier, put } = room;
  void own(room, "debrief");
  const made = debrief(plan, problem, session, balls, earlier);
  write(part("title")[0]!, made.title);
  const section = ([head, rows]: [string, string[]]) => make("section", {}, make("h3", {}, head), make("ul", {}, ...items(rows)));
  part("parts")[0]!.replaceChildren(...made.parts.map(section));
  part("next")[0]!.replaceChildren(...made.next.map((one) => 
    make("li", {}, `${one.say} `, linked(one.link), ...(one.cards ? [" and ", linked(one.cards)] : []))));
  const site = new URL(address(), location.href).href;
  root.querySelector<HTMLElement>("[data-do=save]")!.onclick = () =>
    save(`rehearsal-${when(session).slice(0, 10)}-${problem.slug}.md`, markdown(made, site), "text/markdown");
  root.querySelector<HTMLElement>("[data-part=print]")!.onclick = () => print();
  const text = root.querySelector<HTMLTextAreaElement>("#mock-seat")!, both = part("both")[0]!;
  part("seat")[0]!.hidden = !session.partner && !session.seat;
  if (!text.value || text.dataset["of"]) text.value = session.seat ?? ""; // at first it may hold what was typed before a reload
  text.dataset["of"] = session.id;
  const lay = () => {
    beside(text.value);
    if (seat(text.value).seen.size) void put("mock.seat", { text: text.value });
  };
  root.querySelector<HTMLElement>("[data-do=seat]")!.onclick = lay;
  root.querySelector<HTMLInputElement>("#mock-seat-file")!.onchange = async ({ target }) => {
    const field = target as HTMLInputElement, file = field.files?.[0];
    if (!file) return;
    text.value = (await file.slice(0, LARGEST).text()).trim();
    field.value = "";
    lay();
  };
  beside(session.seat ?? "");

  /** Two records side by side, and where they differ. */
  function beside(theirs: string): void {
    const { seen, notes } = seat(theirs), words = { yes: "yes", no: "no", none: "not reached" };
    both.replaceChildren();
    if (!theirs.trim()) return;
    if (!seen.size) {
      return both.append(make("p", { role: "status" }, "This is no record of a partner's page: no line of it is an observation."));
    }
    const rows = plan.rubric.flatMap(({ slug, name, see }) => plan.levels.map(([level, title], i) => {
      const [mine, other] = [session.seen.get(key(slug, level)) ?? "none", seen.get(key(slug, level)) ?? "none"];
      const cells = [`${name}, ${title}: ${see[i]}`, words[mine], words[other]].map((text) => make("td", {}, text));
      return make("tr", { className: mine === other ? "" : "wh-mock__differ" }, ...cells);
    }));
    const head = make("tr", {}, ...["What is looked for", "You", "Your partner"].map((one) => make("th", { scope: "col" }, one)));
    const differ = rows.filter(({ className }) => className).length;
    both.append(make("h3", {}, "Two records"), make("p", {}, `You differ on ${differ} of ${rows.length}. Talk about these first.`),
      make("div", { className: "wh-scroll", tabIndex: 0, role: "region", "aria-label": "Two records" },
        make("table", {}, make("thead", {}, head), make("tbody", {}, ...rows))));
    if (notes.length) both.append(make("h3", {}, "Your partner's notes"), make("ul", {}, ...items(notes)));
  }
}
