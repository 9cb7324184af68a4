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
  const keys = [...pairsOf(numbers), ...(words ? words.split(" ") : [])];
  const lengths = keys.map(() => numbers.next());
  const lists = new Map();
  const total = lengths.reduce((sum, length) => sum + length, 0);
  keys.forEach((key, number) => {
    const slots = new Uint32Array(lengths[number]);
    let slot = offset;
    for (let at = 0; at < slots.length; at += 1) slots[at] = slot += numbers.next();
    lists.set(key, { slots, values: null });
  });
  let from = numbers.place;
  if (from + total !== bytes.length) throw new RangeError("incomplete");
  for (const list of lists.values()) {
    list.values = bytes.subarray(from, from + list.slots.length);
    from += list.slots.length;
  }
  return lists;
}

// Pairs and single characters.
function pairsOf(numbers) {
  const firsts = Array.from({ length: numbers.next() }, () => numbers.next());
  const high = firsts.map(() => numbers.next());
  let first = 0;
  return firsts.map((step, place) => {
    first += step;
    const second = high[place] * 256 + numbers.byte();
    return String.fromCodePoint(first) + (second ? String.fromCodePoint(second) : "");
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
