// "Kafka vs RabbitMQ", "offset or cursor": a query that names two.

const INSTEAD = String.raw`instead\s+of|rather\s+than|(?:as\s+(?:an?\s+)?)?(?:alternative\s+to|replacement\s+for)`;
const BETWEEN = new RegExp(String.raw`^(.+?)\s+(?:vs\.?|versus|or|against|compared\s+(?:to|with)|${INSTEAD})\s+(.+)$`, "i");
const DIFFERENCE =
  /\b(?:differences?|differ|choose|choosing|decide|compare|comparison)\b(?:\s+(?:between|of))?\s+(.+?)\s+(?:and|with|to|or|vs\.?)\s+(.+)$/i;
const AROUND = /^(?:(?:what|which)(?:\s+is|'s|\s+are)?|when\s+to\s+use|should\s+i\s+use|use|is|a|an|the)\s+/i;

/** Both sides, where a query names two. */
export function sides(query: string): [string, string] | undefined {
  const text = query.trim().replace(/[?!.]+$/, "");
  const found = DIFFERENCE.exec(text) ?? BETWEEN.exec(text);
  const bare = (side: string) => side.replace(AROUND, "").trim();
  return found ? [bare(found[1]), bare(found[2])] : undefined;
}
