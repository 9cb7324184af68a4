// A written index, opened for reading. Every file is asked for once and kept.

import { Alphabet } from "./characters.js";
import { Lexicon } from "./lexicon.js";
import { joinedLists, readShard, shardOf } from "./shards.js";

const FORMAT = 6;
const SHOWN = ["number", "title", "address", "kind", "source", "credits", "topics", "date", "language", "text", "length", "places"];
const SLOTS_A_FILE = 16;
const MOST_KEPT = 3000;
const SHORTEST_PREFIX = 3;

// A file of the index is missing or damaged; the message names it.
export class IndexFileError extends Error {}

export class Index {
  // get: gives the unpacked bytes of a file of the index, by its path and version; null where it is missing.
  constructor(get) {
    this.get = get;
    this.kept = new Map();
    this.failed = new Set();
  }

  async open() {
    if (this.root) return;
    const content = await this.keep("root.gz", "", parse);
    if (content.format !== FORMAT) throw new IndexFileError("root.gz");
    this.alphabet = new Alphabet(content);
    let offset = 0;
    this.segments = content.segments.map(([name, version, slots, shards]) => {
      const segment = { name, version, slots, shards, offset };
      offset += slots;
      return segment;
    });
    this.firsts = new Map();
    this.lengths = new Map();
    let slot = 0;
    content.long.forEach((step, place) => {
      slot += step;
      this.lengths.set(slot, content.lengths[place]);
      for (let more = 1; more < content.lengths[place]; more += 1) this.firsts.set(slot + more, slot);
    });
    this.root = content;
  }

  // A record's number is the slot of its first unit.
  recordOf(slot) {
    return this.firsts.get(slot) ?? slot;
  }

  unitsOf(record) {
    return Array.from({ length: this.lengths.get(record) ?? 1 }, (_, step) => record + step);
  }

  async list(key) {
    const shards = await this.shardsOf(key, false);
    return joinedLists(shards.map((shard) => shard.get(key)));
  }

  // Words that are so, or begin so: lists by word.
  async words(typed, isBeginning) {
    const shards = await this.shardsOf(typed, true);
    const found = new Set([typed]);
    if (isBeginning && Array.from(typed).length >= SHORTEST_PREFIX) {
      for (const shard of shards) for (const key of shard.keys()) if (key.startsWith(typed)) found.add(key);
    }
    const lists = [...found].map((word) => [word, joinedLists(shards.map((shard) => shard.get(word)))]);
    return new Map(lists.filter(([, list]) => list.slots.length));
  }

  shardsOf(key, isWord) {
    const ofSegment = (segment) => {
      const name = `${segment.name}/lists/${shardOf(key, isWord, segment.shards).toString(16)}.gz`;
      return this.keep(name, segment.version, (bytes) => readShard(bytes, segment.offset)).catch((error) => this.without(error, new Map()));
    };
    return Promise.all(this.segments.map(ofSegment));
  }

  // A unit's text and what is shown of its record; null where its file is missing.
  async unit(slot) {
    const segment = this.segments.findLast(({ offset }) => offset <= slot);
    const own = slot - segment.offset;
    const name = `${segment.name}/texts/${Math.floor(own / SLOTS_A_FILE).toString(16)}.gz`;
    const units = await this.keep(name, segment.version, readTexts).catch((error) => this.without(error, new Map()));
    return units.get(own) ?? null;
  }

  // What filters, counts and dates need: columns by record.
  records() {
    return this.keep("records.gz", this.segments.map(({ version }) => version).join("-"), (bytes) => readRecords(parse(bytes)));
  }

  // Words that a text may be meant for.
  async lexicon(text) {
    const version = this.root.versions["lexicon.gz"];
    try {
      const lexicon = await this.keep("lexicon.gz", version, (bytes) => new Lexicon(parse(bytes)));
      const parts = lexicon.beginnings(text).map((letter) => this.keep(`lexicon/${letter}.gz`, version, (bytes) => lexicon.add(parse(bytes))));
      await Promise.all(parts);
      return lexicon;
    } catch (error) {
      return this.without(error, null);
    }
  }

  // Other names by plain name.
  names() {
    return this.keep("names.gz", this.root.versions["names.gz"], (bytes) => readNames(parse(bytes), this.alphabet)).catch((error) => this.without(error, new Map()));
  }

  // A part that is missing is noted, and the rest answers.
  without(error, nothing) {
    if (!(error instanceof IndexFileError)) throw error;
    this.failed.add(error.message);
    return nothing;
  }

  keep(name, version, read) {
    const known = this.kept.get(name);
    if (known) return known;
    if (this.kept.size >= MOST_KEPT) this.kept.clear();
    const promise = this.fetched(name, version, read);
    promise.catch(() => this.kept.delete(name));
    this.kept.set(name, promise);
    return promise;
  }

  async fetched(name, version, read) {
    let bytes = null;
    try {
      bytes = await this.get(name, version);
      if (bytes) return read(bytes);
    } catch (error) {
      console.error(name, error);
    }
    throw new IndexFileError(name);
  }
}

// Units by slot.
function readTexts(bytes) {
  return new Map(parse(bytes).map(([slot, ...values]) => [slot, Object.fromEntries(SHOWN.map((name, place) => [name, values[place]]))]));
}

function readNames(pairs, alphabet) {
  const others = new Map();
  for (const pair of pairs) {
    const names = pair.split(" ").map((name) => name.replaceAll("_", " "));
    for (const [name, other] of [names, [...names].reverse()]) {
      const plain = alphabet.plain(name);
      others.set(plain, [...(others.get(plain) ?? []), other]);
    }
  }
  return others;
}

function readRecords(content) {
  const columns = ["source", "topics", "script"].map((name) => content[name].numbers.map((number) => content[name].values[number]));
  const records = new Map();
  let slot = 0;
  content.days.forEach((day, place) => {
    const date = day ? dateOf(day) : "";
    const [source, topics, script] = columns.map((column) => column[place]);
    slot += content.slots[place];
    records.set(slot, { date, source, script, topics: topics ? topics.split(" ") : [], year: date.slice(0, 4) });
  });
  return records;
}

// The ISO 8601 day of a number counted from the first day of the year 1.
function dateOf(day) {
  const date = new Date(0);
  date.setUTCFullYear(1, 0, 1);
  date.setUTCDate(day);
  const year = String(date.getUTCFullYear()).padStart(4, "0");
  return `${year}${date.toISOString().slice(-20, -14)}`;
}

function parse(bytes) {
  return JSON.parse(new TextDecoder("gbk").decode(bytes));
}
