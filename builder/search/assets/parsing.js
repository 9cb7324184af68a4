// Reads what was typed. The twin of parsing.py.

const LONGEST_QUERY = 200;
const MOST_TERMS = 12;
const MOST_WIDENED = 4;
const BLANK = /[\u0000-\u001f\u007f-\u009f\ufeff]/g;
const PIECE = /["＂]([^"＂]*)["＂]|“([^”]*)”|「([^」]*)」|『([^』]*)』|([^\s"＂“「『]+)/g;

export function parseQuery(alphabet, text) {
  const typed = Array.from(text).slice(0, LONGEST_QUERY).join("").replace(BLANK, " ");
  const terms = new Map();
  for (const [, ...groups] of typed.matchAll(PIECE)) {
    const quotation = groups[4] ? "" : groups.find(Boolean) ?? "";
    const term = { plain: alphabet.plain(groups[4] || quotation), exact: alphabet.verbatim(quotation).plain.trim() };
    if (term.plain) terms.set(`${term.plain}\n${term.exact}`, term);
  }
  return [...terms.values()].slice(0, MOST_TERMS);
}

// What was typed, then the same with other names.
export function questionsOf({ alphabet, catalogue }, text) {
  const terms = parseQuery(alphabet, text);
  const found = [{ terms, name: "" }];
  const named = (name) => ({ plain: alphabet.plain(name), exact: "" });
  terms.forEach((term, place) => {
    for (const name of (!term.exact && catalogue.aliases.get(term.plain)) || []) {
      found.push({ terms: [...terms.slice(0, place), named(name), ...terms.slice(place + 1)], name });
    }
  });
  if (terms.length > 1 && !terms.some((term) => term.exact)) {
    const whole = terms.map((term) => term.plain).join(" ");
    for (const name of catalogue.aliases.get(whole) ?? []) found.push({ terms: [named(name)], name });
  }
  return found.filter((question) => question.terms.every((term) => term.plain)).slice(0, 1 + MOST_WIDENED);
}
