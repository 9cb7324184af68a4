// Sees what a record really holds, by its text, and makes a hit of it.

import { FLOORS } from "./floors.js";
import { excerptOf, marked, narrowest, Reader, sectionAt } from "./passages.js";

export const MOST_UNITS = 8;
const UNIT_LENGTH = 4000;
const CLOSE = 40;
const MOST_MARKED = 24;
const MOST_OTHERS = 2;

// Records as they are read; without those that hold what must not be there, or are missing.
export async function verified(index, query, records) {
  return (await Promise.all(records.map((one) => verify(index, query, one)))).filter(Boolean);
}

// The record with its texts: whether it holds every group, and a score that says so.
async function verify(index, query, one) {
  const numbers = index.unitsOf(one.record);
  const ordered = [...numbers].sort((a, b) => (one.units.get(b) ?? 0) - (one.units.get(a) ?? 0) || a - b);
  const main = await index.unit(ordered[0]);
  if (!main) return null;
  const reader = new Reader(index.alphabet);
  const units = [main];
  const holds = await Promise.all(query.groups.map((group, number) => holdsGroup(index, reader, group, { one, number, ordered: ordered.slice(0, query.mostUnits), units })));
  if (await holdsAny(index, reader, query.excluded, ordered)) return null;
  const isMatch = holds.every(Boolean);
  const isOther = isMatch && holds.some((term) => term.name);
  const shown = isMatch && units.length > 1 && !query.groups.some((group) => group.some((term) => reader.own(main, term).length)) ? units.at(-1) : main;
  const terms = markedTerms(query, one, holds);
  const found = terms.map((term) => reader.own(shown, term));
  // What was typed says the less of what a text is about the longer it is.
  const length = (numbers.length - 1) * UNIT_LENGTH + main.length;
  const verbatim = isMatch && !isOther ? (FLOORS.verbatim * UNIT_LENGTH) / (UNIT_LENGTH + length) : 0;
  const score = one.score * (1 + verbatim + FLOORS.close * closeness(found));
  return { ...one, unit: shown, reader, isMatch, isOther, found, marks: terms, score, date: shown.date };
}

// The term of a group that is there, or what else shows that the record was meant; null where nothing does.
async function holdsGroup(index, reader, group, { one, number, ordered, units }) {
  const best = one.terms[number];
  if (best?.isDated) return best.term;
  for (const term of group) {
    if (term.handle && best?.term === term && term.keys[0].key.startsWith("@")) return term;
    for (const slot of ordered) {
      const unit = slot === ordered[0] ? units[0] : await index.unit(slot);
      if (!unit || !holds(reader, unit, term)) continue;
      if (unit !== units[0]) units.push(unit);
      return term;
    }
  }
  return null;
}

async function holdsAny(index, reader, terms, ordered) {
  for (const slot of terms.length ? ordered.slice(0, MOST_UNITS) : []) {
    const unit = await index.unit(slot);
    if (unit && terms.some((term) => holds(reader, unit, term))) return true;
  }
  return false;
}

function holds(reader, unit, term) {
  const lines = term.title ? [unit.title] : [unit.title, unit.source, ...unit.credits];
  return lines.some((line) => reader.spans(line, term).length) || (!term.title && reader.own(unit, term).length > 0);
}

// What is marked: the terms, and of those that are not there the keys.
function markedTerms(query, one, holds) {
  const terms = query.groups.flatMap((group) => group);
  const lacking = one.terms.filter((found, number) => found && !holds[number]);
  const keys = lacking.flatMap((found) => found.term.keys).map((key) => ({ plain: key.key, exact: "" }));
  return [...terms, ...keys.filter(({ plain }) => Array.from(plain).length > 1)].slice(0, MOST_MARKED);
}

// 1 where everything that is there stands within a line, less the wider apart.
function closeness(found) {
  const some = found.filter((spans) => spans.length);
  if (!some.length) return 0;
  const [begin, end] = narrowest(some);
  const share = some.length / found.length;
  return (share * CLOSE) / Math.max(CLOSE, end - begin);
}

// The sections of a plan that hold most beside the one a hit leads to.
function othersOf(unit, spans, shown) {
  const held = new Map();
  for (const [begin] of spans) {
    const [place, section] = sectionAt(unit, begin);
    if (!section || section === shown) continue;
    const known = held.get(section) ?? { place, section, count: 0 };
    held.set(section, { ...known, count: known.count + 1 });
  }
  return [...held.values()].sort((one, other) => other.count - one.count).slice(0, MOST_OTHERS);
}

// A record as a result, with the passage where what was asked for stands closest.
export function narrowestHit(index, query, { record, unit, reader, found, marks, isMatch, isOther, score, coverage, terms }) {
  const own = query.groups.flat().map((term) => reader.own(unit, term));
  const window = narrowest(own.some((spans) => spans.length) ? own : found);
  const [place, section] = found.some((spans) => spans.length) ? sectionAt(unit, window[0]) : [unit.address, ""];
  const names = [...new Set(terms.filter((one) => one?.term.name && one.all).map(({ term }) => term.name))];
  return {
    record,
    score,
    coverage,
    title: marked(Array.from(unit.title), marks.flatMap((term) => reader.spans(unit.title, term))),
    excerpt: excerptOf(unit.text, window, found.flat()),
    address: unit.address,
    place,
    section,
    kind: unit.kind,
    source: unit.source,
    topics: unit.topics,
    date: unit.date,
    language: unit.language,
    names,
    others: unit.kind === "plan" ? othersOf(unit, found.flat(), section) : [],
    near: !isMatch,
    isOther,
  };
}
