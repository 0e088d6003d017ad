import { describe, expect, it } from 'vitest';
import { attemptJson } from '../../../server/attempts/attempt-json.ts';
import { ShownQuestions, shownQuestion } from '../../../server/attempts/shown-questions.ts';
import { AttemptReply } from '../../../server/contracts/attempts.ts';
import { serializer } from '../../../server/platform/validation.ts';

const options = ['Hà Nội', 'Huế', 'Đà Nẵng', 'Cần Thơ'];
const version = (id: number, stem: string) => ({
  id,
  questionId: id,
  kind: 'choice',
  prompt: { stem, options, multiple: false },
  points: 100,
});
const drawn = (versionId: number, order: readonly number[]) => ({ versionId, order });

describe('questions as papers show them', () => {
  it('are arranged once an order, and shared by all papers that show them so', () => {
    const shown = new ShownQuestions();
    const asked = version(7, 'Thủ đô ở đâu?');
    const first = shown.of(asked, drawn(7, [2, 0, 1, 3]));
    expect(first).toEqual(shownQuestion(asked, [2, 0, 1, 3]));
    expect(first.prompt).toMatchObject({ options: ['Đà Nẵng', 'Hà Nội', 'Huế', 'Cần Thơ'] });
    expect(shown.of(asked, drawn(7, [2, 0, 1, 3]))).toBe(first);
    expect(shown.of(asked, drawn(7, [3, 0, 1, 2])).prompt).toMatchObject({
      options: ['Cần Thơ', 'Hà Nội', 'Huế', 'Đà Nẵng'],
    });
    expect(shown.of(asked, drawn(7, [])).prompt).toMatchObject({ options });
    expect(shown.of(version(71, 'Còn đây?'), drawn(71, [2, 0, 1, 3])).prompt.stem).toBe('Còn đây?');
  });
});

describe('an attempt as JSON', () => {
  const attempt: AttemptReply = {
    id: 'a-b',
    token: 'a.c',
    round: 'r',
    contest: { slug: 's', title: 'Cuộc thi "Tìm hiểu"' },
    title: 'Tuần 1',
    number: 1,
    state: 'open',
    startedAt: 1,
    deadline: 2,
    graceMs: 3,
    layout: 'one',
    watchesPages: false,
    prediction: null,
    questions: [],
    answers: { 0: [1], 1: 'chữ' },
    predicted: null,
    seq: 4,
    holder: null,
  };
  const asContracted = serializer(AttemptReply);

  it('says what the contract says, the second time as the first, whatever its texts hold', () => {
    const shown = new ShownQuestions();
    const questions = [version(1, 'Một "hai"\n\\ ba?'), version(2, 'Bốn </script>?')].map((asked) =>
      shown.of(asked, drawn(asked.id, [1, 0, 3, 2])),
    );
    for (const some of [questions, questions.toReversed(), [], questions]) {
      const reply = { ...attempt, questions: some };
      expect(JSON.parse(attemptJson(reply).toString())).toEqual(JSON.parse(asContracted(reply)));
    }
  });

  it('lets out nothing that is not in the contract', () => {
    const question = { ...shownQuestion(version(1, 'Một?'), []), key: { right: [2] } };
    const reply = { ...attempt, questions: [question], person: 12 };
    expect(JSON.parse(attemptJson(reply).toString())).toEqual(JSON.parse(asContracted(reply)));
    expect(attemptJson(reply).toString()).not.toContain('right');
    expect(attemptJson(reply).toString()).not.toContain('person');
  });
});
