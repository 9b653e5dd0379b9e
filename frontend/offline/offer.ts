// The button at the foot of every page; what it does is loaded on the click, or where a copy was begun.
import { address } from "../address";
import { make } from "../make";

export function offerToKeep(box: HTMLElement | null): void {
  if (!box || !("serviceWorker" in navigator) || !("caches" in window)) return;
  const button = make("button", { type: "button", className: "wh-offline" }, `Keep the guide offline (${box.dataset["size"]} MB)`);
  const load = (asked: boolean) => import("./mount").then(({ offline }) => offline(box, button, asked));
  const first = () => {
    button.removeEventListener("click", first);
    load(true).catch((error) => {
      button.addEventListener("click", first);
      throw error;
    });
  };
  button.addEventListener("click", first);
  box.append(button);
  const begun = (registration?: ServiceWorkerRegistration) => {
    if (!registration) return;
    button.removeEventListener("click", first);
    void load(false);
  };
  navigator.serviceWorker.getRegistration(address()).then(begun, () => {});
}
