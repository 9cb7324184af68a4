// A written index, opened for reading over HTTP. The twin of index.py, catalogue.py and dates.py.

import { Alphabet } from "./characters.js";
import { planes, readList, readShard, shardName } from "./coding.js";

const FORMAT = 2;
const MOST_KEPT = 3000;

// A file of the index is missing or damaged; the message names it.
export class IndexFileError extends Error {}

export class Index {
  // address: folder of the index, ending in a slash; get: like fetch.
  constructor(address, get) {
    this.address = address;
    this.get = get;
    this.kept = new Map();
  }

  async open() {
    if (this.catalogue) return;
    const root = await this.keep("root.gz", (bytes) => readRoot(parse(bytes)));
    this.alphabet = root.alphabet;
    this.catalogue = root;
  }

  // Months by record, which is the slot of its first unit, counted from January of the year 0; 0 where unknown.
  dates() {
    return this.keep("dates.gz", (bytes) => {
      const count = bytes.length / 6;
      const slots = sums(planes(bytes.subarray(0, bytes.length / 2), count));
      const months = planes(bytes.subarray(bytes.length / 2), count);
      return new Map(slots.map((slot, place) => [slot, months[place]]));
    });
  }

  // Values by record, for each facet, and days by record for sorting.
  async facets() {
    const [dates, columns] = await Promise.all([this.dates(), this.keep("facets.gz", parse)]);
    const records = [...dates.keys()];
    const column = ({ values, numbers }, split) =>
      new Map(records.map((record, place) => [record, split(values[numbers[place]])]));
    const one = (value) => [value];
    return {
      source: column(columns.source, one),
      topic: column(columns.topics, (value) => value.split(" ").filter(Boolean)),
      year: new Map(Array.from(dates, ([record, month]) => [record, [yearOf(month)]])),
      script: column(columns.script, one),
      days: new Map(records.map((record, place) => [record, dates.get(record) * 32 + columns.days[place]])),
    };
  }

  // The units that hold a key, in order, with its weight in each.
  async weights(key) {
    const name = shardName(this.catalogue.shards, key);
    const coded = (await this.keep(name, readShard)).get(key);
    try {
      return coded ? readList(coded, this.catalogue.slots) : new Map();
    } catch (error) {
      throw new IndexFileError(`${name}: ${error.message}`);
    }
  }

  unit(slot) {
    const name = `texts/${(slot >> 8).toString(16)}/${(slot & 255).toString(16).padStart(2, "0")}.gz`;
    return this.keep(name, (bytes) => {
      const unit = parse(bytes);
      unit.characters = Array.from(unit.text);
      return unit;
    });
  }

  // The record that a unit is part of.
  recordOf(slot) {
    return this.catalogue.firstOf.get(slot) ?? slot;
  }

  // The slots of a record's units.
  unitsOf(record) {
    return Array.from({ length: this.catalogue.lengths.get(record) ?? 1 }, (_, number) => record + number);
  }

  // Fetch once, remember the latest; what fails is asked for again next time.
  keep(name, read) {
    let promise = this.kept.get(name);
    if (promise) return promise;
    promise = this.fetched(name, read);
    if (this.kept.size >= MOST_KEPT) this.kept.delete(this.kept.keys().next().value);
    this.kept.set(name, promise);
    promise.catch(() => this.kept.delete(name));
    return promise;
  }

  async fetched(name, read) {
    try {
      const response = await this.get(this.address + name);
      if (!response.ok) throw new Error(String(response.status));
      const unpacked = response.body.pipeThrough(new DecompressionStream("gzip"));
      return read(new Uint8Array(await new Response(unpacked).arrayBuffer()));
    } catch (error) {
      throw new IndexFileError(`${name}: ${error.message}`);
    }
  }
}

function parse(bytes) {
  return JSON.parse(new TextDecoder().decode(bytes));
}

function readRoot(root) {
  if (root.format !== FORMAT) throw new Error(`format ${root.format}`);
  const lengths = new Map(sums(root.long).map((slot, place) => [slot, root.lengths[place]]));
  const firstOf = new Map();
  for (const [slot, units] of lengths) for (let step = 1; step < units; step += 1) firstOf.set(slot + step, slot);
  return {
    alphabet: new Alphabet(root),
    slots: root.slots,
    shards: root.shards,
    units: root.units,
    lengths,
    firstOf,
    common: new Map(Array.from(root.common, (character, rank) => [character, rank])),
    topics: root.topics,
    aliases: new Map(Object.entries(root.aliases)),
  };
}

function sums(steps) {
  let sum = 0;
  return steps.map((step) => (sum += step));
}

function yearOf(month) {
  return month ? String(Math.floor(month / 12)).padStart(4, "0") : "";
}
