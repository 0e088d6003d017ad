/** Addresses of contests, made from their titles. Pure. */
import { fold } from '../../questions/vietnamese.ts';

const LONGEST = 60;

/** "Tìm hiểu Nghị quyết 15-NQ/TW" → "tim-hieu-nghi-quyet-15-nq-tw"; never empty. */
export function slugOf(title: string): string {
  const words = fold(title)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  if (words.length <= LONGEST) return words || 'cuoc-thi';
  const end = words.lastIndexOf('-', LONGEST);
  return words.slice(0, end > 0 ? end : LONGEST);
}
