// Finds the records that may answer a question, from lists of postings alone. The twin of candidates.py.

import { neededGrams } from "./grams.js";

export const LONGEST_TERM = 64;
const FEW = 6;
const VALUES = [1, 3, 8];
const UNCOMMON = 500;
const AT_ONCE = 5;

export async function candidatesFor(index, terms, thorough) {
  const keys = terms.map((term) => rarestFirst(index, neededGrams(index.alphabet, start(term.plain))));
  const alone = terms.length === 1;
  const asked = keys.map((ofTerm) => (thorough ? ofTerm : ofTerm.slice(0, alone ? AT_ONCE : 1)));
  let before = 0;
  if (alone && asked[0].length > 1) {
    const [, allButLast] = await Promise.all([asked, [asked[0].slice(0, -1)]].map((some) => intersect(index, terms, some)));
    before = allButLast.scores.size;
  }
  for (;;) {
    const found = await intersect(index, terms, asked);
    const waiting = keys.map((_, number) => number).filter((number) => asked[number].length < keys[number].length);
    const count = found.scores.size;
    if (!waiting.length || count <= FEW || (before && 4 * count > 3 * before)) return { ...found, complete: !waiting.length };
    before = count;
    const step = waiting.length === 1 ? 3 : 1;
    for (const number of waiting.slice(0, 2)) asked[number] = keys[number].slice(0, asked[number].length + step);
  }
}

export function start(plain) {
  return Array.from(plain).slice(0, LONGEST_TERM).join("");
}

export function rarestFirst(index, keys) {
  const { common } = index.catalogue;
  const rarity = (key) => Array.from(key).reduce((sum, character) => sum + (common.get(character) ?? UNCOMMON), 0);
  return [...keys].sort((one, other) => rarity(other) - rarity(one));
}

async function intersect(index, terms, keys) {
  const units = await Promise.all(keys.map((ofTerm) => unitsWith(index, ofTerm)));
  const best = units.map((ofTerm) => bestByRecord(index, ofTerm));
  const scores = new Map();
  for (const record of best[0].keys()) {
    if (best.every((ofTerm) => ofTerm.has(record))) {
      scores.set(record, best.reduce((sum, ofTerm) => sum + VALUES[ofTerm.get(record)], 0));
    }
  }
  const certain = terms.every((term, number) => !term.exact && keys[number].includes(term.plain));
  return { units, scores, certain };
}

// Units that hold every key, each with the least of the keys' weights.
async function unitsWith(index, keys) {
  const lists = await Promise.all(keys.map((key) => index.weights(key)));
  const found = new Map();
  for (const unit of lists.length ? lists[0].keys() : []) {
    if (lists.every((list) => list.has(unit))) found.set(unit, Math.min(...lists.map((list) => list.get(unit))));
  }
  return found;
}

function bestByRecord(index, units) {
  const best = new Map();
  for (const [unit, weight] of units) {
    const record = index.recordOf(unit);
    best.set(record, Math.max(weight, best.get(record) ?? 0));
  }
  return best;
}
