// "My weak cards as text", on the page of the deck for Anki.
import { address } from "../address";
import { now } from "./clock";
import { deck } from "./deck";
import { ofKind } from "./events";
import { hand } from "./hand";
import { log } from "./log";
import { remembered } from "./memory";
import { parts } from "./parts";
import { asText, weak } from "./weak";

export function mount(box: HTMLElement): void {
  const { one, say } = parts(box), button = one("weak"), status = one("status");
  button.hidden = false;
  button.addEventListener("click", async () => {
    const all = await deck(), { cards: memories } = remembered(ofKind(await log.events(), "review"));
    const found = weak(all, memories, now());
    status.textContent = found.length ? say("weak", found.length) : say("none");
    if (!found.length) return;
    const text = asText(all, found, new URL(address(), location.href).href);
    await hand(new File([text], "whiteboard-hour-weak.txt", { type: "text/plain" }));
  });
}
