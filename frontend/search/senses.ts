// Words that mean the same here. A word stands in a group by one of its senses, so "book" is to reserve and not to read.
import { stem } from "./words.ts";

/**
 * From WordNet 3.0 (Princeton University; WordNet License, which allows use and change with its notice): the members of a set of
 * synonyms that readers of this guide may type, and below them the numbers of those sets. Chosen by sense, whole sets are not taken.
 */
const WORDNET = `
reserve book hold
erase delete
vanish disappear
refuse reject decline
recover retrieve regain
spread distribute
photograph photo picture
picture image
movie film
buy purchase
charge bill
begin start
stop halt
merge unify
duplicate double
repair fix mend
change alter modify
large big
answer reply respond
gather collect
shut close
find discover
allow permit
divide split separate
seller vendor
exceed surpass
alarm alert
mistake error
wrong incorrect
near close
simultaneous concurrent
often frequently
finish complete
fake forge
store shop
idle unused
restrict limit throttle
annul revoke
hide conceal
tally count
guess estimate
`;
// Their sets, in the same order:
// v02498320 v00999833 v00427397 v02237356 v02247995 v01378574 n03925226 n03931044 n06613686 v02207224 v02320392 v00345761
// v02559752 v00243124 v01734520 v00260648 v00126264 a01382086 v00815704 v01380656 v01345127 v00721455 v02423183 v02467662
// n10577284 v02669477 n06803157 n06769392 a00632438 a00444519 a02378497 a00035058 v00484166 v01654289 n04202417 a00037188
// v00233335 v00799816 v02144853 n00634586 v00672451

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
logout signout logoff
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
for (const line of `${WORDNET}${FIELD}`.split("\n").filter(Boolean)) {
  const group = line.split(" ").map(stem);
  for (const word of group) LIKE.set(word, new Set([...(LIKE.get(word) ?? []), ...group.filter((other) => other !== word)]));
}

/** Stems that often stand for this one. */
export const alike = (own: string): readonly string[] => [...(LIKE.get(own) ?? [])];
