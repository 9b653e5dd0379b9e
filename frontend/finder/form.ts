// The finder's form, read and written as one value. What it offers stands in the page: nothing here knows a facet by name.
import type { Choice, Offer } from "./state";

export class Form {
  readonly element: HTMLFormElement;
  readonly query: HTMLInputElement;
  readonly facets: ReadonlyMap<string, readonly HTMLInputElement[]>;
  readonly level: HTMLSelectElement;
  private readonly sort: HTMLSelectElement;
  private readonly view: HTMLSelectElement;

  constructor(element: HTMLFormElement) {
    this.element = element;
    this.query = element.querySelector("[type=search]")!;
    const sets = [...element.querySelectorAll<HTMLElement>("[data-facet]")];
    this.facets = new Map(sets.map((set) => [set.dataset["facet"]!, [...set.querySelectorAll("input")]]));
    const select = (name: string) => element.querySelector<HTMLSelectElement>(`select[name=${name}]`)!;
    [this.sort, this.view, this.level] = [select("sort"), select("view"), select("level")];
  }

  get offer(): Offer {
    return { facets: [...this.facets.keys()], levels: [...this.level.options].map((option) => option.value) };
  }

  read(): Choice {
    const ticked = ([facet, boxes]: [string, readonly HTMLInputElement[]]) =>
      [facet, boxes.filter((box) => box.checked).map((box) => box.value)] as const;
    return {
      q: this.query.value.trim(),
      facets: Object.fromEntries([...this.facets].map(ticked)),
      sort: this.sort.value as Choice["sort"],
      view: this.view.value as Choice["view"],
      level: this.level.value,
    };
  }

  write(choice: Choice): void {
    this.query.value = choice.q;
    for (const [facet, boxes] of this.facets) for (const box of boxes) box.checked = choice.facets[facet].includes(box.value);
    this.sort.value = choice.sort;
    this.view.value = choice.view;
    this.level.value = choice.level;
    this.tell(choice);
  }

  /** Says on the fold what is chosen inside. */
  tell(choice: Choice): void {
    const chosen = Object.entries(choice.facets).flatMap(([facet, values]) => values.map((value) => this.named(facet, value)));
    this.element.querySelector(".wh-finder__chosen")!.textContent = chosen.length ? `: ${chosen.join(", ")}` : "";
    this.sort.parentElement!.hidden = !choice.q; // without a query they stand by name
  }

  /** What the page calls a value of a facet. */
  named(facet: string, value: string): string {
    const box = this.facets.get(facet)?.find((one) => one.value === value);
    return box?.nextElementSibling?.textContent ?? value;
  }

  /** How many patterns each value of a facet would show. */
  count(facet: string, numbers: ReadonlyMap<string, number>): void {
    for (const box of this.facets.get(facet) ?? []) {
      box.parentElement!.querySelector(".wh-count")!.textContent = String(numbers.get(box.value) ?? 0);
    }
  }
}
