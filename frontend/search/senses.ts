// Words that mean the same here. A word stands in a group by one of its senses, so "book" is to reserve and not to read.
import { stem } from "./words.ts";

/**
 * From WordNet 3.0 (Princeton University; WordNet License, which allows use and change with its notice): the members of a set of
 * synonyms that readers of this guide may type, below the number of that set. Chosen by sense, whole sets are not taken.
 */
const WORDNET = `
v02498320 reserve book hold
v00999833 erase delete
v00427397 vanish disappear
v02237356 refuse reject decline
v02247995 recover retrieve regain
v01378574 spread distribute
n03925226 photograph photo picture
n03931044 picture image
n06613686 movie film
v02207224 buy purchase
v02320392 charge bill
v00345761 begin start
v02559752 stop halt
v00243124 merge unify
v01734520 duplicate double
v00260648 repair fix mend
v00126264 change alter modify
a01382086 large big
v00815704 answer reply respond
v01380656 gather collect
v01345127 shut close
v00721455 find discover
v02423183 allow permit
v02467662 divide split separate
n10577284 seller vendor
v02669477 exceed surpass
n06803157 alarm alert
n06769392 mistake error
a00632438 wrong incorrect
a00444519 near close
a02378497 simultaneous concurrent
a00035058 often frequently
v00484166 finish complete
v01654289 fake forge
n04202417 store shop
a00037188 idle unused
v00233335 restrict limit throttle
v00799816 annul revoke
v02144853 hide conceal
n00634586 tally count
v00672451 guess estimate
`;

/** What people of this field say for one another; WordNet has these words, but not these senses. */
const FIELD = `
- charge payment
- twice double duplicate
- stale old outdated expired
- database db postgres mysql sql
- crash die dead down outage fail
- master leader primary
- slave replica follower standby secondary
- image thumbnail
- login signin logon auth
- hang stuck freeze
- lost missing vanish disappear
- server machine node host instance pod container
- job task cron
- remove delete purge clear
- release deploy rollout ship
- overwrite clobber
- user customer client
- slow latency delay late lag
- overload flood spike burst peak surge
- queue backlog
- memory ram heap oom
- message event
- search lookup
- phone mobile device
- tenant company
- password credential
- pager page
- identical same
- browser tab
- friend follower
- seat slot ticket
`;

const LIKE = new Map<string, Set<string>>();
for (const line of `${WORDNET}\n${FIELD}`.split("\n").filter(Boolean)) {
  const group = line.split(" ").slice(1).map(stem);
  for (const word of group) LIKE.set(word, new Set([...(LIKE.get(word) ?? []), ...group.filter((other) => other !== word)]));
}

/** Stems that often stand for this one. */
export const alike = (own: string): readonly string[] => [...(LIKE.get(own) ?? [])];
