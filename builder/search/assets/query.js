// Reads what was typed: groups of terms that must all be there (a group's terms are alternatives), terms that must not,
// and filters. Whatever is not well formed means its letters.

import { datesInDigits } from "./numbers.js";

const LONGEST_QUERY = 300;
const MOST_TERMS = 16;
const BLANK = /[\u0000-\u001f\u007f-\u009f\ufeff\u200b]/g;
const PIECE = /(?<not>[-－](?=\S))?(?:(?<name>[^\s:："“「『＂|｜]+)[:：](?=[^\s/]))?(?:["＂](?<a>[^"＂]*)["＂]|“(?<b>[^”]*)”|「(?<c>[^」]*)」|『(?<d>[^』]*)』|(?<word>[^\s"＂“「『|｜]+))|(?<or>[|｜])/gu;
const FIELDS = {
  来源: "source", 來源: "source", 媒体: "source", 媒體: "source", source: "source", site: "source",
  专题: "topic", 專題: "topic", topic: "topic",
  标题: "title", 標題: "title", title: "title", intitle: "title",
  日期: "date", date: "date", 年: "date", year: "date",
};
const DAY = "(\\d{4})(?:[-/.年](\\d{1,2})(?:[-/.月](\\d{1,2}))?)?[日月年号]?";
const RANGE = new RegExp(`^${DAY}(?:\\.\\.|~|～|至)${DAY}$|^${DAY}\\.\\.$|^\\.\\.${DAY}$`);
const DATE = /^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?|年(?:(\d{1,2})月(?:(\d{1,2})[日号]?)?)?)$/;
const HANDLE = /^(?:https?:\/\/|www\.)\S{4,}$|^(?=\S*\d)(?=\S*[-_./])[\w./%?=&-]{8,}$/i;
const FILE = /^[^/"|]{4,}\.(?:md|markdown|txt|html?|mhtml|pdf|docx)$/i;
const ERA = /^(?:民国|民國)(\d{1,3})年/;
const ERA_BEGIN = 1911;

// {groups: [[term]], excluded: [term], filters: [{name, value}]}; a term is {text, plain, exact, title}.
export function parseQuery(alphabet, text) {
  const typed = Array.from(text).slice(0, LONGEST_QUERY).join("").replace(BLANK, " ");
  const query = { groups: [], excluded: [], filters: [], text: typed.trim() };
  let either = false;
  for (const match of typed.matchAll(PIECE)) {
    const { not, name, word, or } = match.groups;
    if (or || word === "OR") {
      if (query.groups.length) either = true;
      continue;
    }
    const quoted = [match.groups.a, match.groups.b, match.groups.c, match.groups.d].find((part) => part !== undefined);
    take(alphabet, query, { not: Boolean(not), name, word, quoted, whole: match[0], either });
    either = false;
    if (query.groups.length >= MOST_TERMS) break;
  }
  if (FILE.test(query.text)) query.groups = [[{ ...termOf(alphabet, query.text), handle: handleOf(query.text) }]];
  if (!query.groups.length && !query.filters.length) {
    query.excluded = [];
    addTerm(query, termOf(alphabet, typed), false);
  }
  return query;
}

function take(alphabet, query, { not, name, word, quoted, whole, either }) {
  const field = FIELDS[(name ?? "").toLowerCase()];
  const value = quoted ?? word;
  if (HANDLE.test(whole) && !rangeOf(whole)) return addTerm(query, { ...termOf(alphabet, whole), handle: handleOf(whole) }, either);
  if (name && !field) return take(alphabet, query, { not, word: quoted === undefined ? `${name}:${word}` : `${name} ${quoted}`, either, whole: "" });
  const range = rangeOf(value);
  if (field === "date" && range) return query.filters.push({ name: "date", value: range, not });
  if (field === "source" || field === "topic") return query.filters.push({ name: field, value: alphabet.plain(value), not });
  if (quoted === undefined && !field && isRange(value)) return query.filters.push({ name: "date", value: range, not });
  const term = { ...termOf(alphabet, value, quoted !== undefined), title: field === "title" };
  if (not && term.plain) return query.excluded.push(term);
  return addTerm(query, term, either);
}

function addTerm(query, term, either) {
  if (!term.plain) return;
  if (either && query.groups.length) query.groups.at(-1).push(term);
  else if (!query.groups.some((group) => group.length === 1 && group[0].plain === term.plain && group[0].exact === term.exact)) query.groups.push([term]);
}

export function termOf(alphabet, text, isQuoted = false) {
  const term = { text: text.trim(), plain: alphabet.plain(text), exact: "", title: false };
  if (isQuoted) term.exact = alphabet.verbatim(text).plain.trim();
  const day = isQuoted ? null : dateOfText(text.trim());
  if (day) term.date = day;
  return term;
}

// The first and last day of what was written as a range or a date.
function rangeOf(text) {
  const found = RANGE.exec(text);
  if (!found) return dateOfText(text) ?? (/^\d{4}$/.test(text) ? daysOf(text) : null);
  const parts = found.slice(1);
  const [from, to] = parts[0] ? [parts.slice(0, 3), parts.slice(3, 6)] : [parts.slice(6, 9), parts.slice(9, 12)];
  return [from[0] ? daysOf(...from)[0] : "", to[0] ? daysOf(...to)[1] : "9999-12-31"];
}

function isRange(text) {
  return RANGE.test(text);
}

// 2021-04, 2021年4月13日, 民國110年4月, 二零二一年四月: first and last day; null for other texts.
export function dateOfText(text) {
  const western = datesInDigits(text).replace(ERA, (_, year) => `${Number(year) + ERA_BEGIN}年`);
  const found = DATE.exec(western);
  return found ? daysOf(found[1], found[2] ?? found[4], found[3] ?? found[5]) : null;
}

function daysOf(year, month, day) {
  const two = (number) => String(number).padStart(2, "0");
  const from = [year, two(month ?? 1), two(day ?? 1)].join("-");
  return [from, [year, two(month ?? 12), two(day ?? 31)].join("-")];
}

// An address or file name without what varies, as keys.py has it.
function handleOf(text) {
  let known = text;
  try {
    known = decodeURIComponent(text);
  } catch {
    // What is not well encoded stays as it is.
  }
  return known.trim().toLowerCase().replace(/^(?:https?:\/\/)?(?:www\.)?/, "").split("#")[0].replace(/\/+$/, "");
}
