// One line at the foot of the window, which says what a page cannot do and what helps.
import { make } from "./make";
import { keepTyped } from "./typed";

const SHORT = 12_000; // milliseconds for a line that asks for nothing
const told = new Set<string>();

/** Says a line once a page; with "reload" it stays, and offers to load the page again without losing what was typed. */
export function say(text: string, offer?: "reload"): void {
  if (told.has(text)) return;
  told.add(text);
  const notice = make("p", { className: "wh-notice", role: "status" }, text);
  document.body.append(notice);
  if (!offer) return void setTimeout(() => notice.remove(), SHORT);
  const reload = make("button", { type: "button" }, "Reload");
  reload.addEventListener("click", () => {
    keepTyped();
    location.reload();
  });
  const close = make("button", { type: "button" }, "Later");
  close.addEventListener("click", () => notice.remove());
  notice.append(" ", reload, " ", close);
}
