// Reads shards: keys as three lines of text, the lengths of their lists, the lists as bits. The twin of coding.py,
// lists.py and shards.py.

const LINE = 10;
const LONGEST_KEY = 3;
const PLANES = 3;
const SHORT = 256;
const LONG_HEAD = 4;

// Coded lists by key; they are decoded when asked for.
export function readShard(bytes) {
  const keys = [];
  let place = 0;
  for (let length = 1; length <= LONGEST_KEY; length += 1) {
    const end = bytes.indexOf(LINE, place);
    if (end < 0) throw new RangeError("incomplete");
    const characters = Array.from(new TextDecoder().decode(bytes.subarray(place, end)));
    for (let at = 0; at < characters.length; at += length) keys.push(characters.slice(at, at + length).join(""));
    place = end + 1;
  }
  const sizes = planes(bytes.subarray(place, place + PLANES * keys.length), keys.length);
  place += PLANES * keys.length;
  const lists = new Map();
  keys.forEach((key, number) => {
    lists.set(key, bytes.subarray(place, place + sizes[number]));
    place += sizes[number];
  });
  if (place !== bytes.length) throw new RangeError("incomplete");
  return lists;
}

// Numbers whose low, middle and high bytes lie apart.
export function planes(bytes, count) {
  return Array.from({ length: count }, (_, at) => bytes[at] | (bytes[count + at] << 8) | (bytes[2 * count + at] << 16));
}

// File of the shard that holds a key.
export function shardName(count, key) {
  let checksum = 0x811c9dc5;
  for (const character of key) checksum = Math.imul(checksum ^ character.codePointAt(0), 16777619) >>> 0;
  return `shards/${(((checksum ^ (checksum >>> 15)) >>> 0) % count).toString(16)}.gz`;
}

// Weights by slot, in the slots' order.
export function readList(bytes, slots) {
  const found = new Map();
  if (bytes[0]) readPiece(bytes, slots, 0, found);
  else readLong(bytes, slots, found);
  return found;
}

function readLong(bytes, slots, found) {
  const count = blockCount((bytes[1] << 16) | (bytes[2] << 8) | bytes[3]);
  const width = slots / count;
  let place = LONG_HEAD + 2 * count;
  for (let number = 0; number < count; number += 1) {
    const at = LONG_HEAD + 2 * number;
    const end = place + ((bytes[at] << 8) | bytes[at + 1]);
    if (end > bytes.length) throw new RangeError("incomplete");
    if (end > place) readPiece(bytes.subarray(place, end), width, number * width, found);
    place = end;
  }
}

function blockCount(length) {
  return 1 << Math.max(1, Math.clz32(SHORT) - Math.clz32(length) + 1);
}

function readPiece(bytes, slots, start, found) {
  const bits = new Bits(bytes);
  const length = bits.gamma();
  const weighted = bits.gamma() - 1;
  const weights = new Uint8Array(length);
  bits.rising(weighted, length, (place) => {
    weights[place] = 1 + bits.bit();
  });
  let place = 0;
  bits.rising(length, slots, (slot) => {
    found.set(start + slot, weights[place]);
    place += 1;
  });
}

function riceParameter(among, length) {
  return Math.max(0, 31 - Math.clz32(Math.floor((among * 11) / (16 * length))));
}

class Bits {
  constructor(bytes) {
    this.bytes = bytes;
    this.place = 0;
    this.end = bytes.length * 8;
  }

  bit() {
    if (this.place >= this.end) throw new RangeError("incomplete");
    const bit = (this.bytes[this.place >> 3] >> (7 - (this.place & 7))) & 1;
    this.place += 1;
    return bit;
  }

  // So many rising numbers below a bound, each as the gap before it.
  rising(length, bound, take) {
    const parameter = length ? riceParameter(bound, length) : 0;
    let number = -1;
    for (let turn = 0; turn < length; turn += 1) {
      number += this.ones() * 2 ** parameter + this.low(parameter) + 1;
      take(number);
    }
  }

  ones() {
    let count = 0;
    while (this.bit()) count += 1;
    return count;
  }

  low(width) {
    let value = 0;
    for (let number = 0; number < width; number += 1) value = value * 2 + this.bit();
    return value;
  }

  gamma() {
    let width = 0;
    while (!this.bit()) width += 1;
    return 2 ** width + this.low(width);
  }
}
