// Answers a query from a written index.

import { cutCandidates, readCut } from "./edges.js";
import { FLOORS } from "./floors.js";
import { MOST_UNITS, narrowestHit, verified } from "./hits.js";
import { Index } from "./index.js";
import { parseQuery, termOf } from "./query.js";
import { lookUp, scoreTerm } from "./ranking.js";
import { meant, widened } from "./widening.js";

const READ = 16;
const FIRST_KEYS = 2;
const FIRST_COVERAGE = 0.3;
const MOST_READ = 48;
const FACETS = ["source", "topic", "year", "script"];
export const NOTHING = { hits: [], total: 0, isExact: true, widened: [], near: false, facets: {}, isPart: false };

// get: gives the unpacked bytes of a file by path and version.
export function openIndex(get) {
  return new Index(get);
}

// options: limit, filters ({source, topic, year, script}), sort ("relevance" or "date"), facets (whether to count),
// isTyping (whether the last word may go on), isFirst (the best at little cost: by a few keys, where these find anything), without (names not to widen to).
export async function search(index, text, options = {}) {
  const { limit = 12, filters = {}, sort = "relevance", facets = false, isTyping = false, isFirst = false, without = [] } = options;
  await index.open();
  index.failed.clear();
  const query = parseQuery(index.alphabet, text);
  if (!query.groups.length && !query.filters.length) return NOTHING;
  query.mostUnits = isFirst ? 1 : MOST_UNITS;
  const dates = facets || sort === "date" ? index.records() : new Map();
  const few = isFirst ? await scores(index, parseQuery(index.alphabet, text), isTyping, true) : new Map();
  const isEnough = [...few.values()].some(({ coverage }) => coverage >= FIRST_COVERAGE);
  const named = isEnough ? [] : await widened(index, query, without);
  let scored = isEnough ? few : await scores(index, query, isTyping);
  const corrected = isEnough || [...scored.values()].some(({ isWhole }) => isWhole) ? [] : await correctedTerms(index, query);
  for (const { typed, term } of corrected.filter(({ term }) => !without.includes(term.name))) {
    query.groups.find((group) => group[0] === typed).push(term);
    named.push({ typed: typed.text, names: [term.name] });
  }
  if (corrected.length) scored = await scores(index, query, isTyping);
  const allowed = await allowedBy(index, query, filters);
  const records = [...scored].filter(([record]) => !allowed || allowed.has(record)).map(([record, found]) => ({ record, ...found }));
  inOrder(records, sort, await dates);
  const answer = await answered(index, query, records, { limit, sort, isCounting: facets });
  if (facets) answer.facets = await counted(index, answer.counted, scored, query, filters);
  return { ...answer, counted: undefined, widened: named, meant: corrected.map(({ term }) => term.name), isPart: index.failed.size > 0 };
}

// What may have been meant, where something has all of its words.
async function correctedTerms(index, query) {
  const terms = (await meant(index, query)).map(({ term, text }) => ({ typed: term, term: { ...termOf(index.alphabet, text), name: text, factor: 0.95 } }));
  const found = await Promise.all(terms.map(({ term }) => groupScores(index, [term], false)));
  return terms.filter((_, number) => [...found[number].values()].some(({ coverage }) => coverage === 1));
}

// Scores by record: {score, groups: how many groups it has wholly, coverage, terms: the best term of each group}.
async function scores(index, query, isTyping, isFirst = false) {
  const most = isFirst ? Math.max(1, Math.floor(FIRST_KEYS / query.groups.length)) : Infinity;
  const asked = isFirst ? query.groups.slice(0, FIRST_KEYS) : query.groups;
  const groups = await Promise.all(asked.map((group) => groupScores(index, isFirst ? group.slice(0, 1) : group, isTyping, most)));
  const total = new Map();
  groups.forEach((found, number) => {
    for (const [record, one] of found) {
      if (!total.has(record)) total.set(record, { score: 0, held: 0, covered: 0, terms: groups.map(() => null), units: new Map() });
      const sum = total.get(record);
      sum.score += one.score;
      sum.covered += one.coverage;
      sum.held += one.all ? 1 : 0;
      sum.terms[number] = one;
      for (const [unit, held] of one.units ?? []) sum.units.set(unit, (sum.units.get(unit) ?? 0) + held);
    }
  });
  if (!groups.length) for (const record of (await index.records()).keys()) total.set(record, { score: 0, held: 0, covered: 0, terms: groups.map(() => null), units: new Map() });
  for (const sum of total.values()) {
    sum.coverage = groups.length ? sum.covered / groups.length : 1;
    sum.score *= (groups.length ? sum.terms.filter(Boolean).length / groups.length : 1) ** FLOORS.together;
    sum.isWhole = sum.held === groups.length;
  }
  const excluded = await Promise.all((isFirst ? [] : query.excluded).map((term) => groupScores(index, [term], false)));
  for (const found of excluded) for (const [record, one] of found) if (one.all) total.delete(record);
  return total;
}

