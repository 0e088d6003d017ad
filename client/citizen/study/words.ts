/** Words for a forgiving search, as old browsers can make them: small letters without marks, đ as d. */
export function bare(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/đ/g, 'd');
}
