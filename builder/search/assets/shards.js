// Reads shards: keys as three lines of text, then the lengths of their lists, the steps from slot to slot, the values.

const LINE = 10;
const HEAD_LINES = 3;
const BEGINNING = 3;
const EMPTY = { slots: new Uint32Array(0), values: new Uint8Array(0) };

// Lists by key. offset: slot in the whole index of the segment's first.
export function readShard(bytes, offset) {
  const lines = [];
  let place = 0;
  while (lines.length < HEAD_LINES) {
    const end = bytes.indexOf(LINE, place);
    if (end < 0) throw new RangeError("incomplete");
    lines.push(new TextDecoder().decode(bytes.subarray(place, end)));
    place = end + 1;
  }
  const pairs = Array.from(lines[0]);
  const keys = [...pairs.keys()].filter((at) => at % 2 === 0).map((at) => pairs[at] + pairs[at + 1]);
  keys.push(...lines[1], ...(lines[2] ? lines[2].split(" ") : []));
  const numbers = new Numbers(bytes, place);
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
      if (this.place >= this.bytes.length) throw new RangeError("incomplete");
      const byte = this.bytes[this.place];
      this.place += 1;
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
      shift += 7;
    }
  }
}
