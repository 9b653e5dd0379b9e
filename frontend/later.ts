// What is loaded on a click or a focus may be gone: the site was published anew, or the network is not there. Then the
// reader is told which.
import { say } from "./notice";

/** Says what is the matter, where something could not be loaded. */
export async function explain(): Promise<void> {
  if (await outdated()) say("This guide has been updated since you opened this page.", "reload");
  else say("This part could not be loaded: the network does not answer.");
}

/** True where the site now serves this page with another script. */
async function outdated(): Promise<boolean> {
  const own = document.querySelector<HTMLScriptElement>("script[type=module][src]")?.src.split("/").at(-1);
  try {
    const answer = await fetch(location.pathname, { cache: "no-store", headers: { accept: "text/html" } });
    return answer.ok && !(await answer.text()).includes(own ?? "");
  } catch {
    return false;
  }
}
