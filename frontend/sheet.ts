// Style sheets that come with what a script adds to the page, see frontend/styles.mjs.
import { address } from "./address";
import { make } from "./make";

/** Adds a style sheet of the site, once; rejects where it cannot be had. */
export function sheet(file: string): Promise<unknown> {
  const href = address(`assets/${file}`);
  if (document.querySelector(`link[href="${href}"]`)) return Promise.resolve();
  const link = make("link", { rel: "stylesheet", href });
  const loaded = new Promise((resolve, reject) => {
    link.addEventListener("load", resolve);
    link.addEventListener("error", () => {
      link.remove();
      reject(new Error(href));
    });
  });
  document.head.append(link);
  return loaded;
}
