// Reads shards: keys as text, an empty line, lists of postings as bits. The twin of coding.py and shards.py.

const LINE = 10;
const WEIGHT_BITS = 2;

export function readShard(bytes, units) {
  const split = emptyLine(bytes);
  const keys = readKeyLines(new TextDecoder().decode(bytes.subarray(0, split)));
  const bits = new Bits(bytes, (split + 2) * 8);
  const lists = new Map();
  for (const key of keys) lists.set(key, readList(bits, units));
  return lists;
}

// A line for each prefix, a tab, the last characters of the keys that begin with it.
export function readKeyLines(text) {
  return text.split("\n").flatMap((line) => {
    const [prefix, ends] = line.split("\t");
    return Array.from(ends ?? "", (end) => prefix + end);
  });
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
