// Reads the units of a candidate: does it hold every term, how well, and which passage shows it. The twin of matching.py.

import { LONGEST_TERM } from "./candidates.js";

const MOST_SPANS = 50;
const MOST_UNITS = 8;
const TITLE_VALUE = 12;
const MOST_COUNTED = 6;
const NEAREST = 8;
const LEAD = 24;
const EXCERPT = 90;

export async function match(index, record, terms, units, name) {
  const numbers = index.unitsOf(record);
  const main = mainUnit(numbers, units);
  const mainContent = await index.unit(main);
  const reader = new Reader(index.alphabet);
  let score = 0;
  let shown = mainContent;
  for (const [place, term] of terms.entries()) {
    const possible = numbers.filter((unit) => units[place].has(unit));
    const unit = await unitWith(index, reader, term, possible, main, numbers);
    if (unit === null) return null;
    const content = await index.unit(unit);
    if (unit !== main && !terms.some((other) => reader.own(mainContent, other).length)) shown = content;
    score += value(reader, content, term);
  }
  const found = terms.map((term) => reader.own(shown, term));
  if (terms.length > 1 && found.every((ofTerm) => ofTerm.length)) {
    const [begin, end] = narrowest(found);
    score += Math.max(0, NEAREST - bitLength((end - begin) >> 4));
  }
  return makeHit(reader, shown, record, terms, score, name);
}

export function newestFirst(one, other) {
  if (one.date !== other.date) return one.date < other.date ? 1 : -1;
  return other.record - one.record;
}

// The unit that says most about the question.
export function mainUnit(numbers, units) {
  const says = (unit) => units.reduce((sum, ofTerm) => sum + (ofTerm.has(unit) ? 1 + ofTerm.get(unit) : 0), 0);
  return numbers.reduce((best, unit) => (says(unit) > says(best) ? unit : best));
}

// A unit as a result, with the passage where the terms stand closest.
export function makeHit(reader, unit, record, terms, score, name) {
  const found = terms.map((term) => reader.own(unit, term));
  const window = narrowest(found);
  const titleSpans = terms.flatMap((term) => reader.spans(unit.title, term));
  const [place, section] = found.some((ofTerm) => ofTerm.length) ? sectionAt(unit, window[0]) : [unit.address, ""];
  return {
    record,
    score,
    title: marked(Array.from(unit.title), titleSpans),
    excerpt: excerptOf(unit.characters, window, found.flat()),
    address: unit.address,
    place,
    section,
    kind: unit.kind,
    source: unit.source,
    topics: unit.topics,
    date: unit.date,
    language: unit.language,
    name,
    near: false,
  };
}

export class Reader {
  constructor(alphabet) {
    this.alphabet = alphabet;
    this.readings = new Map();
  }

  // Where a term stands in a text, as offsets in code points.
  spans(text, term) {
    const { plain, places } = this.reading(text, Boolean(term.exact));
    const wanted = term.exact || term.plain;
    const found = [];
    for (let at = plain.indexOf(wanted); at >= 0 && found.length < MOST_SPANS; at = plain.indexOf(wanted, at + wanted.length)) {
      found.push([places[at], places[at + wanted.length - 1] + 1]);
    }
    return found;
  }

  // Where a term begins in a unit's own text.
  own(unit, term) {
    return this.spans(unit.text, term).filter(([begin]) => begin < unit.length);
  }

  reading(text, exact) {
    const key = (exact ? "!" : " ") + text;
    let reading = this.readings.get(key);
    if (!reading) {
      reading = exact ? this.alphabet.verbatim(text) : this.alphabet.located(text);
      this.readings.set(key, reading);
    }
    return reading;
  }
}

// The shortest stretch with every term that stands in the text at all; the first of equals.
export function narrowest(found) {
  const marks = found.flatMap((ofTerm, number) => ofTerm.map(([begin, end]) => [begin, end, number]));
  marks.sort((one, other) => one[0] - other[0] || one[1] - other[1] || one[2] - other[2]);
  const wanted = new Set(marks.map(([, , number]) => number)).size;
  const last = new Map();
  let best = null;
  for (const [begin, end, number] of marks) {
    last.set(number, begin);
    if (last.size < wanted) continue;
    const from = Math.min(...last.values());
    if (!best || end - from < best[1] - best[0]) best = [from, end];
  }
  return best ?? [0, 0];
}

// The unit that holds a term, the main one if it does; title and credits belong to every unit.
async function unitWith(index, reader, term, possible, main, numbers) {
  const shown = await index.unit(main);
  if (possible.includes(main) && reader.own(shown, term).length) return main;
  if ([shown.title, shown.source, ...shown.credits].some((line) => reader.spans(line, term).length)) return main;
  if (Array.from(term.plain).length > LONGEST_TERM) return longTermUnit(index, reader, term, possible, numbers);
  for (const unit of possible.filter((other) => other !== main).slice(0, MOST_UNITS)) {
    if (reader.own(await index.unit(unit), term).length) return unit;
  }
  return null;
}

// A term longer than the units' overlap is sought in the whole text.
async function longTermUnit(index, reader, term, possible, numbers) {
  const units = await Promise.all(numbers.map((number) => index.unit(number)));
  const whole = units.map((unit) => unit.characters.slice(0, unit.length).join("")).join("");
  return possible.length && reader.spans(whole, term).length ? possible[0] : null;
}

function value(reader, unit, term) {
  const inTitle = reader.spans(unit.title, term).length ? TITLE_VALUE : 0;
  return inTitle + Math.min(MOST_COUNTED, reader.own(unit, term).length);
}

function excerptOf(characters, window, found) {
  const from = Math.max(0, window[0] - LEAD);
  const end = Math.min(characters.length, from + EXCERPT);
  const inside = found
    .filter(([begin, stop]) => begin < end && stop > from)
    .map(([begin, stop]) => [Math.max(begin, from) - from, Math.min(stop, end) - from]);
  const shown = characters.slice(from, end).map((character) => (character === "\n" ? " " : character));
  const ellipsis = [["…", false]];
  return [...(from ? ellipsis : []), ...marked(shown, inside), ...(end < characters.length ? ellipsis : [])];
}

function sectionAt(unit, place) {
  const [, address, title] = unit.places.filter(([begin]) => begin <= place).at(-1);
  return [address || unit.address, title];
}

// The text in pieces, those within a span marked; spans that touch become one.
function marked(characters, found) {
  const pieces = [];
  let place = 0;
  for (const [begin, end] of merged(found)) {
    if (begin > place) pieces.push([characters.slice(place, begin).join(""), false]);
    pieces.push([characters.slice(begin, end).join(""), true]);
    place = end;
  }
  if (place < characters.length) pieces.push([characters.slice(place).join(""), false]);
  return pieces;
}

function merged(found) {
  const result = [];
  for (const [begin, end] of [...found].sort((one, other) => one[0] - other[0] || one[1] - other[1])) {
    const last = result.at(-1);
    if (last && begin <= last[1]) last[1] = Math.max(end, last[1]);
    else result.push([begin, end]);
  }
  return result;
}

function bitLength(number) {
  return 32 - Math.clz32(number);
}
