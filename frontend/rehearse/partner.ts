// The partner's link, as text and as a picture that another device's camera reads.
import { address } from "../address";
import { make } from "../make";
import type { Room } from "./mount";
import { share } from "./plan";

export async function partner({ root, part, session }: Room): Promise<void> {
  const link = new URL(`${address("interviewers/clock/")}#${share(session)}`, location.href).href;
  const field = root.querySelector<HTMLInputElement>("#mock-link")!;
  field.value = link;
  const copy = root.querySelector<HTMLButtonElement>("[data-do=copy]")!;
  copy.onclick = async () => {
    try {
      await navigator.clipboard.writeText(link);
      copy.textContent = "Copied";
    } catch {
      field.select();
    }
  };
  const box = part("code")[0]!;
  try {
    const { picture } = await import("./code");
    box.replaceChildren(picture(link));
  } catch {
    box.replaceChildren(make("p", {}, "The picture could not be loaded; the link above holds the same."));
  }
}
