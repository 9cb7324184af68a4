// What a reader may mean by what is typed so far: names and words of the archive that go on so.

import { maySpeak } from "./lexicon.js";

const MOST = 5;

export async function suggested(index, typed) {
  const text = typed.trim();
  const last = text.split(/\s+/).at(-1);
  const plain = index.alphabet.plain(last);
  const lexicon = text ? await index.lexicon(maySpeak(last) ? last : plain.slice(0, 1)) : null;
  if (!lexicon) return [];
  const spoken = maySpeak(last) ? lexicon.spoken(last) : { whole: [], begun: [], initials: [] };
  const begun = plain && !maySpeak(last) ? lexicon.words.filter((word) => word.startsWith(plain) && word !== plain) : [];
  const words = [...begun, ...spoken.whole, ...spoken.initials, ...spoken.begun].slice(0, MOST);
  return [...new Set(words)].map((word) => text.slice(0, text.length - last.length) + word);
}
