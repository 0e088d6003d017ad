/** How a section is called in contents and over its text. Pure. */
import type { SectionHead } from '../../api/documents.ts';
import { study as t } from '../../messages/study.ts';

/** "Điều 9. Hội đồng nhân dân", "II. Nhiệm vụ", "a)". */
export function headingOf({ kind, label, title }: SectionHead): string {
  if (kind === 'opening') return t.opening;
  if (kind === 'closing') return t.closing;
  const sign = kind === 'point' ? ')' : '.';
  if (label === '') return title;
  return title === '' ? label : `${label}${sign} ${title}`;
}

/** Sections that have a line in the contents: points and clauses without a title are found inside theirs. */
export function isListed({ kind, title, depth }: SectionHead): boolean {
  if (kind === 'point' || kind === 'decimal') return false;
  return title !== '' || kind !== 'clause' || depth === 0;
}
