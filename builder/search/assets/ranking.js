// Ranks records by what lists alone say: BM25 over keys with fields, rewarded for how much of a term is there.

import { checksumOf } from "./shards.js";

const HANDLE_WEIGHT = 20;
const MOST_KEYS = 22;
const LEVEL = 2.2 / 7;
const TITLE = 8;
const LEAD = 16;
const LINES = 32;
const JUNCTION = { rarer: 0.3, weight: 0.35 };
const WEIGHTS = { title: 2.4, lead: 0.5, lines: 2.2, coverage: 1.6 };

// The keys of a plain text: pairs of which one is Chinese, single characters that stand alone, words.
export function keysOf(alphabet, plain) {
  const characters = Array.from(plain);
  const isRun = characters.map((character) => alphabet.isRun(character));
  const isGap = characters.map((character) => character === " ");
  const pairs = [];
  const words = [];
  characters.forEach((character, at) => {
    if (isGap[at]) return;
    if (isRun[at] && !(at && isRun[at - 1])) {
      let end = at;
      while (end < characters.length && isRun[end]) end += 1;
      words.push({ key: characters.slice(at, end).slice(0, 32).join(""), at, isLast: end === characters.length });
    }
    const hasNext = at + 1 < characters.length && !isGap[at + 1];
    if (hasNext && !(isRun[at] && isRun[at + 1])) pairs.push({ key: character + characters[at + 1], at });
    if (!hasNext && !isRun[at] && (at === 0 || isGap[at - 1])) pairs.push({ key: character, at });
  });
  return { pairs: spread(pairs, MOST_KEYS), words: spread(words, MOST_KEYS) };
}

// Of a pasted sentence, keys spread over it are enough.
function spread(keys, most) {
  if (keys.length <= most) return keys;
  return Array.from({ length: Math.max(0, most) }, (_, number) => keys[Math.round((number * (keys.length - 1)) / Math.max(1, most - 1))]);
}

// Looks up a term: its keys, so many pairs at the most, with their lists and weights.
export async function lookUp(index, term, isTyping, most) {
  if (term.handle) {
    const key = `@${checksumOf(term.handle).toString(16).padStart(8, "0")}`;
    const list = (await index.words(key, false)).get(key);
    if (list) return [{ key, at: 0, isWord: true, lists: [list], df: list.slots.length, weight: HANDLE_WEIGHT }];
  }
  const { pairs: every, words: whole } = keysOf(index.alphabet, term.plain);
  const words = spread(whole, most);
  const pairs = most < Infinity ? spread(every, Math.min(most - words.length, Math.ceil((every.length + 1) / 2))) : every;
  const ofPairs = pairs.map(async (pair) => ({ ...pair, lists: [await index.list(pair.key)] }));
  const ofWords = words.map(async (word) => {
    const found = await index.words(word.key, (isTyping && word.isLast) || word.key.length > 4);
    return { ...word, isWord: true, lists: [...found.values()] };
  });
  const keys = await Promise.all([...ofPairs, ...ofWords]);
  const count = index.root.units;
  for (const key of keys) {
    key.df = key.lists.reduce((sum, list) => sum + list.slots.length, 0);
    key.weight = Math.log(1 + (count - key.df + 0.5) / (key.df + 0.5));
  }
  weigh(keys.filter((key) => !key.isWord));
  return most < Infinity ? keys.filter(({ df }) => df) : keys;
}

// A pair across two words is rarer than its neighbours: it counts less, and is not needed for a term to be covered.
function weigh(pairs) {
  pairs.forEach((pair, place) => {
    const beside = [pairs[place - 1], pairs[place + 1]].filter((other) => other && Math.abs(other.at - pair.at) === 1);
    pair.isJunction = beside.length > 1 && pair.df < JUNCTION.rarer * Math.min(...beside.map(({ df }) => df));
    if (pair.isJunction) pair.weight *= JUNCTION.weight;
  });
}

// What one value says of a record.
function worth(value) {
  return (value & 7) * LEVEL + (value & TITLE ? WEIGHTS.title : 0) + (value & LEAD ? WEIGHTS.lead : 0) + (value & LINES ? WEIGHTS.lines : 0);
}

// Scores of records for one term, with how much of the term each has: {score, held, all}.
export function scoreTerm(index, keys, term) {
  const records = new Map();
  const bit = new Map(keys.map((key, number) => [key, number]));
  const units = new Map();
  let most = 0;
  for (const key of keys) {
    if (!key.isJunction) most += key.weight;
    const best = new Map();
    for (const list of key.lists) {
      for (let at = 0; at < list.slots.length; at += 1) {
        const value = list.values[at];
        if (term.title && !(value & TITLE)) continue;
        const record = index.recordOf(list.slots[at]);
        const here = worth(value);
        if (here > (best.get(record) ?? 0)) best.set(record, here);
        if (index.lengths.has(record)) heldBy(units, record, list.slots[at], key);
      }
    }
    for (const [record, here] of best) {
      let found = records.get(record);
      if (!found) records.set(record, (found = { score: 0, held: 0, keys: new Set() }));
      found.score += key.weight * here;
      if (!key.isJunction) found.held += key.weight;
      found.keys.add(bit.get(key));
    }
  }
  for (const [record, found] of records) {
    found.units = units.get(record) ?? null;
    found.coverage = most ? found.held / most : 1;
    found.all = found.keys.size === keys.length;
    found.score *= found.coverage ** WEIGHTS.coverage;
  }
  return records;
}

// How much of a term each unit of a long record holds.
function heldBy(units, record, unit, key) {
  if (!units.has(record)) units.set(record, new Map());
  const held = units.get(record);
  held.set(unit, (held.get(unit) ?? 0) + key.weight);
}
