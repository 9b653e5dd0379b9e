// A QR code as a picture of the page: dark squares on light ground, in both schemes, with the quiet zone that readers need.
import { encode } from "uqr";
import { drawn } from "../make";

const QUIET = 4; // squares around it, by the standard

export function picture(text: string): SVGSVGElement {
  const { data, size } = encode(text, { ecc: "M", border: QUIET });
  const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ""))).join("");
  return drawn("svg", { viewBox: `0 0 ${size} ${size}`, role: "img", "aria-label": "QR code of the link", "shape-rendering": "crispEdges" },
    drawn("rect", { width: size, height: size, fill: "#fff" }),
    drawn("path", { d: path, fill: "#000" }));
}
