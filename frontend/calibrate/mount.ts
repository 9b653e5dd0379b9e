// Calibration: an excerpt's reference stays shut until all of its dimensions are scored; then both stand side by side, and the
// agreement over all excerpts that were scored is worked out anew.
import { make } from "../make";
import { askToKeep, log } from "../practice/log";
import { agreement } from "./kappa";
import { scored, type Facts as Own, type Scored } from "./state";

declare module "../practice/events" {
  interface Kinds extends Own {}
}
const FAR = 2; // levels from which on a difference is named

export async function mount(box: HTMLElement): Promise<void> {
  const levels = box.dataset["levels"]!.split(" ");
  const part = (name: string, within: ParentNode = box) => within.querySelector<HTMLElement>(`[data-part="${name}"]`)!;
  const excerpts = [...document.querySelectorAll<HTMLElement>("[data-excerpt]")].map((one) => ({
    one, slug: one.dataset["excerpt"]!, reference: part("reference", one) as HTMLDetailsElement,
    button: one.querySelector<HTMLButtonElement>("[data-do=compare]")!,
    name: one.previousElementSibling!.firstChild!.textContent!.trim(),
    fields: [...one.querySelectorAll<HTMLFieldSetElement>("fieldset[data-dim]")].map((field) => ({
      field, dim: field.dataset["dim"]!, title: field.querySelector("legend")!.textContent!, radios: [...field.querySelectorAll("input")],
      row: one.querySelector<HTMLElement>(`[data-of="${field.dataset["dim"]}"]`)!,
    })),
  }));
  let mine: Scored = new Map();

  const words = (input: HTMLInputElement | undefined) => input?.nextElementSibling?.textContent ?? "";
  const gave = ({ radios }: (typeof excerpts)[0]["fields"][0]) => radios.find(({ checked }) => checked);

  /** How many dimensions of an excerpt still want an answer. */
  function count({ one, fields, button }: (typeof excerpts)[0]): void {
    const done = fields.filter(gave).length;
    button.disabled = done < fields.length;
    part("left", one).textContent = done && done < fields.length ? `${done} of ${fields.length} scored` : "";
  }

  function show(): void {
    for (const excerpt of excerpts) {
      const scores = mine.get(excerpt.slug);
      excerpt.one.toggleAttribute("data-scored", Boolean(scores));
      for (const { dim, field, radios, row } of excerpt.fields) {
        field.disabled = Boolean(scores);
        if (scores) for (const radio of radios) radio.checked = radio.value === scores[dim];
        const given = radios.find(({ value }) => value === scores?.[dim]);
        part("mine", row).hidden = !scores;
        part("you", row).textContent = words(given);
        row.classList.toggle("wh-excerpt__differ", Boolean(scores) && given?.value !== row.dataset["level"]);
      }
      count(excerpt);
    }
    result();
  }

  function result(): void {
    const [you, reference] = [new Map<string, number>(), new Map<string, number>()], things: string[] = [];
    const far: Node[] = [];
    for (const { slug, name, fields } of excerpts.filter((one) => mine.has(one.slug))) {
      for (const { dim, title, radios, row } of fields) {
        const thing = `${slug}.${dim}`, [a, b] = [mine.get(slug)![dim] ?? "none", row.dataset["level"]!];
        things.push(thing);
        if (levels.includes(a)) you.set(thing, levels.indexOf(a));
        if (levels.includes(b)) reference.set(thing, levels.indexOf(b));
        const both = you.has(thing) && reference.has(thing);
        if (!both || Math.abs(you.get(thing)! - reference.get(thing)!) < FAR) continue;
        const say = (value: string) => words(radios.find((radio) => radio.value === value)).toLowerCase();
        far.push(make("li", {}, make("a", { href: `#${slug}` }, name), `, ${title.toLowerCase()}: you ${say(a)}, the reference ${say(b)}`));
      }
    }
    const got = agreement(you, reference, things);
    part("none").hidden = things.length > 0;
    part("result").hidden = !things.length;
    if (!things.length) return;
    part("kappa").textContent = got.kappa === undefined ? "–" : got.kappa.toFixed(2).replace(/^-(0\.00)$/, "$1");
    const done = excerpts.filter((one) => mine.has(one.slug)).length;
    part("said").textContent = `Of ${done} of ${excerpts.length} excerpts. You and the reference both `
      + `scored ${got.both} dimensions, ${got.equal} of them alike; on whether something was shown you agree in ${got.shown} of ${got.of}.`
      + (got.kappa === undefined ? " A kappa takes scores on more than one level." : "")
      + (far.length ? ` ${FAR} levels or more apart:` : "");
    part("far").replaceChildren(...far);
  }

  const refold = async () => {
    mine = scored(await log.events());
    show();
  };
  for (const excerpt of excerpts) {
    part("scores", excerpt.one).addEventListener("change", () => count(excerpt));
    excerpt.button.addEventListener("click", async () => {
      const scores = Object.fromEntries(excerpt.fields.map((field) => [field.dim, gave(field)!.value]));
      await log.append({ k: "calibrate.score", excerpt: excerpt.slug, scores });
      await refold();
      excerpt.reference.open = true;
      excerpt.reference.querySelector("summary")!.focus();
      if (mine.size === excerpts.length) void askToKeep();
    });
  }
  box.querySelector("[data-do=anew]")!.addEventListener("click", async () => {
    await log.append({ k: "calibrate.anew" });
    await refold();
    for (const { fields, reference } of excerpts) {
      reference.open = false;
      for (const { radios } of fields) for (const radio of radios) radio.checked = false;
    }
    show();
    excerpts[0]!.one.scrollIntoView();
    excerpts[0]!.fields[0]!.radios[0]!.focus();
  });
  log.subscribe(() => void refold());
  part("without").hidden = true;
  await refold();
}
