// The one way to the site's root, wherever the page lies and whatever base the host serves it below.

const { base = "." } = document.documentElement.dataset; // written into every page, see overrides/main.html
const root = new URL(`${base.replace(/\/$/, "")}/`, location.href);

/** The address of a place that is given from the root: address("patterns/?q=lru"). Without the host, as links are written. */
export function address(place = ""): string {
  const { pathname, search, hash } = new URL(place, root);
  return pathname + search + hash;
}

/** What an address has after its #; empty where that is no valid text. */
export function fragment(hash: string): string {
  try {
    return decodeURIComponent(hash.slice(1));
  } catch {
    return "";
  }
}

/** Puts another address of this page into the bar. Browsers ration that (Safari: 100 in 30 s): then the address alone is behind. */
export function readdress(to: string, step: "push" | "replace" = "replace"): void {
  try {
    history[`${step}State`](step === "push" ? null : history.state, "", to);
  } catch {
    // the next one may come through
  }
}
