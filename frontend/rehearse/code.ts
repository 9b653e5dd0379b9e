// A QR code as a picture of the page: dark squares on light ground, in both schemes, with the quiet zone that readers need.
import { encode } from "uqr";

const QUIET = 4; // squares around it, by the standard
const SVG = "http://www.w3.org/2000/svg";

export function picture(text: string): SVGSVGElement {
  const { data, size } = encode(text, { ecc: "M", border: QUIET });
  const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ""))).join("");
  const svg = document.createElementNS(SVG, "svg");
  const set = (element: Element, given: Record<string, string>) => {
    for (const [name, value] of Object.entries(given)) element.setAttribute(name, value);
  };
  set(svg, { viewBox: `0 0 ${size} ${size}`, role: "img", "aria-label": "QR code of the link", "shape-rendering": "crispEdges" });
  const ground = document.createElementNS(SVG, "rect"), ink = document.createElementNS(SVG, "path");
  set(ground, { width: String(size), height: String(size), fill: "#fff" });
  set(ink, { d: path, fill: "#000" });
  svg.append(ground, ink);
  return svg;
}
