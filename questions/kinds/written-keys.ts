/** Keys as editors type them: numbers, shares, one accepted answer a line. What cannot be read is null, never guessed. */
import type { NumericAccepted, NumericKey } from './numeric/key.ts';

/** "1.070,5" and "1070.5"; null when it is no number. Groups of three behind points are thousands. */
export function readNumber(text: string): number | null {
  const bare = text.trim().replace(/\s/g, '').replace('−', '-');
  const plain = /^-?\d{1,3}(\.\d{3})+(,\d+)?$/.test(bare) ? bare.replace(/\./g, '') : bare;
  const point = plain.replace(',', '.');
  return /^-?\d+(\.\d+)?$/.test(point) ? Number(point) : null;
}

/** A number that `readNumber` reads again: a comma before the decimals, no groups. */
export function writeNumber(value: number): string {
  return String(value).replace('.', ',');
}

/** "50%" and "0,5" as 0.5; null when it is no share. */
export function readShare(text: string): number | null {
  const bare = text.trim();
  const value = readNumber(bare.replace(/%$/, ''));
  if (value === null) return null;
  return bare.endsWith('%') ? Math.round(value * 1e6) / 1e8 : value;
}

export function writeShare(share: number): string {
  return `${writeNumber(Math.round(share * 1e6) / 1e4)}%`;
}

/** A line and what it is worth: "%50% Hà Nội" → Hà Nội, 0.5. */
export function readWeighted(line: string): { readonly text: string; readonly weight: number } {
  const [, percent, text] = /^%([\d.,]+)%\s*(.*)$/s.exec(line.trim()) ?? [];
  const weight = percent === undefined ? null : readShare(`${percent}%`);
  return weight === null ? { text: line.trim(), weight: 1 } : { text: text ?? '', weight };
}

export function writeWeighted(text: string, weight = 1): string {
  return weight === 1 ? text : `%${writeShare(weight)} ${text}`;
}

/** "10", "10 ± 2" (also "+-"), "8 .. 12", each with a share before it; null when a line is none of these. */
function readAccepted(line: string): NumericAccepted | null {
  const { text, weight } = readWeighted(line);
  const worth = weight === 1 ? {} : { weight };
  const [from, to, tooMany] = text.split('..');
  if (from !== undefined && to !== undefined && tooMany === undefined) {
    const [low, high] = [readNumber(from), readNumber(to)];
    return low === null || high === null ? null : { from: low, to: high, ...worth };
  }
  const [middle = '', off = '0', more] = text.split(/±|\+-|\+\/-/);
  const [value, tolerance] = [readNumber(middle), readNumber(off)];
  return value === null || tolerance === null || more !== undefined ? null : { value, tolerance, ...worth };
}

/** The key of these lines; null when there are none or one of them cannot be read. */
export function readNumericKey(lines: readonly string[]): NumericKey | null {
  const accept = lines.filter((line) => line.trim() !== '').map(readAccepted);
  const known = accept.filter((one) => one !== null);
  const [first] = known;
  if (first === undefined || known.length < accept.length) return null;
  return known.length === 1 ? first : { accept: known };
}

export function writeNumericKey(key: NumericKey): readonly string[] {
  return ('accept' in key ? key.accept : [key]).map((one) => {
    if (!('value' in one))
      return writeWeighted(`${writeNumber(one.from)} .. ${writeNumber(one.to)}`, one.weight);
    const off = one.tolerance === 0 ? '' : ` ± ${writeNumber(one.tolerance)}`;
    return writeWeighted(writeNumber(one.value) + off, one.weight);
  });
}
