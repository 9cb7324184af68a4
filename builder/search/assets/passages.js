// Reads texts: where terms stand, how close together, and the passage that shows it.

const MOST_SPANS = 50;
const BEFORE = 24;
const EXCERPT = 90;

export class Reader {
  constructor(alphabet) {
    this.alphabet = alphabet;
    this.readings = new Map();
  }

  // Where a term stands in a text, as offsets in code points. It begins where a word does, unless it may be cut.
  spans(text, term) {
    const { plain, places } = this.reading(text, Boolean(term.exact));
    const wanted = term.exact || term.plain;
    const found = [];
    for (let at = plain.indexOf(wanted); at >= 0 && found.length < MOST_SPANS; at = plain.indexOf(wanted, at + 1)) {
      if (term.isCut || !this.isInside(plain, at)) found.push([places[at], places[at + wanted.length - 1] + 1]);
    }
    return found;
  }

  // Whether a word of letters and digits goes on here.
  isInside(plain, at) {
    return at > 0 && this.alphabet.isRun(plain[at]) && this.alphabet.isRun(plain[at - 1]);
  }

  // Where a term begins in a unit's own text.
  own(unit, term) {
    return this.spans(unit.text, term).filter(([begin]) => begin < unit.length);
  }

  reading(text, isExact) {
    const key = (isExact ? "!" : " ") + text;
    let reading = this.readings.get(key);
    if (!reading) {
      reading = isExact ? this.alphabet.verbatim(text) : this.alphabet.located(text);
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

export function excerptOf(text, window, found) {
  const characters = Array.from(text);
  const from = Math.max(0, window[0] - BEFORE);
  const end = Math.min(characters.length, from + EXCERPT);
  const inside = found
    .filter(([begin, stop]) => begin < end && stop > from)
    .map(([begin, stop]) => [Math.max(begin, from) - from, Math.min(stop, end) - from]);
  const shown = characters.slice(from, end).map((character) => (character === "\n" ? " " : character));
  const ellipsis = [["…", false]];
  return [...(from ? ellipsis : []), ...marked(shown, inside), ...(end < characters.length ? ellipsis : [])];
}

export function sectionAt(unit, place) {
  const [, address, title] = unit.places.filter(([begin]) => begin <= place).at(-1);
  return [address || unit.address, title];
}

// The text in pieces, those within a span marked; spans that touch become one.
export function marked(characters, found) {
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
