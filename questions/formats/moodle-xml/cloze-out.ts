/** Gaps as Moodle's embedded answers. */

import { escapeHtml } from '../html-out.ts';
import { percentOfShare } from '../lms/choice-marks.ts';
import type { LmsGap } from '../lms/question.ts';
import type { LossCode } from '../losses.ts';
import { centred } from './centred.ts';

/** Whether a text of ours would be taken for a gap by Moodle. */
export function holdsCodes(stem: string): boolean {
  return /\{\s*(?:\d+\s*)?:\s*[A-Z_]+\s*:/.test(stem);
}

/** The code of a gap; `write` makes HTML of a text. */
export function codeOfGap(
  gap: LmsGap<string>,
  write: (text: string) => string,
  lose: (code: LossCode) => void,
): string {
  return `{${gap.weight}:${typeOf(gap)}:${entriesOf(gap, write, lose).join('~')}}`;
}

function typeOf(gap: LmsGap<string>): string {
  if (gap.kind === 'choice') return 'MULTICHOICE';
  if (gap.kind === 'number') return 'NUMERICAL';
  return gap.case ? 'SHORTANSWER_C' : 'SHORTANSWER';
}

function entriesOf(
  gap: LmsGap<string>,
  write: (text: string) => string,
  lose: (code: LossCode) => void,
): readonly string[] {
  if (gap.kind === 'choice') {
    return gap.options.map(({ text, fraction, feedback }) => {
      const told = feedback === '' ? '' : `#${escapeCode(write(feedback))}`;
      return `${markOf(fraction)}${escapeCode(write(text))}${told}`;
    });
  }
  if (gap.kind === 'text')
    return gap.answers.map(({ pattern, fraction }) => markOf(fraction) + escapeCode(escapeHtml(pattern)));
  return gap.answers.flatMap(({ accepted, fraction }) => {
    if (accepted === null) return [];
    if ('from' in accepted) lose('shape');
    const { value, tolerance } = centred(accepted);
    return [`${markOf(fraction)}${value}:${tolerance}`];
  });
}

/** Always with a mark, so that a text may begin with a percent sign. */
function markOf(fraction: number): string {
  return fraction === 1 ? '=' : `%${percentOfShare(fraction)}%`;
}

function escapeCode(html: string): string {
  return html.replace(/[\\~}#"]/g, '\\$&');
}
