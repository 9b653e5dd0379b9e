// Words that mean the same here. A word stands in a group by one of its senses, so "book" is to reserve and not to read.
import { stem } from "./words.ts";

/**
 * From WordNet 3.0 (Princeton University; WordNet License, which allows use and change with its notice): the members of a set of
 * synonyms that readers of this guide may type, below the number of that set. Chosen by sense, whole sets are not taken.
 */
const WORDNET = [
  "reserve book hold", // v02498320
  "erase delete", // v00999833
  "vanish disappear", // v00427397
  "refuse reject decline", // v02237356
  "recover retrieve regain", // v02247995
  "spread distribute", // v01378574
  "photograph photo picture", // n03925226
  "picture image", // n03931044
  "movie film", // n06613686
  "buy purchase", // v02207224
  "charge bill", // v02320392
  "begin start", // v00345761
  "stop halt", // v02559752
  "merge unify", // v00243124
  "duplicate double", // v01734520
  "repair fix mend", // v00260648
  "change alter modify", // v00126264
  "large big", // a01382086
  "answer reply respond", // v00815704
  "gather collect", // v01380656
  "shut close", // v01345127
  "find discover", // v00721455
  "allow permit", // v02423183
  "divide split separate", // v02467662
  "seller vendor", // n10577284
  "exceed surpass", // v02669477
  "alarm alert", // n06803157
  "mistake error", // n06769392
  "wrong incorrect", // a00632438
  "near close", // a00444519
  "simultaneous concurrent", // a02378497
  "often frequently", // a00035058
  "finish complete", // v00484166
  "fake forge", // v01654289
  "store shop", // n04202417
  "idle unused", // a00037188
  "restrict limit throttle", // v00233335
  "annul revoke", // v00799816
  "hide conceal", // v02144853
  "tally count", // n00634586
  "guess estimate", // v00672451
];

/** What people of this field say for one another; WordNet has these words, but not these senses. */
const FIELD = `
charge payment
twice double duplicate
stale old outdated expired
database db postgres mysql sql
crash die dead down outage fail
master leader primary
slave replica follower standby secondary
image thumbnail
login signin logon auth
hang stuck freeze
lost missing vanish disappear
server machine node host instance pod container
job task cron
remove delete purge clear
release deploy rollout ship
overwrite clobber
user customer client
slow latency delay late lag
overload flood spike burst peak surge
queue backlog
memory ram heap oom
message event
search lookup
phone mobile device
tenant company
password credential
pager page
identical same
browser tab
friend follower
seat slot ticket
`;

const LIKE = new Map<string, Set<string>>();
for (const line of [...WORDNET, ...FIELD.trim().split("\n")]) {
  const group = line.split(" ").map(stem);
  for (const word of group) LIKE.set(word, new Set([...(LIKE.get(word) ?? []), ...group.filter((other) => other !== word)]));
}

/** Stems that often stand for this one. */
export const alike = (own: string): readonly string[] => [...(LIKE.get(own) ?? [])];
