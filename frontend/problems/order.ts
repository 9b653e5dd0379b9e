// The catalogue of problems in one order at a time, chosen by the reader and kept in the address. Without scripts all lists stand.
import { readdress } from "../address";

interface List {
  section: HTMLElement;
  /** The id of its heading: so a link of the contents leads to it, shown or not. */
  id: string;
  radio: HTMLInputElement;
}

export function order(box: HTMLElement): void {
  const lists: List[] = [...box.querySelectorAll<HTMLElement>("[data-order]")].map((section) => ({
    section,
    id: section.querySelector("h2")!.id,
    radio: box.querySelector<HTMLInputElement>(`input[value="${section.dataset["order"]}"]`)!,
  }));
  const show = (chosen: List) => {
    for (const one of lists) {
      one.section.hidden = one !== chosen;
      one.radio.checked = one === chosen;
    }
  };
  const named = () => lists.find(({ id }) => `#${id}` === location.hash);
  for (const one of lists) {
    one.radio.addEventListener("change", () => {
      show(one);
      readdress(`#${one.id}`);
    });
  }
  addEventListener("hashchange", () => {
    const found = named();
    if (!found) return;
    show(found);
    found.section.scrollIntoView();
  });
  show(named() ?? lists[0]!);
  box.dataset["on"] = "";
}
