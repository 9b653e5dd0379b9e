// node tests/machines/rehearsal.mjs < {plan, problem, sessions: [{events, t}], seeds}: what the page would make of them, as JSON.
import { readFileSync } from "node:fs";
import { debrief, markdown, seat } from "../../frontend/rehearse/debrief.ts";
import { share, shared, surprise, thrown } from "../../frontend/rehearse/plan.ts";
import { elapsed, held, ran, sessions, setBack, slept, spent, stage } from "../../frontend/rehearse/state.ts";
import { borders, clock, span, standing } from "../../frontend/rehearse/words.ts";

/** @typedef {import("../../frontend/rehearse/plan.ts").Plan} Plan */
/** @typedef {{ wall: number, mono: number }} Look */
/** @typedef {import("../../frontend/rehearse/plan.ts").Problem} Problem */
/** @typedef {import("../../frontend/rehearse/state.ts").Event} Event */
/**
 * @type {{ plan: Plan, problem: Problem, events?: Event[], at?: number[], seeds?: [number, string][], recent?: string[],
 *   links?: string[], looks?: [Look, Look][], spans?: number[], seats?: string[] }}
 */
const given = JSON.parse(readFileSync(0, "utf8"));
const { plan, problem, events, at = [], seeds = [], recent = [], links = [], looks = [], spans = [], seats = [] } = given;
const all = sessions(events ?? []);
const s = all.at(-1);
const slot = s && plan.slots[s.slot];
const balls = s ? thrown(plan, s.slot, problem, s.seed) : [];
const levels = plan.levels.map(([slug]) => slug);
const rows = s && slot ? at.map((now) => {
  const t = elapsed(s, now), phases = ran(s, slot, Math.min(t, s.slot * 60_000)), last = phases.at(-1);
  const passed = borders(plan, slot, s, balls, t).filter((border) => border.t <= t);
  return { t, stage: stage(s, t), phases, spent: spent(s, slot, t), says: last && standing(plan, slot, last, t), borders: passed };
}) : [];
process.stdout.write(JSON.stringify({
  rows,
  session: s && { ...s, begun: [...s.begun], answered: [...s.answered], seen: [...s.seen], decided: [...s.decided] },
  sessions: all.length,
  held: s && plan.rubric.map(({ slug }) => held(s, slug, levels)),
  text: s && markdown(debrief(plan, problem, s, balls, all.slice(0, -1)), "https://example.org/guide/"),
  thrown: seeds.map(([slot_, seed]) => thrown(plan, slot_, problem, seed).map(({ ball, t }) => [ball.id, ball.attacks, t])),
  surprise: seeds.map(([slot_, seed]) => surprise(plan, slot_, recent, seed)),
  links: links.map((text) => { const found = shared(text, plan); return found ? [found, share(found)] : null; }),
  looks: looks.map(([before, now]) => [setBack(before, now), slept(before, now)]),
  spans: spans.map((ms) => [span(ms), clock(ms)]),
  seats: seats.map((text) => { const { seen, notes } = seat(text); return [Object.fromEntries(seen), notes]; }),
}));