// The best of a group's terms for each record.
async function groupScores(index, group, isTyping, most = Infinity) {
  const best = new Map();
  for (const term of group) {
    const keys = term.keys ?? (await lookUp(index, term, isTyping, most));
    term.keys = keys;
    const share = term.name ? Math.min(1, weightOf(group[0]) / weightOf(term)) * term.factor : 1;
    for (const [record, found] of scoreTerm(index, keys, term)) {
      const score = found.score * share;
      const known = best.get(record);
      if (!known || score > known.score) best.set(record, { ...found, score, term, all: found.all || (known?.all ?? false) });
      else if (found.all) known.all = true;
    }
    if (term.date) await addDates(index, term, best);
  }
  return best;
}

function weightOf(term) {
  return term.keys.reduce((sum, key) => sum + key.weight, 0) || 1;
}

// What was published then is what was asked for; what mentions the day comes behind.
async function addDates(index, term, best) {
  const score = Math.max(FLOORS.date, FLOORS.dated * Math.max(0, ...[...best.values()].map((one) => one.score)));
  for (const [record, { date }] of await index.records()) {
    if (date < term.date[0] || date > term.date[1] || !date) continue;
    best.set(record, { score, coverage: 1, all: true, keys: new Set(), units: null, term, isDated: true });
  }
}

// Reads the best, sees what they really hold, and puts them in order by it.
async function answered(index, query, records, { limit, sort, isCounting }) {
  const whole = records.filter(({ isWhole }) => isWhole);
  const isCertain = query.groups.every((group) => group.every(({ exact, keys, date }) => date || (!exact && keys?.length === 1 && keys[0].key.length > 1)));
  const isRead = new Set(records.slice(0, Math.max(limit, isCounting ? READ : 0)));
  if (isCounting && !isCertain) for (const one of whole.slice(0, MOST_READ)) isRead.add(one);
  const first = await verified(index, query, [...isRead]);
  const top = Math.max(0, ...first.map(({ score }) => score));
  const isHeld = query.mostUnits === 1 || first.some(({ isMatch, isOther }) => isMatch && !isOther);
  const candidates = isHeld ? [] : cutCandidates(query, records);
  const cut = new Map((await readCut(index, query, candidates, isRead)).map((one) => [one.record, { ...one, score: one.score + (one.isMatch ? top : 0) }]));
  const read = [...first.filter(({ record }) => !cut.has(record)), ...cut.values()];
  const held = read.filter((one) => one.isMatch);
  const near = (one) => query.groups.length && one.score >= FLOORS.score * top;
  const shown = read.filter((one) => one.isMatch || (sort !== "date" && near(one)));
  if (sort !== "date") shown.sort((one, other) => other.score - one.score || (one.date < other.date ? 1 : -1));
  const isAll = [...whole, ...candidates].every((one) => isRead.has(one));
  const total = isCertain ? whole.length : held.length;
  return {
    hits: shown.slice(0, limit).map((one) => narrowestHit(index, query, one)),
    total,
    isExact: isCertain || isAll,
    near: shown.length > 0 && !held.length,
    counted: isCertain ? whole : held.length ? held : shown,
    hasMore: shown.length > limit || records.length > isRead.size,
    facets: {},
  };
}

// The best or the newest first; the newest of equals, where dates are known.
function inOrder(records, sort, known) {
  for (const one of records) one.date = known.get(one.record)?.date ?? "";
  const first = (one) => (sort === "date" ? Number(one.isWhole) : one.score);
  records.sort((one, other) => first(other) - first(one) || (one.date < other.date ? 1 : one.date > other.date ? -1 : other.record - one.record));
}

// Records that pass every filter; null where there is none.
async function allowedBy(index, query, filters) {
  const wanted = Object.entries(filters).filter(([, value]) => value);
  if (!wanted.length && !query.filters.length) return null;
  const records = await index.records();
  const labels = new Map(Object.entries(index.root.topics).map(([slug, label]) => [slug, index.alphabet.plain(label)]));
  const passes = (values) => wanted.every(([facet, value]) => has(values, facet, value)) && query.filters.every((filter) => fits(index, values, filter, labels));
  return new Set([...records].filter(([, values]) => passes(values)).map(([record]) => record));
}

function has(values, facet, value) {
  return facet === "topic" ? values.topics.includes(value) : values[facet] === value;
}

function fits(index, values, { name, value, not }, labels) {
  const found = {
    source: () => index.alphabet.plain(values.source).includes(value),
    topic: () => values.topics.some((slug) => slug === value || (labels.get(slug) ?? "").includes(value)),
    date: () => values.date >= value[0] && values.date <= value[1] && values.date !== "",
  }[name]();
  return found !== not;
}

// Counts by value; a facet's own filter does not narrow its counts, so that another value can be chosen.
async function counted(index, records, scored, query, filters) {
  const values = await index.records();
  const counts = {};
  for (const facet of FACETS) {
    const others = Object.fromEntries(Object.entries(filters).filter(([name]) => name !== facet));
    const allowed = await allowedBy(index, query, others);
    counts[facet] = {};
    const counting = filters[facet] ? [...scored].filter(([, one]) => one.isWhole).map(([record]) => ({ record })) : records;
    for (const { record } of counting) {
      if (allowed && !allowed.has(record)) continue;
      const known = values.get(record);
      for (const value of facet === "topic" ? known.topics : [known[facet]]) counts[facet][value] = (counts[facet][value] ?? 0) + 1;
    }
  }
  return counts;
}
