// Light and dark: follows the system until the reader chooses.
import { browserStore } from "./storage";

export function scheme(button: HTMLButtonElement | null): void {
  const root = document.documentElement;
  const chosen = browserStore().read("wh-scheme");
  if (chosen === "light" || chosen === "dark") root.dataset.scheme = chosen; // again, where a host's policy stopped the inline script
  const dark = () => (root.dataset.scheme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  button?.addEventListener("click", () => {
    root.dataset.scheme = dark() ? "light" : "dark";
    browserStore().write("wh-scheme", root.dataset.scheme);
  });
}
