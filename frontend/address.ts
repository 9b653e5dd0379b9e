// The one way to the site's root, wherever the page lies and whatever base the host serves it below.

const { base = "." } = document.documentElement.dataset; // written into every page, see overrides/main.html
const root = new URL(`${base.replace(/\/$/, "")}/`, location.href);

/** The whole address of a place, given from the root: address("patterns/"). */
export const address = (place = ""): string => new URL(place, root).href;
