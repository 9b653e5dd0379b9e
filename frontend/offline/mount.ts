// The foot of the page: what is kept for reading without a network, and the buttons that keep, go on and remove.
import { address } from "../address";
import { make } from "../make";
import { say } from "../notice";
import { type Order, type State, type Told, type Trouble, whole } from "./copy";

const SILENCE = 30_000; // milliseconds without a word, after which the worker has been ended and is asked again
const OFTEN = 15 * 60_000; // milliseconds between two looks for a newer version
const NONE: State = { have: 0, total: 0, version: "" };

/** `asked`: the reader has pressed the button already. */
export function offline(box: HTMLElement, button: HTMLButtonElement, asked: boolean): void {
  const remove = make("button", { type: "button", className: "wh-offline", hidden: true }, "Remove it");
  const status = make("span", { role: "status" });
  box.append(remove, status);
  let looked = Date.now(), reads = "";
  let turns = 0; // begun or ended orders of the reader; a look that one of them overtakes tells of a state that is gone

  const show = (state: State, said?: string) => {
    const begun = state.total > 0 && !whole(state);
    button.textContent = whole(state) ? "Remove the offline copy"
      : begun ? `Keep the missing ${state.total - state.have} files` : `Keep the guide offline (${box.dataset["size"]} MB)`;
    button.onclick = whole(state) ? drop : keep;
    remove.hidden = !begun;
    if (said !== undefined) status.textContent = said;
    else if (begun) status.textContent = `The offline copy is not whole: ${state.have} of ${state.total} files.`;
  };
  const keep = async () => {
    button.disabled = true;
    turns += 1;
    status.textContent = "Begun.";
    void navigator.storage?.persist?.(); // asks the browser not to clear it when room gets short
    try {
      const registration = await navigator.serviceWorker.register(address("sw.js"), { scope: address() });
      const worker = await ready(registration);
      const { state, trouble } = await order(worker, "keep", (part) => (status.textContent = `${Math.floor(100 * part)}%`));
      show(state, trouble ? why(trouble, state) : state.total
        ? "Kept: every page and the search open without a network. PDFs, decks and Python still need one." : "Removed.");
      reads ||= state.version;
    } catch {
      show(NONE, "This browser did not start the offline copy; private windows and some settings forbid it.");
    }
    turns += 1;
    button.disabled = false;
  };
  const drop = async () => {
    turns += 1;
    const registration = await navigator.serviceWorker.getRegistration(address());
    if (registration) {
      if (registration.active) await order(registration.active, "drop");
      await registration.unregister();
    }
    show(NONE, "Removed.");
    turns += 1;
  };
  remove.onclick = drop;

  const active = async () => (await navigator.serviceWorker.getRegistration(address()))?.active;
  const look = async (what: Order) => {
    const before = turns, overtaken = () => turns !== before || button.disabled;
    const worker = await active();
    if (overtaken()) return;
    if (!worker) return show(NONE);
    const { state } = await order(worker, what);
    if (overtaken()) return;
    show(state);
    if (reads && whole(state) && state.version !== reads) {
      say("A newer version of this guide is kept now. This page is still the one before.", "reload");
      reads = state.version;
    }
    reads ||= state.version;
  };
  show(NONE);
  if (asked) void keep();
  else void look("state").then(() => look("check"), () => {});

  // A page that stays open for days looks again when the reader comes back to it, or the network does.
  const again = () => {
    if (document.visibilityState !== "visible" || Date.now() - looked < OFTEN) return;
    looked = Date.now();
    void look("check").catch(() => {});
  };
  document.addEventListener("visibilitychange", again);
  addEventListener("online", () => {
    looked = -Infinity;
    again();
  });
  setInterval(again, OFTEN);
}

function why({ why, file, status }: Trouble, { have, total }: State): string {
  const far = total ? ` ${have} of ${total} files are kept, and stay.` : "";
  if (why === "full") return `This device, or what it lets a site keep, is full.${far} Free some room and go on, or remove the copy.`;
  if (why === "host") return `The site did not give every file (${file || "the home page"}: error ${status}).${far} Go on in a minute.`;
  return `The network was lost.${far} Go on when it is back.`;
}

/** The worker, once it runs; rejects where it never will. */
function ready({ active, installing, waiting }: ServiceWorkerRegistration): Promise<ServiceWorker> {
  const worker = active ?? waiting ?? installing;
  if (!worker) return Promise.reject(new Error("none"));
  if (worker.state === "activated" || worker === active) return Promise.resolve(worker);
  return new Promise((resolve, reject) => worker.addEventListener("statechange", () => {
    if (worker.state === "activated") resolve(worker);
    if (worker.state === "redundant") reject(new Error("redundant"));
  }));
}

/** Sends an order and hears how it goes. A browser may end a worker that takes long; then it is asked again, and goes on from there. */
function order(worker: ServiceWorker, what: Order, share: (part: number) => void = () => {}): Promise<{ state: State; trouble?: Trouble }> {
  return new Promise((resolve) => {
    let timer = 0, trouble: Trouble | undefined;
    const ask = () => {
      const channel = new MessageChannel();
      const wait = () => {
        clearTimeout(timer);
        timer = window.setTimeout(() => {
          channel.port1.onmessage = null;
          ask();
        }, SILENCE);
      };
      channel.port1.onmessage = ({ data }: MessageEvent<Told>) => {
        wait();
        if ("share" in data) share(data.share);
        if ("trouble" in data) trouble = data.trouble;
        if (!("state" in data)) return;
        clearTimeout(timer);
        channel.port1.onmessage = null; // files that were under way may still arrive and be told
        resolve({ state: data.state, ...(trouble && { trouble }) });
      };
      worker.postMessage(what, [channel.port2]);
      wait();
    };
    ask();
  });
}
