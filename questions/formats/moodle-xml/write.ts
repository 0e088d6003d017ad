/** Writes Moodle XML. Plain texts are `plain_text`, rich ones HTML with their pictures as files; the rest is declared as lost. */
import type { Question } from '../../question.ts';
import type { WriteOptions, Writing } from '../format.ts';
import { lmsOf } from '../lms/from-question.ts';
import { pathOfTopic, topicOfPath } from '../lms/labels.ts';
import { sayTextLosses } from '../lms/text-losses.ts';
import { Losses } from '../losses.ts';
import { QuestionWriter } from './question-writer.ts';
import { element, escapeXml, textElement } from './xml-out.ts';

/** Writes what Moodle can hold. */
export function writeMoodleXml(questions: readonly Question[], { media }: WriteOptions): Writing {
  const losses = new Losses();
  const parts: string[] = [];
  let topic = '';
  for (const [index, question] of questions.entries()) {
    const lose = (code: Parameters<Losses['add']>[1]) => losses.add(index, code);
    const lms = lmsOf(question, lose);
    const written = lms === null ? null : new QuestionWriter(lms, question.prompt, media, lose).written();
    if (written === null) continue;
    sayTextLosses(question, media, lose);
    if (topicOfPath(pathOfTopic(question.topic)) !== question.topic) lose('topic');
    if (question.topic !== topic) parts.push(categoryOf(question.topic));
    topic = question.topic;
    parts.push(written);
  }
  const text = `<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n${parts.join('\n')}\n</quiz>\n`;
  return { bytes: new TextEncoder().encode(text), losses: losses.all };
}

function categoryOf(topic: string): string {
  const path = textElement(escapeXml(pathOfTopic(topic)));
  return element('question', { type: 'category' }, element('category', {}, path));
}
