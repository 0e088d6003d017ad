/**
 * Numbers as people type them. Vietnam writes 1.070.547 and 1,5; phones and spreadsheets often have 1,070,547 and 1.5.
 * A text such as "1.234" or "39.500" is a number in both conventions, and nothing in it says which one was meant:
 * then both readings are given, and an answer is right when either of them is. Nobody loses a point to a convention,
 * and the wrong reading is a thousand times off, so it hits a key only by a rare accident.
 */
import { fold } from '../../vietnamese.ts';

/** Groups of three between dots or spaces, a comma before the decimals. A group never begins with 0: "0.500" is not 500. */
const VIETNAMESE = /^([1-9]\d{0,2}(?:\.\d{3})+|[1-9]\d{0,2}(?: \d{3})+|\d+)?(?:,(\d+))?$/;
/** Groups of three between commas or spaces, a dot before the decimals. */
const ENGLISH = /^([1-9]\d{0,2}(?:,\d{3})+|[1-9]\d{0,2}(?: \d{3})+|\d+)?(?:\.(\d+))?$/;
const TYPED = /^([-+−–]?)\s*((?:[\d.,][\d.,\s]*)?\d[\d.,]*)\s*(.*)$/su;

/** Every number that the text can mean: none, one or two. `unit` may stand behind it, whole or its first words. */
export function readingsOf(text: string, unit: string): readonly number[] {
  const typed = TYPED.exec(text.trim());
  if (typed === null) return [];
  const [, sign = '', digits = '', behind = ''] = typed;
  if (!isUnit(behind, unit)) return [];
  const body = digits
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/ ?([.,]) ?/g, '$1')
    .replace(/[.,]$/, '');
  const readings = [VIETNAMESE, ENGLISH].flatMap((convention) => readAs(convention, body));
  const signed = sign === '' || sign === '+' ? readings : readings.map((value) => 0 - value);
  return signed.filter((value, i) => signed.indexOf(value) === i);
}

function readAs(convention: RegExp, body: string): readonly number[] {
  const parts = convention.exec(body);
  if (parts === null) return [];
  const [, whole = '', decimals = ''] = parts;
  const digits = `${whole.replace(/[., ]/g, '')}.${decimals}`;
  return digits === '.' ? [] : [Number(digits)];
}

/** "tỷ" is enough for "tỷ đồng", and "%" for "%/năm"; a percent sign may stand where no unit is asked for. */
function isUnit(behind: string, unit: string): boolean {
  const typed = fold(behind).trim();
  const asked = fold(unit).trim();
  if (typed === '' || typed === asked) return true;
  if (asked === '') return typed === '%';
  return asked.startsWith(typed) && !/^[\p{L}\p{N}]/u.test(asked.slice(typed.length));
}

/**
 * A number as Vietnam writes it: dots between thousands from five digits on (1954 is a year more often than not), a comma
 * before the decimals. For |value| < 1e21.
 */
export function formatNumber(value: number): string {
  const [whole = '', decimals] = String(Math.abs(value)).split('.');
  const grouped = whole.length < 5 ? whole : whole.replace(/\B(?=(\d{3})+$)/g, '.');
  return (value < 0 ? '-' : '') + grouped + (decimals === undefined ? '' : `,${decimals}`);
}
