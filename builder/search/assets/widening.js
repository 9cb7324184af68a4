// Other names for what was typed: each is searched for as well, said, and can be taken back.

import { termOf } from "./query.js";

const MOST_NAMES = 4;

// Adds terms to the query's groups; gives [{typed, names}].
export async function widened(index, query, without) {
  const said = [];
  for (const group of query.groups) {
    const typed = group[0];
    if (group.length > 1 || typed.exact || typed.handle) continue;
    const names = namesFor(index, typed).filter((name) => !without.includes(name)).slice(0, MOST_NAMES);
    group.push(...names.map((name) => ({ ...termOf(index.alphabet, name), name, title: typed.title, factor: 0.9 })));
    if (names.length) said.push({ typed: typed.text, names });
  }
  return said;
}

function namesFor(index, term) {
  return index.root.aliases?.[term.plain] ?? [];
}
