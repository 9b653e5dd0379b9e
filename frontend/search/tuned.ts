// Every number that the ranking depends on, each with what it does.

/**
 * Tuned on the collections of tests/search/ but for later.yml, named.yml and asked.yml, which judge, and which nobody reads. Change one
 * at a time, and read `make search-report` before and after. What a kind is worth stands with the kinds, in Python.
 */
export const TUNED = {
  /** Points for a hit, by the field that it was found in. */
  field: { title: 10.5, names: 10.5, products: 8, codes: 6.4, searches: 5.5, summary: 2.5, failures: 1, text: 1.5 },

  /** How much a term tells: a logarithm of its rarity, as in BM25. */
  information: {
    /** Below 1, common and rare words come closer together: queries are a few words, and the plain one often matters. */
    power: 0.85,
    /** At most, so that a rare word does not decide alone. */
    most: 5.5,
    /** Of a word that is found nowhere: it counts as missed, like a fairly rare one. */
    unknown: 2.4,
  },

  /** What a word of the query counts, by what it is. */
  word: {
    stop: 0.08, // "the": only to break ties
    weak: 0.56, // "system": in many queries, and says little in this field
    common: 0.55, // "after", "nobody": in what people say of anything
    other: 1,
    code: 1.6, // "ECONNRESET": says more than all that stands around it …
    letters: 4, // that a word has more than, if its capitals alone make it a code
    codes: 4, // … where so many entries have it, at most
    around: 0.6, // "sqlstate", beside a code
    status: 0.8, // "404": one that many entries have, beside other words
    number: 0.3, // "1000": a size in most queries; only where it is part of a name or a code it is a word like others
  },

  /** The last word as the beginning of one: readers see results while they type. */
  beginning: {
    letters: 2, // at least: one letter begins everything
    terms: 40, // tried at most, in the order of the alphabet
    quality: 0.6, // of a term that has just begun …
    complete: 0.3, // … and this much more as it is completed
    short: 4, // letters below which a beginning says little
    shortQuality: 0.35, // of such a beginning, where there is a better reading
  },

  /** Points for a code in the query, whatever stands around it … */
  code: {
    own: 9, // by itself …
    other: 3, // for a second one in the same name
    message: 3, // words of a message, at least, that counts like one where it stands in a longer query
    rest: 8, // letters that are left of one without "Error" or "Exception", at least
    later: 0.02, // taken off for each code that its entry names before: the first ones are its own
    exact: 1, // for one that is written as it is typed
    fits: 10, // for what is around, as far as the code's name and meaning say it
    number: 1, // of a number in a longer query that says nothing else of the code: "1000 users"
    few: 2, // … longer than this many words …
    plain: 4, // of one in a short query
  },

  /** Of the first score, what a product within a longer query adds, if so few pages say its name. */
  product: { score: 1.6, fade: 0.7, pages: 4 },

  /** The same for a pattern's name, beside a product or of several words, so many at most. */
  within: { score: 1, fade: 1, words: 4 },

  /** The same for a problem's name among other words, if so few pages say one of them; of several words, these. */
  called: { score: 2.2, fade: 0.8, pages: 2, many: 4 },

  /** Words within a few changes of the one typed. */
  typo: {
    one: 4, // letters from which one change is allowed
    two: 8, // letters from which two are
    otherFirst: 0.5, // changes that another first letter counts as on top: people seldom miss the first
    slack: 0.5, // further away than the nearest, and still kept
    words: 6, // kept at most
    ways: 72, // in which the spellings of a query's words are put together, at most
    near: 0.8, // quality of a word one change away
    far: 0.6, // and of one further away
    rare: 2, // a word found in fewer places than this may itself be a slip
    code: 7, // letters of the shortest code or brand that a spelling may lead to
    spoken: 3, // letters of the shortest word that a spelling may lead to
  },

  /** Quality of a word that means the same: less in a long query, which has words of its own to go by. */
  synonym: { quality: 0.5, words: 2, fade: 0.2 },

  /** A word with something before it that only bends its sense: "overbooked", "redeploy". */
  bent: { quality: 0.7, letters: 4 }, // letters that are left, at least

  /** Two words typed as one, where nothing else is found. */
  split: {
    letters: 6, // of the whole, at least
    half: 3, // letters of a half, at least
    quality: 0.95,
    beginning: 0.7, // quality where the second half only begins a word
    beginnings: 8, // such words at most
  },

  /** One entry's points for a word of the query. */
  points: {
    further: 0.2, // share of its points that every further hit of the same word adds
    furtherMost: 3, // points that further hits add at most
  },

  /** Share of the score that is given whatever is covered; the rest in proportion to the covered information. */
  uncovered: 0.55,
  covered: 0.36,

  /** Points for the query being, or almost being, a name. */
  name: {
    whole: 18, // the name itself, singular or plural
    bare: 14, // the same without "design a" or "how does … work"
    other: 8, // a problem's name beside another's, or in a longer query: "youtube" of "view counter for youtube"
    problems: 2, // that a query names at most …
    short: 0.95, // of those points, where the name was shortened: "fitness tracking" for "fitness tracker app"
    begins: 4, // the query begins it …
    completes: 5, // … and this much more as it is completed
    code: 0.65, // … share of a code that the query is, at least
    spelledOut: 7, // the query's initials are the name: "time to live" for TTL
    initials: 5, // the query is the name's initials: "ttl" for "time to live"
    halves: 5, // each word of the query begins one of the name, in its order: "comp tran" …
    half: 2, // … letters that each has, at least
    most: 4, // … words that the query has, at most
    words: 3, // the name has every word of the query …
    fills: 3, // … and this much more if it has no others
    own: 1.1, // a title, against an alias …
    known: 0.9, // … and a product or a code
    shown: 4, // points from which the alias is shown as the reason
    leads: 1.01, // of a term's score, for the pattern that treats it: patterns before the glossary
    starts: 0.97, // of a problem's score, for what to start with; as much of that again for the next
  },

  /** The one line of `searches` that is most like the query. */
  line: {
    points: 11.2, // for a line that is the query
    power: 2.6, // steep: half alike is worth little
    code: 0.9, // a message, against a line of `searches` …
    spoken: 2, // … of so many words at least, without what is a code by itself
    failure: 0.8, // a symptom of failure, against a line of `searches`
    shown: 0.35, // likeness from which the line is shown as the reason …
    shared: 2, // … if it shares this many words
    /** Words that an asked line needs, share of them that a failure has for it to lead there, rows that a digit can name. */
    row: { few: 4, share: 0.6, rows: 9 },
  },

  /** The second scorer, over the whole text; see whole.ts. */
  whole: {
    /** How often a word counts, by the field that it stands in. */
    field: { title: 6, names: 5, searches: 4, summary: 3, failures: 2.4, pain: 3, heard: 15, known: 1.2, fails: 1.5, asks: 0.5, body: 1 },
    heard: 350, // words of what people say that an entry has as a rule: of more, each counts less
    saturation: 60, // of a word that comes again and again, as k1 in BM25; four lines' worth
    length: 0.4, // how much a long text is held against an entry, as b in BM25
    least: 15, // such a count that a term needs: a word that comes by once or twice tells little
    levels: 8, // that a worth is rounded to
    guess: 0.4, // quality of a word that only means the same or is begun, on top of what the first scorer takes off
    share: 0.8, // of the second scorer in the sum …
    named: 8, // … and none of it for a query that has so many points as a name
  },

  /** What is read and given. */
  letters: 160, // of a query that are read
  words: 16, // of a query that are read
  results: 12, // given, if nobody says how many
  least: 0.08, // of the best score: what has less is not given …
  shown: { least: 0.83, most: 5, beside: 3 }, // … or stands behind "all results", as does what is after the first five
  nonsense: { any: 0.25, sure: 0.15 }, // share of the query's information below which nothing is found; less of a word as typed
  versus: { named: 9, score: 2 }, // points as a name that a side of "x vs y" needs, and the score of both, above all others
  nearest: { names: 3, letters: 40 }, // given when nothing matches, and letters that are compared

  /** What is kept of the running text when the index is prepared. */
  text: {
    terms: 2, // of an entry
    letters: 3, // of a term, at least
    common: 0.2, // share of the pages above which a term tells little …
    pages: 2, // … though a term on so few pages always may stay
  },
} as const;
