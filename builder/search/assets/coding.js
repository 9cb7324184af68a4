// Reads shards: keys as text, an empty line, lists of postings as bits. The twin of coding.py and shards.py.

const LINE = 10;
const WEIGHT_BITS = 2;
const MOST_WEIGHT = 3;

export function readShard(bytes, units) {
  const split = emptyLine(bytes);
  const lines = new TextDecoder().decode(bytes.subarray(0, split)).split("\n");
  const bits = new Bits(bytes, (split + 2) * 8);
  const lists = new Map();
  for (const line of lines) {
    const tab = line.indexOf("\t");
    const prefix = line.slice(0, tab);
    for (const end of line.slice(tab + 1)) lists.set(prefix + end, readList(bits, units));
  }
  return lists;
}

function emptyLine(bytes) {
  for (let place = 0; place + 1 < bytes.length; place += 1) {
    if (bytes[place] === LINE && bytes[place + 1] === LINE) return place;
  }
  throw new RangeError("incomplete");
}

function readList(bits, units) {
  const length = bits.gamma();
  const mean = Math.floor((units * 11) / (16 * length));
  const parameter = mean > 0 ? 31 - Math.clz32(mean) : 0;
  const postings = new Array(length);
  let unit = -1;
  for (let number = 0; number < length; number += 1) {
    unit += bits.ones() * 2 ** parameter + bits.low(parameter) + 1;
    postings[number] = (unit << WEIGHT_BITS) | bits.ones(MOST_WEIGHT);
  }
  return postings;
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

  // How many ones come before the next zero; after the most there can be, there is no zero.
  ones(most = Infinity) {
    let count = 0;
    while (count < most && this.bit()) count += 1;
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
