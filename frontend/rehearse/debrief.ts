// What a rehearsal comes to: where the minutes went, what held, what was not seen, what to do next. The same events give the same
// text, byte for byte, on every device: days are those of the reader's clock when it began.
import { MINUTE, type Link, type Plan, type Problem, type Thrown } from "./plan.ts";
import { held, key, ran, spent, type Answer, type Session } from "./state.ts";
import { clock, day, local, span, when } from "./words.ts";

export interface Debrief {
  title: string;
  /** A heading and its lines. */
  parts: [string, string[]][];
  /** `cards`: those of the pattern that is linked, to be asked. */
  next: { say: string; link: Link; cards?: Link }[];
}

const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const ended = (s: Session) => s.ended ?? s.slot * MINUTE;
/** "+3", "-2" or "0": minutes to the plan. */
const off = (ms: number) => {
  const n = Math.round(ms / MINUTE);
  return n > 0 ? `+${n}` : n ? `\u2212${-n}` : "0";
};

interface Line { name: string; planned: number; took: number }
function lines(plan: Plan, s: Session): Line[] {
  const slot = plan.slots[s.slot]!;
  return slot.parts.map(([slug, from, to], i) => {
    const one = ran(s, slot, ended(s))[i];
    return { name: plan.phases[slug]!.name, planned: (to - from) * MINUTE, took: one ? (one.ended ?? ended(s)) - one.began : 0 };
  });
}

/** Dimensions from the weakest: by the levels that hold, then by what was answered no. */
function weakest(plan: Plan, s: Session): Plan["rubric"] {
  const levels = plan.levels.map(([slug]) => slug);
  const denied = (slug: string) => levels.filter((level) => s.seen.get(key(slug, level)) === "no").length;
  const worth = (slug: string) => levels.indexOf(held(s, slug, levels)) - denied(slug) / 10;
  return [...plan.rubric].sort((a, b) => worth(a.slug) - worth(b.slug));
}

