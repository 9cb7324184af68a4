// Reads shards, as postings.py has them.

const LINE = 10;
const BEGINNING = 3;
const EMPTY = { slots: new Uint32Array(0), values: new Uint8Array(0) };

// Lists by key. offset: slot in the whole index of the segment's first.
export function readShard(bytes, offset) {
  const end = bytes.indexOf(LINE);
  if (end < 0) throw new RangeError("incomplete");
  const words = new TextDecoder().decode(bytes.subarray(0, end));
  const numbers = new Numbers(bytes, end + 1);
  const some = (count) => Array.from({ length: count }, () => numbers.next());
  const firsts = some(numbers.next());
  const seconds = some(firsts.length);
  const spelled = words ? words.split(" ") : [];
  const slots = some(firsts.length + spelled.length).map((length) => {
    const list = new Uint32Array(length);
    let slot = offset;
    for (let at = 0; at < length; at += 1) list[at] = slot += numbers.next();
    return list;
  });
  const keys = [...pairsOf(firsts, seconds.map((high) => high * 256 + numbers.byte())), ...spelled];
  const lists = new Map();
  keys.forEach((key, number) => {
    const place = numbers.place;
    numbers.place += slots[number].length;
    lists.set(key, { slots: slots[number], values: bytes.subarray(place, numbers.place) });
  });
  if (numbers.place !== bytes.length) throw new RangeError("incomplete");
  return lists;
}

// Pairs and single characters, of the steps of their first and the code points of their second ones.
function pairsOf(steps, seconds) {
  let first = 0;
  return steps.map((step, place) => {
    first += step;
    return String.fromCodePoint(first) + (seconds[place] ? String.fromCodePoint(seconds[place]) : "");
  });
}

// The number of the shard that holds a key.
export function shardOf(key, isWord, count) {
  return checksumOf(isWord ? Array.from(key).slice(0, BEGINNING).join("") : key) % count;
}

// FNV-1a over code points, its high bits mixed into the low ones.
export function checksumOf(text) {
  let checksum = 0x811c9dc5;
  for (const character of text) checksum = Math.imul(checksum ^ character.codePointAt(0), 16777619) >>> 0;
  return (checksum ^ (checksum >>> 15)) >>> 0;
}

// Lists one behind the other: those of segments, whose slots rise.
export function joinedLists(lists) {
  const some = lists.filter((list) => list && list.slots.length);
  if (some.length < 2) return some[0] ?? EMPTY;
  const total = some.reduce((sum, list) => sum + list.slots.length, 0);
  const joined = { slots: new Uint32Array(total), values: new Uint8Array(total) };
  let place = 0;
  for (const list of some) {
    joined.slots.set(list.slots, place);
    joined.values.set(list.values, place);
    place += list.slots.length;
  }
  return joined;
}

// Little-endian base 128.
class Numbers {
  constructor(bytes, place) {
    this.bytes = bytes;
    this.place = place;
  }

  next() {
    let value = 0;
    let shift = 0;
    for (;;) {
      const byte = this.byte();
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
      shift += 7;
    }
  }

  byte() {
    if (this.place >= this.bytes.length) throw new RangeError("incomplete");
    this.place += 1;
    return this.bytes[this.place - 1];
  }
}
