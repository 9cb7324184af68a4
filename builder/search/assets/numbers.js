// Numbers in their other forms: 182.28亿 and 18,228,000,000, 十二 and 12.

const DIGITS = { 零: 0, 〇: 0, 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 };
const UNITS = { 十: 10, 百: 100, 千: 1000 };
const LARGE = { 万: 1e4, 亿: 1e8 };
const WRITTEN = /[零〇一二两三四五六七八九十百千]*[十百千万亿][零〇一二两三四五六七八九十百千万亿]*/;
const PRINTED = /\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?/;
const DATED = /[零〇一二三四五六七八九十百]+(?=[年月日号])/g;
const SIGNS = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
const MOST_FORMS = 3;

// Other ways to write the first number of a text, each as the whole text.
export function otherForms(text) {
  const simple = text.replace(/萬/g, "万").replace(/億/g, "亿").replace(/兩/g, "两");
  const printed = new RegExp(`(?:${PRINTED.source})[万亿]?`).exec(simple);
  const found = printed ?? WRITTEN.exec(simple);
  if (!found || found[0].length < 2 || /^\d{4}$/.test(found[0])) return [];
  const number = printed ? printedValue(found[0]) : writtenValue(found[0]);
  if (!Number.isFinite(number) || number < 10) return [];
  const forms = [String(number), ...shortened(number), ...(number < 100 ? [inSigns(number)] : [])];
  const others = [...new Set(forms)].filter((form) => form !== found[0]).slice(0, MOST_FORMS);
  return others.map((form) => simple.slice(0, found.index) + form + simple.slice(found.index + found[0].length));
}

// 二零二零年九月 and 一百零九年 with digits.
export function datesInDigits(text) {
  return text.replace(DATED, (signs) => (/[十百]/.test(signs) ? writtenValue(signs) : Array.from(signs, (sign) => DIGITS[sign]).join("")));
}

function printedValue(text) {
  const unit = LARGE[text.at(-1)] ?? 1;
  return Math.round(Number(text.replace(/[,，万亿]/g, "")) * unit * 1e4) / 1e4;
}

function writtenValue(text) {
  let total = 0;
  let part = 0;
  let digit = 0;
  for (const sign of text) {
    if (sign in DIGITS) digit = DIGITS[sign];
    else if (sign in UNITS) {
      part += (digit || 1) * UNITS[sign];
      digit = 0;
    } else {
      total = (total + part + digit || 1) * LARGE[sign];
      part = digit = 0;
    }
  }
  return total + part + digit;
}

function shortened(number) {
  return Object.entries(LARGE).filter(([, size]) => number >= size).map(([unit, size]) => `${Number((number / size).toFixed(4))}${unit}`).reverse();
}

function inSigns(number) {
  const [tens, ones] = [Math.floor(number / 10), number % 10];
  return `${tens > 1 ? SIGNS[tens] : ""}十${SIGNS[ones]}`;
}