export function debrief(plan: Plan, problem: Problem, s: Session, balls: readonly Thrown[], earlier: readonly Session[]): Debrief {
  const slot = plan.slots[s.slot]!, levels = plan.levels.map(([slug]) => slug), named = new Map(plan.levels);
  const aimed = levels.indexOf(s.level);
  const parts: Debrief["parts"] = [];

  const minutes = lines(plan, s).map(({ name, planned, took }) =>
    `${name}: ${planned / MINUTE} planned, ${Math.round(took / MINUTE)} taken (${off(took - planned)})`);
  minutes.push(`Reserve: ${Math.round(spent(s, slot, ended(s)) / MINUTE)} of ${slot.reserve} used`);
  if (ended(s) < s.slot * MINUTE - 1000) minutes.push(`Ended after ${clock(ended(s))} of ${s.slot}:00`);
  parts.push(["Where the minutes went", minutes]);

  parts.push(["What held", plan.rubric.map(({ slug, name }) => {
    const level = held(s, slug, levels), enough = levels.indexOf(level) >= aimed;
    return `${name}: ${named.get(level) ?? "no level"}${enough ? "" : `, aimed at ${named.get(s.level)}`}`;
  })]);

  const of = (a: Answer) => plan.rubric.flatMap(({ slug, name, see }) =>
    see.flatMap((text, i) => (i <= aimed && (s.seen.get(key(slug, levels[i]!)) ?? "none") === a ? [`${name}: ${text}`] : [])));
  const [missed, unreached] = [of("no"), of("none")];
  if (missed.length) parts.push(["Not seen", missed]);
  if (unreached.length) parts.push(["Not reached", unreached]);

  if (s.balls && balls.length) {
    parts.push(["Curveballs", balls.filter(({ t }) => t < ended(s)).map(({ ball, t }) => {
      const got = s.answered.get(ball.id);
      const alone = !got ? "Not answered" : got.a === "waived" ? "Waived" : `Answered in ${span(got.t - t)}`;
      return `${clock(t)} ${ball.say} ${s.partner ? "Thrown by your partner" : alone}. Ours: see ${ball.pattern[1]}.`;
    })]);
  }

  const words = { same: "The same.", other: "Another, and you defend it; ours:", missed: "Missed; ours:" };
  const decided = problem.decisions.flatMap(({ id, asks, took }) => {
    const mine = s.decided.get(id);
    if (!mine) return [];
    return [`${asks} ${words[mine.a]}${mine.a === "same" ? "" : ` ${took}.`}${mine.why ? ` You said: ${mine.why}` : ""}`];
  });
  if (decided.length) parts.push(["Decisions", decided]);

  const told = { mark: "marked", interrupted: "interrupted", look: "looked something up", slept: "the device slept" };
  const marks = s.marks.map(({ t, what, text, ms }) =>
    `${clock(t)} ${told[what]}${ms ? ` for ${span(ms)}` : ""}${text ? `: ${text}` : ""}`);
  if (marks.length) parts.push(["On the way", marks]);

  const past = earlier.filter((one) => !one.abandoned && one.seen.size > 0);
  if (past.length) {
    const all = [...past, s], weak = weakest(plan, s)[0]!;
    const held_ = all.filter((one) => levels.indexOf(held(one, weak.slug, levels)) >= levels.indexOf(one.level)).length;
    const over = plan.slots[s.slot]!.parts.map(([slug]) => slug).map((slug) => [slug, all.filter((one) => {
      const parts_ = plan.slots[one.slot]?.parts ?? [], at = parts_.findIndex(([other]) => other === slug);
      const line = at < 0 ? undefined : lines(plan, one)[at];
      return line && line.took - line.planned >= MINUTE;
    }).length] as const).sort((a, b) => b[1] - a[1])[0]!;
    const last = past.at(-1)!;
    const at = (one: Session, slug: string) => levels.indexOf(held(one, slug, levels));
    const better = plan.rubric.filter(({ slug }) => at(s, slug) > at(last, slug));
    const worse = plan.rubric.filter(({ slug }) => at(s, slug) < at(last, slug));
    const list = (rows: Plan["rubric"]) => rows.map(({ name }) => name.toLowerCase()).join(", ") || "nothing";
    parts.push(["Against the last", [
      `${all.length} rehearsals in all; ${weak.name.toLowerCase()} held the level aimed at in ${held_} of them`,
      over[1] ? `${plan.phases[over[0]]!.name} overran in ${over[1]} of ${all.length}` : "No phase overran",
      `Higher than last time: ${list(better)}; lower: ${list(worse)}`,
    ]]);
  }

  const drawn = s.typed.split("\n").map((line) => line.trim().replace(/^[-*•–](?!>)\s*/, "")).filter(Boolean);
  if (drawn.length) parts.push(["The board, as typed", drawn]);

  const weak = weakest(plan, s)[0]!;
  const gap = balls.find(({ ball }) => s.answered.get(ball.id)?.a === "waived") ?? balls.find(({ ball }) => !s.answered.has(ball.id));
  const pattern = gap?.ball.pattern ?? problem.patterns[0]!;
  const again = local(s, 4), sibling: Link = [`problems/${problem.near[0]}/`, problem.near[1]];
  const cards: Link = [`practice/ask/#pattern=${pattern[0].split("/")[1]}`, "its cards"];
  const next = [
    { say: `Today: what ${weak.name.toLowerCase()} asks for.`, link: weak.read },
    { say: `Tomorrow: a sibling problem, starting with ${weak.name.toLowerCase()}.`, link: sibling },
    { say: `${DAYS[again.getUTCDay()]}, ${day(again)}: this problem again, after`, link: pattern, cards },
  ];
  const title = `${problem.name} · ${s.slot} minutes · aimed at ${named.get(s.level)} · seed ${s.seed} · ${when(s)}`;
  return { title, parts, next };
}

/** The whole as Markdown; `site` is the address of the site's root, for the links. */
export function markdown({ title, parts, next }: Debrief, site: string): string {
  const text = (line: string) => line.replace(/[\\*_<>[\]#|]/g, "\\$&").replace(/\s+/g, " ");
  const blocks = parts.map(([head, rows]) => `## ${head}\n\n${rows.map((row) => `- ${text(row)}`).join("\n")}\n`);
  const leads = ([to, words]: Link) => `[${text(words)}](${site}${to})`;
  const steps = next.map(({ say, link, cards }, i) => `${i + 1}. ${text(say)} ${leads(link)}${cards ? ` and ${leads(cards)}` : ""}`);
  return `# Rehearsal: ${text(title)}\n\n${blocks.join("\n")}\n## Next\n\n${steps.join("\n")}\n`;
}

/** What a partner's page gives as text, an observation a line; what is no such line is a note. */
export function seat(text: string): { seen: Map<string, Answer>; notes: string[] } {
  const seen = new Map<string, Answer>(), notes: string[] = [];
  for (const line of text.split(/\r?\n/)) {
    const found = /^\s*[-*]\s*([a-z-]+\.[a-z]+): (yes|no|not reached)\s*$/.exec(line);
    if (found) seen.set(found[1]!, found[2] === "not reached" ? "none" : (found[2] as Answer));
    else if (/^\s*[-*]\s+\S/.test(line)) notes.push(line.replace(/^\s*[-*]\s+/, "").trim());
  }
  return { seen, notes };
}
