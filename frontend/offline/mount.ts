// The button in the footer that keeps the whole guide for reading without a network.
import { address } from "../address";
import { make } from "../make";
import type { Order } from "./worker";

export function offline(box: HTMLElement | null): void {
  if (!box || !("serviceWorker" in navigator)) return;
  const button = make("button", { type: "button", className: "wh-offline" });
  const status = make("span", { role: "status" });
  box.append(button, status);

  const order = async (
    registration: ServiceWorkerRegistration, what: Order, share: (part: number) => void = () => {},
  ): Promise<void> => {
    const worker = registration.active ?? (await navigator.serviceWorker.ready).active;
    const channel = new MessageChannel();
    return new Promise((resolve, reject) => {
      channel.port1.onmessage = ({ data }) => {
        if (data.share) return share(data.share);
        channel.port1.onmessage = null; // files that were under way may still arrive and be told
        return data.done ? resolve() : reject(new Error(data.failed));
      };
      worker!.postMessage(what, [channel.port2]);
    });
  };
  const show = (isKept: boolean) => {
    button.textContent = isKept ? "Remove the offline copy" : `Keep the guide offline (${box.dataset["size"]} MB)`;
    button.onclick = isKept ? drop : keep;
  };
  const keep = async () => {
    button.disabled = true;
    try {
      const registration = await navigator.serviceWorker.register(address("sw.js"), { scope: address() });
      await order(registration, "keep", (part) => (status.textContent = `${Math.round(100 * part)}%`));
      status.textContent = "Kept: every page opens without a network.";
      show(true);
    } catch {
      status.textContent = "That did not work; nothing that you had is lost. Try again when the network is back.";
    }
    button.disabled = false;
  };
  const drop = async () => {
    const registration = await navigator.serviceWorker.getRegistration(address());
    if (registration) {
      await order(registration, "drop");
      await registration.unregister();
    }
    status.textContent = "Removed.";
    show(false);
  };
  show(false);
  if (navigator.serviceWorker.controller) {
    show(true);
    const check = (found?: ServiceWorkerRegistration) => found && order(found, "check").catch(() => {}); // offline: the copy stays
    void navigator.serviceWorker.getRegistration(address()).then(check);
  }
}
