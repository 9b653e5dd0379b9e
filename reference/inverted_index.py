"""Inverted index: for each term the documents that hold it, and where; scored by rarity, count and length.

Vocabulary
    analysis   text to terms, each with its position; documents and queries have to pass the same chain
    postings   of a term: document to positions, in document order
    tf, df     occurrences in one document; number of documents that hold the term
    phrase     terms whose positions follow one another
    BM25       rarity times a count that saturates, with length normalized in part

Complexity: add O(terms). Intersecting lists of length x <= y: O(x log y) by search in the longer one; here they are
first copied from dictionaries. Ranking m matches for t terms: O(m * (t + log m)).

Source: Zobel and Moffat, "Inverted Files for Text Search Engines" (2006); BM25 as in Lucene's BM25Similarity.

A production version adds: segments of compressed gaps with skip data; deletes; fields (BM25F); stemming; block-max
WAND.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from math import log

K1, B = 1.2, 0.75

# --- Analysis ---


def analyze(text: str) -> list[str]:
    """Terms in order; the place in the list is the position. Stop words stay: phrases need them.

    >>> analyze("A cold start, a COLD cache")
    ['a', 'cold', 'start', 'a', 'cold', 'cache']
    """
    return "".join(letter if letter.isalnum() else " " for letter in text.lower()).split()


# --- Index ---


class Index:
    """Documents by number. The postings of a term stay in document order, because numbers are given in order."""

    def __init__(self, texts: list[str] = ()):
        self.postings: dict[str, dict[int, list[int]]] = {}
        self.lengths: dict[int, int] = {}
        self.words = 0  # in all documents, for the average length
        for text in texts:
            self.add(text)

    def add(self, text: str) -> int:
        """Index one document. Returns its number, from 1."""
        number = len(self.lengths) + 1
        terms = analyze(text)
        self.lengths[number] = len(terms)
        self.words += len(terms)
        for position, term in enumerate(terms):
            self.postings.setdefault(term, {}).setdefault(number, []).append(position)
        return number

    # --- Match ---

    def every(self, query: str) -> list[int]:
        """Documents that hold all terms of the query (AND), in order. The rarest term first: so lists stay short."""
        lists = sorted((list(self.postings.get(term, ())) for term in analyze(query)), key=len)
        found = lists[0] if lists else []
        for other in lists[1:]:
            found = intersect(found, other)
        return found

    def phrase(self, query: str) -> list[int]:
        """Documents in which the terms of the query stand one after the other."""
        found = []
        for document in self.every(query):
            first, *rest = (self.postings[term][document] for term in analyze(query))
            if any(all(at + n in places for n, places in enumerate(rest, 1)) for at in first):
                found.append(document)
        return found

    # --- Rank ---

    def idf(self, term: str) -> float:
        """Rarity: near 0 for a term in all documents, never negative, and defined for a term in none."""
        df, total = len(self.postings.get(term, ())), len(self.lengths)
        return log(1 + (total - df + 0.5) / (df + 0.5))

    def bm25(self, query: str, document: int) -> float:
        average = self.words / len(self.lengths)
        norm = K1 * (1 - B + B * self.lengths[document] / average)
        counts = [(term, len(self.postings.get(term, {}).get(document, ()))) for term in analyze(query)]
        return sum(self.idf(term) * tf / (tf + norm) for term, tf in counts)

    def tf_idf(self, query: str, document: int) -> float:
        """The classic: share of the document times log(N / df). A document of one word, repeated, has all the share."""
        found = [self.postings[term] for term in analyze(query) if document in self.postings.get(term, ())]
        return sum(len(at[document]) / self.lengths[document] * log(len(self.lengths) / len(at)) for at in found)

    def search(self, query: str, score=None) -> list[tuple[int, float]]:
        """Documents with any term of the query (OR) and their scores, best first; equal scores in document order."""
        score = score or self.bm25
        found = sorted({document for term in analyze(query) for document in self.postings.get(term, ())})
        return sorted(((document, score(query, document)) for document in found), key=lambda hit: -hit[1])


def intersect(short: list[int], long: list[int]) -> list[int]:
    """What is in both sorted lists. An engine jumps by skip data where this searches."""
    found, at = [], 0
    for document in short:
        at = bisect_left(long, document, at)
        if at < len(long) and long[at] == document:
            found.append(document)
    return found


# --- Trace ---


def trace(scenario: dict) -> Iterator[dict]:
    """Frames of a run. scenario: {documents: [text, ...], terms: those to show, queries: [[and, phrase or rank, text],
    ...]}."""
    index = Index()

    def frame(say: str, *views: dict, fresh: int = 0, terms: list = (), found: list = (), key: bool = False) -> dict:
        rows = []
        for term in scenario["terms"]:
            cells = []
            for document, at in index.postings.get(term, {}).items():
                mark = "new" if document == fresh else "hit" if term in terms and document in found else None
                cells.append({"text": document, "note": ", ".join(map(str, at)), "mark": mark})
            rows.append({"head": term, "cells": cells})
        first = {"kind": "cells", "label": "postings: document, positions", "rows": rows}
        return {"say": say, "show": [first, *views], "key": key}

    yield frame("An empty index. Positions are counted from 0.")
    for text in scenario["documents"]:
        number = index.add(text)
        yield frame(f"Document {number}, '{text}', becomes {index.lengths[number]} terms.", fresh=number)
    for kind, query in scenario["queries"]:
        terms = analyze(query)
        if kind == "rank":
            rare = [{"text": term, "value": f"{index.idf(term):.2f}"} for term in terms]
            counters = {"kind": "counters", "label": "BM25's idf", "counters": rare}
            yield frame(f"Rank for '{query}'. How rare is each term?", counters)
            for name, score in {
                "TF-IDF, tf / length * log(N / df)": index.tf_idf,
                "BM25, idf * tf / (tf + norm)": index.bm25,
            }.items():
                hits = index.search(query, score)
                (first, highest), (_, lowest) = hits[0], hits[-1]
                cells = []
                for document, points in hits:
                    mark = "hit" if document == first else None
                    cells.append({"text": f"doc {document}", "note": f"{points:.2f}", "mark": mark})
                best = f"document {first} first" if highest > lowest else "all the same"
                ranked = {"kind": "cells", "label": "ranked", "rows": [{"cells": cells}]}
                yield frame(f"{name}: {best}.", ranked, key=True)
        else:
            if kind == "and":
                found = index.every(query)
                rarest = min(terms, key=lambda term: len(index.postings.get(term, ())))
                how = f"the shortest list leads, {rarest}"
            else:
                found = index.phrase(query)
                how = "each position is one more than the last"
            answer = ", ".join(map(str, found)) or "nothing"
            say = f"{kind} '{query}' is {', '.join(terms)}: {how}. Found: {answer}."
            yield frame(say, terms=terms, found=found, key=True)
