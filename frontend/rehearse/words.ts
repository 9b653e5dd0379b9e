// What the clock says, in words: how late a phase is, who pays for it, and what is announced at each border. Plain values.
import { MINUTE, type Plan, type Slot, type Thrown } from "./plan.ts";
import { ran, type Ran, type Session } from "./state.ts";

/** "3 minutes", "2.5 minutes", "1 minute", "40 seconds"; from ten minutes on no halves. */
export function span(ms: number): string {
  const seconds = Math.round(Math.abs(ms) / 1000), minutes = seconds < 600 ? Math.round(seconds / 30) / 2 : Math.round(seconds / 60);
  return seconds < 90 && seconds !== 60 ? `${seconds} second${seconds === 1 ? "" : "s"}` : `${minutes} minute${minutes === 1 ? "" : "s"}`;
}

const two = (n: number) => String(n).padStart(2, "0");

/** "28:10", as a clock shows it; hours where there are any. */
export function clock(ms: number): string {
  const seconds = Math.floor(Math.max(0, ms) / 1000);
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** The day of a rehearsal by the reader's clock, or so many days after it. */
export const local = (s: Session, days = 0) => new Date(s.at + s.tz * MINUTE + days * 86_400_000);
export const day = (d: Date) => `${d.getUTCFullYear()}-${two(d.getUTCMonth() + 1)}-${two(d.getUTCDate())}`;
/** "2026-11-26 19:04" */
export function when(s: Session): string {
  const d = local(s);
  return `${day(d)} ${two(d.getUTCHours())}:${two(d.getUTCMinutes())}`;
}

const SOON = 30_000; // ms: nobody calls that late

/** How a phase begins against the plan, and who pays. */
export function entering(plan: Plan, slot: Slot, phase: Ran): string {
  const { name } = plan.phases[phase.slug]!, late = phase.began - phase.planned[0], reserve = slot.reserve * MINUTE;
  if (late <= -SOON) return `${name} starts ${span(late)} early.`;
  if (late < SOON) return `${name} starts on time.`;
  const own = late - reserve;
  if (own < SOON) return `${name} starts ${span(late)} late; the reserve pays for it.`;
  const rest = phase.due > phase.began ? `; ${span(phase.due - phase.began)} are left for it` : "; none of its minutes are left";
  return `${name} starts ${span(late)} late: ${span(reserve)} from the reserve, ${span(own)} of its own${rest}.`;
}

/** How the phase in force stands at `t`: what is left, or who pays for the overrun now. */
export function standing(plan: Plan, slot: Slot, phase: Ran, t: number): string {
  const left = phase.due - t;
  if (left > 0) return `${span(left)} left`;
  const place = slot.parts.findIndex(([slug]) => slug === phase.slug), next = slot.parts[place + 1];
  const reserve = phase.planned[1] + slot.reserve * MINUTE - t;
  const over = `${span(left)} over`;
  if (reserve > 0) return `${over}, paid by the reserve: ${span(reserve)} of it left`;
  return next ? `${over}; the reserve is spent, and ${plan.phases[next[0]]!.name} loses this time` : over;
}

export interface Border {
  t: number;
  say: string;
}

/** Everything that is announced, once each, in order, as the rehearsal stands at `t`. */
export function borders(plan: Plan, slot: Slot, s: Session, balls: readonly Thrown[], t: number): Border[] {
  const end = Math.min(s.ended ?? Infinity, s.slot * MINUTE), out: Border[] = [];
  for (const [i, phase] of ran(s, slot, t).entries()) {
    const { name } = plan.phases[phase.slug]!, next = slot.parts[i + 1], spent = phase.planned[1] + slot.reserve * MINUTE;
    const over = phase.ended ?? Infinity, begins = entering(plan, slot, phase);
    const opens = i ? begins : `The clock runs. ${name}: ${span(phase.due - phase.began)}.`;
    out.push({ t: phase.began, say: phase.began && s.begun.get(i) !== phase.began ? `Moved on by the clock. ${begins}` : opens });
    if (phase.due < over) {
      const price = spent > phase.due ? "the reserve" : "its minutes";
      const then = next ? ` Go on to ${plan.phases[next[0]]!.name}, or press on at the cost of ${price}.` : " What is left is the reserve.";
      out.push({ t: phase.due, say: `${name} is over by the plan.${then}` });
    }
    if (next && spent > phase.due && spent < over) {
      out.push({ t: spent, say: `The reserve is spent. ${plan.phases[next[0]]!.name} now loses what ${name} takes.` });
    }
  }
  if (s.balls && !s.partner) for (const { ball, t: when } of balls) out.push({ t: when, say: `Curveball: ${ball.say}` });
  out.push({ t: s.slot * MINUTE - MINUTE, say: "One minute left." }, { t: s.slot * MINUTE, say: "Time is up." });
  return out.filter((one) => one.t <= end).sort((a, b) => a.t - b.t);
}
