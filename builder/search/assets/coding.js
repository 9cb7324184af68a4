// Reads shards: keys as text, an empty line, lists of postings as bits. The twin of coding.py and shards.py.

const LINE = 10;
const WEIGHT_BITS = 2;

export function readShard(bytes, units) {
  const split = emptyLine(bytes);
  const lines = new TextDecoder().decode(bytes.subarray(0, split)).split("\n");
  const bits = new Bits(bytes, (split + 2) * 8);
  const lists = new Map();
  for (const line of lines) {
    const [prefix, ends] = line.split("\t");
    for (const end of ends ?? "") lists.set(prefix + end, readList(bits, units));
  }
  return lists;
}

// File of the shard that would hold a key; null where none would.
export function shardName({ starts, counts }, key) {
  const [first, ...others] = Array.from(key, (character) => character.codePointAt(0));
  const place = lastNotAbove(starts, first);
  if (place < 0) return null;
  const part = others.reduceRight((sum, code) => sum * 31 + code, 0) % counts[place];
  return `${starts[place].toString(16)}.${part}.gz`;
}

function lastNotAbove(sorted, value) {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function emptyLine(bytes) {
  for (let place = 0; place + 1 < bytes.length; place += 1) {
    if (bytes[place] === LINE && bytes[place + 1] === LINE) return place;
  }
  throw new RangeError("incomplete");
}

function readList(bits, units) {
  const length = bits.gamma();
  const postings = bits.rising(length, units).map((unit) => unit << WEIGHT_BITS);
  const weighted = bits.gamma() - 1;
  bits.rising(weighted, length, (number) => {
    postings[number] |= 1 + bits.bit();
  });
  return postings;
}

function riceParameter(among, length) {
  const mean = Math.floor((among * 11) / (16 * length));
  return mean > 0 ? 31 - Math.clz32(mean) : 0;
}

class Bits {
  constructor(bytes, place) {
    this.bytes = bytes;
    this.place = place;
    this.end = bytes.length * 8;
  }

  bit() {
    if (this.place >= this.end) throw new RangeError("incomplete");
    const bit = (this.bytes[this.place >> 3] >> (7 - (this.place & 7))) & 1;
    this.place += 1;
    return bit;
  }

  // So many rising numbers below a bound, each as the gap before it; after each, what else there is to read of it.
  rising(length, bound, then = () => {}) {
    const parameter = riceParameter(bound, length);
    const numbers = new Array(length);
    let number = -1;
    for (let turn = 0; turn < length; turn += 1) {
      number += this.ones() * 2 ** parameter + this.low(parameter) + 1;
      numbers[turn] = number;
      then(number);
    }
    return numbers;
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
