/** Numbers as files of learning platforms write them: a decimal point, sometimes a comma, never grouped. */

const NUMBER = /^[-+]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:e[-+]?\d+)?$/i;
/** "1,000" may be one or a thousand: nobody guesses. */
const GROUPED = /^[-+]?\d{1,3}(?:,\d{3})+$/;

/** The number, or null when the text is none. */
export function numberOf(text: string): number | null {
  const clean = text.trim().replace(/\s+/g, '').replace(/^[−–]/, '-');
  if (!NUMBER.test(clean) || GROUPED.test(clean)) return null;
  const value = Number(clean.replace(',', '.'));
  return Number.isFinite(value) ? value : null;
}
