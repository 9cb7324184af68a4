// Near matches, where nothing holds what was typed. The twin of near.py.

import { rarestFirst, start } from "./candidates.js";
import { neededGrams } from "./grams.js";
import { makeHit, mainUnit, newestFirst, Reader } from "./matching.js";

const MOST_KEYS = 8;
const MOST_HITS = 6;
const LEAST_KEYS = 2;

export async function nearHits(index, terms, allowed) {
  const places = rarestOf(index, terms);
  const pieces = await piecesOf(index, places);
  const whole = terms.reduce((sum, term) => sum + Array.from(start(term.plain).replaceAll(" ", "")).length, 0);
  const typed = Math.min(whole, new Set([...places.values()].flatMap((covers) => [...covers])).size);
  const held = new Map();
  for (const piece of pieces) {
    for (const record of new Set(Array.from(piece.units.keys(), (unit) => index.recordOf(unit)))) {
      if (!held.has(record)) held.set(record, []);
      held.get(record).push(piece);
    }
  }
  const ranked = [...held]
    .filter(([record, ofRecord]) => isNear(ofRecord, typed) && (!allowed || allowed.has(record)))
    .map(([record, ofRecord]) => [ofRecord.reduce((sum, piece) => sum + piece.weight, 0), record, ofRecord])
    .sort((one, other) => other[0] - one[0] || other[1] - one[1])
    .slice(0, MOST_HITS);
  const hits = await Promise.all(ranked.map(([weight, record, ofRecord]) => nearHit(index, record, weight, ofRecord)));
  return hits.sort((one, other) => other.score - one.score || newestFirst(one, other));
}

// The keys that are looked up, with where each stands in what was typed.
function rarestOf(index, terms) {
  const places = new Map();
  terms.forEach((term, number) => {
    const typed = Array.from(start(term.plain));
    for (const key of neededGrams(index.alphabet, typed.join(""))) {
      const length = Array.from(key).length;
      for (let at = 0; at + length <= typed.length; at += 1) {
        if (typed.slice(at, at + length).join("") !== key) continue;
        if (!places.has(key)) places.set(key, new Set());
        for (let step = 0; step < length; step += 1) places.get(key).add(`${number} ${at + step}`);
      }
    }
  });
  const rarest = rarestFirst(index, [...places.keys()]).slice(0, MOST_KEYS);
  return new Map(rarest.map((key) => [key, places.get(key)]));
}

async function piecesOf(index, places) {
  const keys = [...places.keys()];
  const lists = await Promise.all(keys.map((key) => index.weights(key)));
  const count = index.catalogue.units;
  return keys
    .map((key, number) => ({ key, covers: places.get(key), units: lists[number] }))
    .filter((piece) => piece.units.size)
    .map((piece) => ({ ...piece, weight: 32 - Math.clz32(Math.floor(count / piece.units.size)) }));
}

function isNear(pieces, typed) {
  const covered = new Set(pieces.flatMap((piece) => [...piece.covers]));
  return pieces.length >= LEAST_KEYS && 3 * covered.size >= 2 * typed;
}

// The record's best unit; what of the pieces stands in that one unit counts once more.
async function nearHit(index, record, weight, pieces) {
  const reader = new Reader(index.alphabet);
  const unit = await index.unit(mainUnit(index.unitsOf(record), pieces.map((piece) => piece.units)));
  const terms = pieces.map((piece) => ({ plain: piece.key, exact: "" }));
  const together = pieces.filter((_, number) => reader.own(unit, terms[number]).length);
  const score = weight + together.reduce((sum, piece) => sum + piece.weight, 0);
  return { ...makeHit(reader, unit, record, terms, score, ""), near: true };
}
