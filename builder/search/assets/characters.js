// Which characters are searched, and text as the index sees it. The twin of characters.py; ranges and fold map come
// with the index.

const GAP = " ";
const SPACES = new Set(" \t\n\v\f\r\u1680\u2028\u2029");
const JOINED = 1;
const RUN = 2;
const MOST_STEPS = 4;

export class Alphabet {
  constructor(root) {
    this.ranges = [[root.joined, JOINED], [root.run, RUN]];
    this.simplified = new Map();
    this.folded = new Map();
    this.kinds = new Map();
    this.changes = [
      (character) => character.normalize("NFKC"),
      (character) => character.toLowerCase(),
      (character) => this.simplified.get(character) ?? character,
    ];
    let source = 0;
    let target = 0;
    root.fold[0].forEach((step, place) => {
      source += step;
      target += root.fold[1][place];
      this.simplified.set(String.fromCodePoint(source), String.fromCodePoint(target));
    });
  }

  // One character to one character: compatibility forms, case, script, until nothing changes.
  fold(character) {
    let folded = this.folded.get(character);
    if (folded !== undefined) return folded;
    folded = character;
    for (let step = 0; step < MOST_STEPS; step += 1) {
      const before = folded;
      for (const change of this.changes) {
        const changed = change(folded);
        if (isOne(changed)) folded = changed;
      }
      if (folded === before) break;
    }
    this.folded.set(character, folded);
    return folded;
  }

  // 0 for punctuation, else which kind.
  kind(character) {
    let kind = this.kinds.get(character);
    if (kind !== undefined) return kind;
    const code = character.codePointAt(0);
    const found = this.ranges.find(([ranges]) => ranges.some(([first, last]) => first <= code && code <= last));
    kind = found ? found[1] : 0;
    this.kinds.set(character, kind);
    return kind;
  }

  // Folded, without punctuation; places are offsets in code points, one for each code unit of the result.
  located(text) {
    const reading = new Reading();
    let before = 0;
    let gap = false;
    let place = 0;
    for (const original of text) {
      const character = this.fold(original);
      const kind = this.kind(character);
      if (!kind) gap = true;
      else {
        if (gap && before === RUN && kind === RUN) reading.add(GAP, place - 1);
        reading.add(character, place);
        before = kind;
        gap = false;
      }
      place += 1;
    }
    return reading.done();
  }

  plain(text) {
    return this.located(text).plain;
  }

  // Folded with its punctuation; runs of white space become one space.
  verbatim(text) {
    const reading = new Reading();
    let space = true;
    let place = 0;
    for (const original of text) {
      const character = this.fold(original);
      const isSpace = SPACES.has(character);
      if (!isSpace) reading.add(character, place);
      else if (!space) reading.add(GAP, place);
      space = isSpace;
      place += 1;
    }
    return reading.done();
  }

  isRun(character) {
    return this.kind(character) === RUN;
  }
}

class Reading {
  constructor() {
    this.kept = [];
    this.places = [];
  }

  add(character, place) {
    this.kept.push(character);
    for (let unit = 0; unit < character.length; unit += 1) this.places.push(place);
  }

  done() {
    return { plain: this.kept.join(""), places: this.places };
  }
}

function isOne(text) {
  return text.length === 1 || (text.length === 2 && text.codePointAt(0) > 0xffff);
}
