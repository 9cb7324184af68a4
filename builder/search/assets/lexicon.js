// The archive's words by how they are read and by how they look.

const BOPOMOFO = /^[\u3105-\u312f\u02ca\u02c7\u02cb\u02d9\s]+$/;
const TONES = /[\u02ca\u02c7\u02cb\u02d9]/g;

export class Lexicon {
  constructor(content) {
    this.words = [];
    this.rank = new Map();
    const readings = content.readings.split(" ");
    this.readings = new Map(Array.from(content.characters, (character, place) => [character, readings[place]]));
    this.special = {};
    this.tables = new Map();
    this.zhuyin = content.zhuyin;
    this.heard = content.heard;
    this.alike = content.alike.map(([written, heard]) => [new RegExp(written), heard]);
    this.shapes = new Map(content.shapes.flatMap((group) => Array.from(group, (character) => [character, group])));
  }

  // Takes the words of a part, the commonest first.
  add({ words, special }) {
    const more = words.split(" ").filter((word) => word && !this.rank.has(word));
    more.forEach((word, rank) => this.rank.set(word, rank));
    this.words.push(...more);
    Object.assign(this.special, special);
    this.tables = new Map();
  }

  // The parts with words that begin with a character of the text or one like it, or as what is spelled is read.
  beginnings(text) {
    const characters = maySpeak(text) ? [] : Array.from(text).flatMap((one) => Array.from(this.shapes.get(one) ?? one));
    const readings = maySpeak(text) ? [this.letters(text)] : characters.map((one) => this.readings.get(one));
    const letters = readings.filter((reading) => reading !== undefined).map((reading) => reading[0] ?? "a");
    return [...new Set(letters.map((letter) => this.heard[letter] ?? letter))].filter((letter) => /[a-z]/.test(letter));
  }

  syllables(word) {
    return Object.hasOwn(this.special, word) ? this.special[word].split(" ") : Array.from(word, (character) => this.readings.get(character) ?? character);
  }

  // Words by what a function makes of them, made when first asked for.
  by(name, made) {
    if (!this.tables.has(name)) {
      const table = new Map();
      for (const word of this.words) {
        const key = made(word);
        if (!table.has(key)) table.set(key, []);
        table.get(key).push(word);
      }
      this.tables.set(name, table);
    }
    return this.tables.get(name);
  }

  sound(word) {
    return this.syllables(word).map((syllable) => this.alike.reduce((said, [from, to]) => said.replace(from, to), syllable)).join(" ");
  }

  shape(word) {
    return Array.from(word, (character) => this.shapes.get(character)?.[0] ?? character).join("");
  }

  // Words that sound or look like this one, the commonest first.
  like(word) {
    const heard = this.by("sound", (one) => this.sound(one)).get(this.sound(word)) ?? [];
    const seen = this.by("shape", (one) => this.shape(one)).get(this.shape(word)) ?? [];
    return [...new Set([...heard, ...seen])].filter((one) => one !== word && one.length === word.length).sort((one, other) => this.rank.get(one) - this.rank.get(other));
  }

  // Words that are read so: whole, or as far as typed, or by their initials.
  spoken(typed) {
    const letters = this.letters(typed);
    if (letters.length < 2) return { whole: [], begun: [], initials: [] };
    const joined = (word) => this.syllables(word).join("");
    const whole = this.by("letters", joined).get(letters) ?? [];
    const begun = this.words.filter((word) => joined(word).startsWith(letters) && !whole.includes(word));
    const initials = this.by("initials", (word) => this.syllables(word).map((syllable) => syllable[0]).join("")).get(letters) ?? [];
    return { whole, begun, initials };
  }

  // Zhuyin as the letters of Pinyin; letters as they are, without spaces and apostrophes.
  letters(typed) {
    if (!BOPOMOFO.test(typed)) return typed.toLowerCase().replace(/[\s'’]/g, "").replaceAll("ü", "v");
    const syllables = typed.replace(TONES, " ").split(/\s+/).filter(Boolean);
    return syllables.map((syllable) => this.zhuyin[syllable] ?? "?").join("");
  }
}

// Whether a text may be Pinyin, initials or Zhuyin.
export function maySpeak(text) {
  return /^[a-zü'’\s]{2,40}$/i.test(text) || BOPOMOFO.test(text);
}
