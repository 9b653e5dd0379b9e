import { make } from "../make";

/** Hands a file to the reader: on a phone by its sheet for sharing, elsewhere as a download. */
export async function hand(file: File): Promise<void> {
  if (matchMedia("(pointer: coarse)").matches && navigator.canShare?.({ files: [file] })) {
    try {
      return await navigator.share({ files: [file] });
    } catch (error) {
      if ((error as DOMException).name === "AbortError") return;
    }
  }
  const link = make("a", { href: URL.createObjectURL(file), download: file.name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
