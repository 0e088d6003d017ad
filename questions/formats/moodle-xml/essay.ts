/** The rubric of an essay ↔ Moodle's note for graders, one line a rubric line: "0,5 điểm: nêu được …". */
import { cleanText } from '../../vietnamese.ts';
import { plainTextOf } from '../found-text.ts';
import { numberOf } from '../lms/numbers.ts';
import type { MoodleElement } from './fields.ts';

interface RubricLine {
  readonly text: string;
  /** Hundredths. */
  readonly points: number;
}

const LINE = /^([\d.,]+) điểm: (.+)$/;

/** The rubric; a note in other words is one line for all of the points. */
export function rubricOf(question: MoodleElement): readonly RubricLine[] {
  const note = plainTextOf(question.field('graderinfo')).trim();
  if (note === '') return [];
  const lines = note.split('\n').filter((line) => line.trim() !== '');
  const rubric = lines.map(lineOf);
  if (rubric.every((line) => line !== null)) return rubric;
  const points = Math.round((numberOf(question.line('defaultgrade')) ?? 1) * 100);
  return [{ text: cleanText(note), points }];
}

function lineOf(line: string): RubricLine | null {
  const [, digits = '', text = ''] = LINE.exec(line.trim()) ?? [];
  const points = numberOf(digits);
  return points === null || text === '' ? null : { text: cleanText(text), points: Math.round(points * 100) };
}

/** The note for graders. */
export function noteOfRubric(rubric: readonly RubricLine[]): string {
  return rubric
    .map(({ text, points }) => `${String(points / 100).replace('.', ',')} điểm: ${text}`)
    .join('\n');
}
