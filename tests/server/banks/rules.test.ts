import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  approvalProblems,
  type Content,
  fingerprint,
  mayGiveStatus,
  readContent,
  statusAfterEdit,
} from '../../../server/banks/rules.ts';

const raw = {
  kind: 'choice',
  prompt: { stem: 'Thủ đô là gì?'.normalize('NFD'), options: ['Hà Nội', 'Huế'], multiple: false },
  key: { right: [0] },
  explanation: ' Vì vậy. ',
  citation: { document: ' A ', section: '', source: 's', validity: 'v' },
  topic: ' Chung ',
  difficulty: 1 as const,
  tags: ['a', 'a'],
  points: 100,
};

describe('content of a question', () => {
  it('is stored in NFC and tidy', () => {
    const { content } = readContent(raw);
    expect(content?.prompt.stem).toBe('Thủ đô là gì?'.normalize('NFC'));
    expect(content).toMatchObject({ explanation: 'Vì vậy.', topic: 'Chung', tags: ['a'] });
    expect(content?.citation?.document).toBe('A');
  });

  it('is refused at the place that is wrong', () => {
    const paths = (more: object) => readContent({ ...raw, ...more }).problems.map(({ path }) => path);
    expect(paths({ kind: 'riddle' })).toEqual(['kind']);
    expect(paths({ prompt: 3 })).toEqual(['prompt']);
    expect(paths({ prompt: { stem: 'x', options: ['a', ' '], multiple: false } })).toEqual([
      'prompt.options.1',
    ]);
    expect(paths({ key: { right: [5] } })).toEqual(['key.right.0']);
    expect(paths({ key: null })).toEqual([]);
    expect(paths({ explanation: 'a\u0000b' })).toEqual(['']);
  });

  it('has one fingerprint whatever the order of its fields, and another for any other content', () => {
    const { content } = readContent(raw);
    if (content === null) throw new Error('refused');
    const turned: Content = { ...content, prompt: Object.assign({ multiple: false }, content.prompt) };
    expect(fingerprint(turned)).toBe(fingerprint(content));
    fc.assert(
      fc.property(fc.constantFrom('explanation', 'topic', 'kind'), fc.string(), (field, text) => {
        const changed = { ...content, [field]: text };
        expect(fingerprint(changed) === fingerprint(content)).toBe(text === content[field as 'topic']);
      }),
    );
  });
});

describe('statuses', () => {
  it('only who approves lets a question be drawn', () => {
    const editor = { write: true, approve: false };
    expect(mayGiveStatus(editor, 'approved')).toBe(false);
    expect(mayGiveStatus(editor, 'retired')).toBe(true);
    expect(mayGiveStatus({ write: false, approve: true }, 'approved')).toBe(true);
    expect(mayGiveStatus({ write: false, approve: false }, 'draft')).toBe(false);
  });

  it('a corrected question is never drawn before somebody looked', () => {
    expect(statusAfterEdit('approved')).toBe('review');
    expect(statusAfterEdit('retired')).toBe('draft');
  });

  it('needs a key and a citation to be approved', () => {
    const paths = approvalProblems({
      explanation: '',
      kind: 'choice',
      prompt: { stem: 'Ai?' },
      key: null,
      citation: null,
    }).map(({ path }) => path);
    expect(paths).toEqual(['key', 'citation']);
  });
});
