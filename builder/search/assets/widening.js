// Other names for what was typed: each is searched for as well, said, and can be taken back.

import { maySpeak } from "./lexicon.js";
import { otherForms } from "./numbers.js";
import { termOf } from "./query.js";

const MOST_NAMES = 4;
const FACTOR = 0.9;
const LONGEST_PIECE = 6;
const RARE = 2;
const MOST_MEANT = 3;

// Adds terms to the query's groups; gives [{typed, names}].
export async function widened(index, query, without) {
  const [known] = await Promise.all([index.names(), spoken(index, query, without)]);
  const said = [];
  for (const group of query.groups) {
    const typed = group[0];
    if (typed.said) said.push(typed.said);
    if (group.length > 1 || typed.exact || typed.handle || typed.date) continue;
    const names = [...new Set([...namesFor(index, known, typed.plain), ...otherForms(typed.text)])].filter((name) => !without.includes(name));
    if (names.length) said.push({ typed: typed.text, names: add(index, group, names.slice(0, MOST_NAMES)) });
  }
  return said;
}

function add(index, group, names) {
  group.push(...names.map((name) => ({ ...termOf(index.alphabet, name), date: undefined, name, title: group[0].title, factor: FACTOR })));
  return names;
}

// Pinyin and Zhuyin: what reads so in the archive, where the letters themselves are hardly there.
async function spoken(index, query, without) {
  const typed = query.text;
  if (!query.groups.length || query.groups.some((group) => group.length > 1 || group[0].exact) || !maySpeak(typed)) return;
  const lists = await Promise.all(query.groups.map(([term]) => index.words(term.plain.split(" ")[0], false)));
  if (lists.every((list) => list.size)) return;
  const lexicon = await index.lexicon(typed);
  if (!lexicon) return;
  const { whole, begun, initials } = lexicon.spoken(typed);
  const names = (whole.length ? whole : [...initials, ...begun]).filter((name) => !without.includes(name)).slice(0, MOST_NAMES);
  if (!names.length) return;
  query.groups = [[{ ...termOf(index.alphabet, typed), said: { typed, names } }]];
  add(index, query.groups[0], names);
}

// Names for the whole of a text, or else for a part of it: each gives the whole text with the other name in it.
function namesFor(index, names, plain) {
  if (names.has(plain)) return names.get(plain);
  const characters = Array.from(plain);
  for (let length = Math.min(characters.length - 1, 12); length > 1; length -= 1) {
    for (let at = 0; at + length <= characters.length; at += 1) {
      const others = names.get(characters.slice(at, at + length).join("")) ?? [];
      if (others.length && !index.alphabet.isRun(characters[at])) return others.map((other) => characters.slice(0, at).join("") + other + characters.slice(at + length).join(""));
    }
  }
  return [];
}

// Where nothing holds what was typed: the same with a word of the archive in place of one that sounds or looks like it.
export async function meant(index, query) {
  const terms = query.groups.map((group) => group[0]).filter((term) => term.keys && !term.exact && !term.handle);
  const rare = terms.filter((term) => term.keys.some((key) => !key.isWord && key.df <= RARE));
  const lexicon = rare.length ? await index.lexicon(rare.map(({ plain }) => plain).join("")) : null;
  if (!lexicon) return [];
  return rare.flatMap((term) => corrected(lexicon, term).map((text) => ({ term, text })));
}

function corrected(lexicon, { plain, keys }) {
  const characters = Array.from(plain);
  const rare = new Set(keys.filter((key) => !key.isWord && key.df <= RARE).map(({ at }) => at));
  const found = [];
  for (let length = Math.min(characters.length, LONGEST_PIECE); length > 1; length -= 1) {
    for (let at = 0; at + length <= characters.length; at += 1) {
      const piece = characters.slice(at, at + length).join("");
      const isOdd = !lexicon.rank.has(piece) && Array.from({ length: length - 1 }, (_, step) => at + step).some((place) => rare.has(place));
      if (!isOdd) continue;
      const others = lexicon.like(piece).slice(0, MOST_MEANT);
      found.push(...others.map((other) => characters.slice(0, at).join("") + other + characters.slice(at + length).join("")));
    }
    if (found.length) break;
  }
  return [...new Set(found)].slice(0, MOST_MEANT);
}
