import { expect, it } from 'vitest';
import { differences } from '../../../client/desk/banks/differences.ts';

const question = {
  kind: 'choice',
  prompt: { stem: 'Hỏi', options: ['a', 'b'], multiple: false },
  key: { right: [0] },
  explanation: '',
  citation: null,
  topic: 'T',
  difficulty: 1,
  tags: ['x'],
  points: 100,
};

it('names each text and value that differs, with its place, and nothing else', () => {
  expect(differences(question, question)).toEqual([]);
  const after = {
    ...question,
    prompt: { stem: 'Hỏi', options: ['a', 'c', 'd'], multiple: false },
    key: { right: [1] },
    tags: [],
  };
  expect(differences(question, after)).toEqual([
    { part: 'prompt', at: 'options.2', from: 'b', to: 'c' },
    { part: 'prompt', at: 'options.3', from: '—', to: 'd' },
    { part: 'key', at: 'right.1', from: '0', to: '1' },
    { part: 'tags', at: '1', from: 'x', to: '—' },
  ]);
});
