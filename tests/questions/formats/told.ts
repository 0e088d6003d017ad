/** Readings as short lines, e.g. "Thủ đô? | Huế / Hà Nội | B", so that what a file should give can be written by hand. */
import type { Reading } from '../../../questions/formats/reading.ts';

/** Stem, options or statements, and key of each question. */
export function toldOf({ blocks }: Pick<Reading, 'blocks'>): string[] {
  return blocks.flatMap(({ draft }) => {
    if (draft === null) return [];
    const { stem, options, statements } = Object.assign(
      { options: undefined, statements: undefined },
      draft.prompt,
    );
    const parts = options ?? statements ?? [];
    return [`${stem} | ${Array.isArray(parts) ? parts.join(' / ') : ''} | ${keyShown(draft.key)}`];
  });
}

export function keyShown(key: unknown): string {
  if (typeof key !== 'object' || key === null) return '?';
  if ('right' in key)
    return Array.isArray(key.right) ? key.right.map((i) => 'ABCDEFGH'[Number(i)]).join('') : `${key.right}`;
  if ('truths' in key && Array.isArray(key.truths))
    return key.truths.map((truth) => (truth === null ? '?' : truth ? 'Đ' : 'S')).join('');
  return 'value' in key ? `${key.value}` : JSON.stringify(key);
}
