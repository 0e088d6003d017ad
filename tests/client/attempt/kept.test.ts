/** What stays in the browser: read back as written, and nothing else believed. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AttemptReply } from '../../../client/api/attempts.ts';
import { forgetOld, type Kept, KeptRecord } from '../../../client/attempt/kept.ts';

/** A Storage over a map, as far as it is used. */
function memory(): Storage {
  const items = new Map<string, string>();
  return {
    get length() {
      return items.size;
    },
    clear: () => items.clear(),
    getItem: (key) => items.get(key) ?? null,
    key: (index) => [...items.keys()][index] ?? null,
    removeItem: (key) => void items.delete(key),
    setItem: (key, value) => void items.set(key, value),
  };
}

const kept: Kept = {
  token: '1.t',
  changes: { 0: [1], 3: 'Hà Nội', 4: null, 5: true },
  predicted: 12,
  sent: { device: 'phone', n: 3, base: 7, changes: { 0: [1] }, predicted: null },
  counts: { phone: 3 },
  submitting: true,
  flags: [2],
  place: 4,
  shown: { seq: 7, answers: { 0: [1], 3: 'Hà Nội', 5: true }, predicted: 12 },
  clockAheadMs: -1500,
  at: 1000,
};

const paper: AttemptReply = {
  ...{ id: '1-a', token: '1.t', round: 'r', contest: { slug: 'c', title: 'C' }, title: 'Vòng 1', number: 1 },
  ...{
    state: 'open',
    startedAt: 0,
    deadline: 900_000,
    graceMs: 3000,
    watchesPages: false,
    layout: 'one',
    prediction: null,
  },
  questions: [{ kind: 'choice', prompt: { stem: 'Câu một?' }, points: 100 }],
  ...{ answers: { 0: [1] }, predicted: null, seq: 1, holder: null },
};

describe('a paper', () => {
  test('is kept beside its record, read as it was written, and goes with it', () => {
    const storage = memory();
    const record = new KeptRecord(storage, 'an', '1-a');
    record.write(kept);
    record.writePaper(paper);
    expect(record.readPaper()).toEqual(paper);
    expect(record.read()).toEqual(kept);
    expect(new KeptRecord(storage, 'binh', '1-a').readPaper()).toBeNull();
    record.forget();
    expect(storage.length).toBe(0);
  });

  test.each(['', 'x', 'null', '[]', '{}', JSON.stringify({ ...paper, questions: [{ kind: 'choice' }] })])(
    'that was spoilt is none: %s',
    (text) => {
      const storage = memory();
      const record = new KeptRecord(storage, 'an', '1-a');
      record.writePaper(paper);
      storage.setItem(storage.key(0) ?? '', text);
      expect(record.readPaper()).toBeNull();
    },
  );

  test('without a record is dropped', () => {
    const storage = memory();
    const [old, current] = ['old', 'new'].map((name) => new KeptRecord(storage, 'an', name));
    old?.writePaper(paper);
    current?.writePaper(paper);
    current?.write({ ...kept, at: 1000 });
    forgetOld(storage, 2000);
    expect([old?.readPaper(), current?.readPaper()]).toEqual([null, paper]);
  });
});

describe('a record', () => {
  test('of an earlier version of the page is read, without what that did not keep', () => {
    const storage = memory();
    const { shown: _shown, clockAheadMs: _ahead, ...before } = kept;
    new KeptRecord(storage, 'an', '1-a').write(kept);
    storage.setItem(storage.key(0) ?? '', JSON.stringify(before));
    expect(new KeptRecord(storage, 'an', '1-a').read()).toEqual({
      ...before,
      shown: null,
      clockAheadMs: null,
    });
  });

  test('is read as it was written, by its own person and attempt only', () => {
    const storage = memory();
    new KeptRecord(storage, 'an', '1-a').write(kept);
    expect(new KeptRecord(storage, 'an', '1-a').read()).toEqual(kept);
    expect(new KeptRecord(storage, 'binh', '1-a').read()).toBeNull();
    expect(new KeptRecord(storage, 'an', '1-b').read()).toBeNull();
    new KeptRecord(storage, 'an', '1-a').forget();
    expect(storage.length).toBe(0);
  });

  test('that was spoilt is no record, whatever it holds', () => {
    const storage = memory();
    const record = new KeptRecord(storage, 'an', '1-a');
    record.write(kept);
    const key = storage.key(0) ?? '';
    const spoilt = fc.oneof(
      fc.string(),
      fc.json(),
      fc
        .tuple(
          fc.constantFrom('token', 'changes', 'counts', 'flags', 'place', 'at'),
          fc.constantFrom(null, {}, 'x', [{}]),
        )
        .filter(
          ([name, value]) =>
            !(typeof value === 'string' && name === 'token') && !(isEmpty(value) && /c/.test(name)),
        )
        .map(([name, value]) => JSON.stringify({ ...kept, [name]: value })),
    );
    fc.assert(
      fc.property(spoilt, (text) => {
        storage.setItem(key, text);
        expect(record.read()).toBeNull();
      }),
      { numRuns: 500 },
    );
  });

  test('of an attempt that nobody came back to is dropped, and nothing else', () => {
    const storage = memory();
    const month = 31 * 86_400_000;
    new KeptRecord(storage, 'an', 'old').write({ ...kept, at: 0 });
    new KeptRecord(storage, 'an', 'new').write({ ...kept, at: month - 1000 });
    storage.setItem('hoithi.theme', 'dark');
    forgetOld(storage, month);
    expect([storage.length, new KeptRecord(storage, 'an', 'new').read()?.at]).toEqual([2, month - 1000]);
  });

  test('is nothing where storage is refused', () => {
    const refused = new Proxy(memory(), {
      get() {
        throw new Error('refused');
      },
    });
    const record = new KeptRecord(refused, 'an', '1-a');
    record.write(kept);
    expect([record.read(), new KeptRecord(null, 'an', '1-a').read()]).toEqual([null, null]);
    forgetOld(refused, 0);
  });
});

function isEmpty(value: unknown): boolean {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0
  );
}
