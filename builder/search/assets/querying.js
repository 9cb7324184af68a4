// Answers a query from a written index, as querying.py does.

import { candidatesFor } from "./candidates.js";
import { Index } from "./index.js";
import { mainUnit, match, newestFirst } from "./matching.js";
import { nearHits } from "./near.js";
import { questionsOf } from "./parsing.js";

const BATCH = 4;
const SHORT_WORD = 3;
const FACET_NAMES = ["source", "topic", "year", "script"];
const NOTHING = { hits: [], total: 0, exact: true, widened: [], near: false, facets: {} };

// address: folder of the index, ending in a slash; get: like fetch.
export function openIndex(address, get = (url) => fetch(url)) {
  return new Index(address, get);
}

// options: limit, filters ({source, topic, year, script}), sort ("relevance" or "date"), facets (whether to count),
// widen (whether to look for other names at once, or only where what was typed is nowhere).
export async function search(index, text, options = {}) {
  const { limit = 12, filters = {}, sort = "relevance", facets = false, widen = true } = options;
  await index.open();
  const questions = questionsOf(index, text);
  if (!questions.length || !questions[0].terms.length) return NOTHING;
  const asked = widen ? questions : questions.slice(0, 1);
  // A short word is likely to stand in many articles; asking for their dates at once saves a round trip.
  if (Array.from(questions[0].terms[0].plain).length <= SHORT_WORD) index.dates().catch(() => {});
  const found = await Promise.all(asked.map(({ terms }) => candidatesFor(index, terms, facets)));
  const allowed = await allowedBy(index, filters);
  const order = await ordered(index, found, allowed, sort);
  const { hits, checked, missed } = await check({ index, asked, found, order, sort }, limit);
  const widened = asked.slice(1).map((question) => question.name);
  if (!hits.length && asked.length < questions.length) return search(index, text, { ...options, widen: true });
  if (!hits.length) {
    const near = await nearHits(index, asked[0].terms, allowed);
    return { ...NOTHING, hits: near.slice(0, limit), total: near.length, widened, near: near.length > 0 };
  }
  return {
    hits,
    total: order.length - missed,
    exact: checked === order.length || found.every((ofQuestion) => ofQuestion.certain),
    widened,
    near: false,
    facets: facets ? await counted(index, firstQuestions(found), filters) : {},
  };
}

// The first question that each candidate may answer.
function firstQuestions(found) {
  const first = new Map();
  found.forEach(({ scores }, number) => {
    for (const record of scores.keys()) if (!first.has(record)) first.set(record, number);
  });
  return first;
}

// Candidates that the filters let through, in the order of reading; one batch alone is put in order once read.
async function ordered(index, found, allowed, sort) {
  const first = firstQuestions(found);
  const order = [...first.keys()].filter((record) => !allowed || allowed.has(record)).sort((one, other) => other - one);
  if (order.length > BATCH) {
    const dates = sort === "date" ? (await index.facets()).days : await index.dates();
    order.sort((one, other) => dates.get(other) - dates.get(one));
  }
  const score = (record) => found[first.get(record)].scores.get(record);
  if (sort !== "date") order.sort((one, other) => first.get(one) - first.get(other) || score(other) - score(one));
  return order;
}

// Checks a batch at a time; the best of each batch come first, so that what only reading tells counts, too.
async function check({ index, asked, found, order, sort }, limit) {
  const hits = [];
  let checked = 0;
  let missed = 0;
  readAhead(index, found, order.slice(BATCH, limit));
  while (hits.length < limit && checked < order.length) {
    const batch = order.slice(checked, checked + BATCH);
    const answers = await Promise.all(batch.map((record) => firstMatch(index, asked, found, record)));
    const matched = answers.filter(Boolean);
    checked += batch.length;
    missed += batch.length - matched.length;
    if (matched.length < batch.length) await narrow(index, asked, found, order, checked);
    matched.sort((one, other) => newestFirst(one.hit, other.hit));
    if (sort !== "date") matched.sort((one, other) => one.number - other.number || other.hit.score - one.hit.score);
    hits.push(...matched.map(({ hit }) => hit));
  }
  return { hits: hits.slice(0, limit), checked, missed };
}

// What will be read anyway is asked for at once.
function readAhead(index, found, records) {
  if (!found.every((ofQuestion) => ofQuestion.complete)) return;
  for (const record of records) {
    const { units } = found.find(({ scores }) => scores.has(record));
    index.unit(mainUnit(index.unitsOf(record), units)).catch(() => {});
  }
}

// After a miss, look up every key, to read as few more in vain as possible.
async function narrow(index, asked, found, order, checked) {
  if (found.every((ofQuestion) => ofQuestion.complete)) return;
  const thorough = await Promise.all(asked.map(({ terms }) => candidatesFor(index, terms, true)));
  found.splice(0, found.length, ...thorough);
  const left = firstQuestions(found);
  order.splice(checked, order.length, ...order.slice(checked).filter((record) => left.has(record)));
}

// The first question that the record really answers.
async function firstMatch(index, asked, found, record) {
  for (const [number, { terms, name }] of asked.entries()) {
    if (!found[number].scores.has(record)) continue;
    const hit = await match(index, record, terms, found[number].units, name);
    if (hit) return { number, hit };
  }
  return null;
}

// Numbers of the records that pass every filter; null where there is none.
async function allowedBy(index, filters) {
  const wanted = Object.entries(filters);
  if (!wanted.length) return null;
  const values = await index.facets();
  const passes = (record) => wanted.every(([facet, value]) => values[facet].get(record).includes(value));
  return new Set([...values.year.keys()].filter(passes));
}

// Counts by value; a facet's own filter does not narrow its counts, so that another value can be chosen.
async function counted(index, records, filters) {
  const values = await index.facets();
  const counts = {};
  for (const facet of FACET_NAMES) {
    const allowed = await allowedBy(index, Object.fromEntries(Object.entries(filters).filter(([other]) => other !== facet)));
    counts[facet] = {};
    for (const record of records.keys()) {
      if (allowed && !allowed.has(record)) continue;
      for (const value of values[facet].get(record)) counts[facet][value] = (counts[facet][value] ?? 0) + 1;
    }
  }
  return counts;
}
