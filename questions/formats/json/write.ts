/** Writes the product's own file: without any loss. */
import type { Question } from '../../question.ts';
import type { WriteOptions, Writing } from '../format.ts';
import { picturesIn } from '../html-out.ts';

/** What the file says that it is. */
export const JSON_FORMAT = 'hoithi-questions';
export const JSON_VERSION = 1;

/** Writes one question a line, so that two files can be compared by line. */
export function writeJson(questions: readonly Question[], { title, media }: WriteOptions): Writing {
  const used = new Set(
    questions.flatMap(({ prompt, key, explanation }) => picturesIn(textsOf([prompt, key, explanation]))),
  );
  const pictures = [...media.values()].filter(({ sha256 }) => used.has(sha256));
  const files = pictures.map(({ sha256, type, name, bytes }) =>
    JSON.stringify({ sha256, type, name, base64: Buffer.from(bytes).toString('base64') }),
  );
  const head = JSON.stringify({ format: JSON_FORMAT, version: JSON_VERSION, title }).slice(0, -1);
  const lines = questions.map((question) => JSON.stringify(question));
  const text = `${head},"questions":[\n${lines.join(',\n')}\n],"media":[\n${files.join(',\n')}\n]}\n`;
  return { bytes: new TextEncoder().encode(text), losses: [] };
}

function textsOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return '';
  return Object.values(value).map(textsOf).join('\n\n');
}
