// The catalogue of problems in one order at a time, chosen by the reader and kept in the address. Without scripts all lists stand.
import { make } from "../make";

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
    radio: make("input", { type: "radio", name: "order" }),
  }));
  const show = (chosen: List) => {
    for (const one of lists) {
      one.section.hidden = one !== chosen;
      one.radio.checked = one === chosen;
    }
  };
  const named = () => lists.find(({ id }) => `#${id}` === location.hash);
  const choices = lists.map((one) => {
    one.radio.addEventListener("change", () => {
      show(one);
      history.replaceState(null, "", `#${one.id}`);
    });
    return make("label", {}, one.radio, make("span", {}, one.section.dataset["order"]!));
  });
  box.prepend(make("fieldset", { className: "wh-orders__choice" }, make("legend", {}, "Sorted by"), ...choices));
  addEventListener("hashchange", () => {
    const found = named();
    if (!found) return;
    show(found);
    found.section.scrollIntoView();
  });
  show(named() ?? lists[0]!);
}
