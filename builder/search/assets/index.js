// A written index, opened for reading over HTTP. The twin of index.py and catalogue.py.

import { Alphabet } from "./characters.js";
import { readShard, shardName } from "./coding.js";

const FORMAT = 1;
const DAY = 86400000;
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

  facets() {
    return this.keep("facets.gz", (bytes) => {
      const column = ({ values, numbers }) => numbers.map((number) => values[number]);
      const { source, topics, script } = parse(bytes);
      return {
        source: column(source).map((value) => [value]),
        topic: column(topics).map((value) => value.split(" ").filter(Boolean)),
        year: this.catalogue.years.map((value) => [value]),
        script: column(script).map((value) => [value]),
      };
    });
  }

  // The units that hold a key, in order, with its weight in each.
  async weights(key) {
    const parts = await Promise.all(this.catalogue.parts.map((part) => this.listIn(part, key)));
    const found = new Map();
    parts.forEach((list, number) => {
      const start = this.catalogue.parts[number].unitStart;
      for (const posting of list) found.set(start + (posting >> 2), posting & 3);
    });
    return found;
  }

  unit(number) {
    return this.keep(this.catalogue.unitFiles[number], (bytes) => {
      const unit = parse(bytes);
      unit.characters = Array.from(unit.text);
      unit.readings = new Map();
      return unit;
    });
  }

  async listIn(part, key) {
    const name = shardName(part, key);
    if (name === null) return [];
    const lists = await this.keep(`${part.name}/${name}`, (bytes) => readShard(bytes, part.units));
    return lists.get(key) ?? [];
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
  const days = [...new Array(root.undated).fill(null), ...sums(root.days)];
  const iso = days.map((day) => (day === null ? "" : new Date(day * DAY).toISOString().slice(0, 10)));
  let unitStart = 0;
  const parts = root.segments.map(({ name, units, starts, counts }) => {
    const part = { name, units, starts: sums(starts), counts, unitStart };
    unitStart += units;
    return part;
  });
  return {
    alphabet: new Alphabet(root),
    parts,
    years: iso.map((day) => day.slice(0, 4)),
    recordOf: root.units.flatMap((count, record) => new Array(count).fill(record)),
    unitFiles: unitFiles(iso, root.units),
    unitStarts: [0, ...sums(root.units)],
    common: new Map(Array.from(root.common, (character, rank) => [character, rank])),
    topics: root.topics,
    aliases: new Map(Object.entries(root.aliases)),
  };
}

function sums(steps) {
  let sum = 0;
  return steps.map((step) => (sum += step));
}

function unitFiles(days, counts) {
  const turns = new Map();
  return days.flatMap((day, record) => {
    const turn = turns.get(day) ?? 0;
    turns.set(day, turn + 1);
    const folder = day ? `texts/${day.slice(0, 4)}/${day.slice(5)}` : "texts/0000/00-00";
    return Array.from({ length: counts[record] }, (_, number) => `${folder}.${turn}.${number}.gz`);
  });
}
