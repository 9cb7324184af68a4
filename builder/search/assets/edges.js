// Phrases that begin or end inside a word of letters or digits, as what is pasted may. Where nothing holds a phrase with
// whole words, what holds it letter for letter is meant. Words alone stay whole.

import { verified } from "./hits.js";

const MOST_CUT = 48;
const AT_ONCE = 16;

// Records that have all of the query but the words at its edges; none where no term has both such words and others.
export function cutCandidates(query, records) {
  const typed = query.groups.flat().filter(({ name }) => !name);
  for (const term of typed) term.isCut = term.keys.some(isEdge) && term.keys.some(({ isWord }) => !isWord);
  return typed.some(({ isCut }) => isCut) ? records.filter(({ terms }) => terms.every(hasAllButEdges)) : [];
}

function isEdge({ isWord, at, isLast }) {
  return isWord && (at === 0 || isLast);
}

function hasAllButEdges(one) {
  return one?.all || one?.term.keys.every((key, number) => isEdge(key) || one.keys.has(number));
}

// Reads the best candidates, some at a time, until one holds the phrase; isRead: gets those that were read.
export async function readCut(index, query, candidates, isRead) {
  const read = [];
  for (let at = 0; at < Math.min(candidates.length, MOST_CUT) && !read.some(({ isMatch }) => isMatch); at += AT_ONCE) {
    const some = candidates.slice(at, at + AT_ONCE);
    some.forEach((one) => isRead.add(one));
    read.push(...(await verified(index, query, some)));
  }
  return read;
}
