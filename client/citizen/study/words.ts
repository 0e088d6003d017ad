/** Words for a forgiving search, as old browsers can make them: small letters without marks, đ as d. */
function bare(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/đ/g, 'd');
}

/** Whether a text has every word that somebody typed, in any order. */
export function hasWords(text: string, typed: string): boolean {
  const where = bare(text);
  return bare(typed)
    .split(/\s+/)
    .every((word) => where.includes(word));
}
