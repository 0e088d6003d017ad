/** Every text of every area, in both languages: NFC, not empty, and English that is not Vietnamese left behind. */
import { describe, expect, test } from 'vitest';
import { setLocale } from '../../../client/messages/locale.svelte.ts';
import { messages } from '../../../client/messages/messages.ts';

const modules = import.meta.glob<Record<string, unknown>>('../../../client/messages/*.ts', { eager: true });
const notAreas = /\/(messages|format|locale\.svelte)\.ts$/;
const areas = Object.entries(modules)
  .filter(([path]) => !notAreas.test(path))
  .flatMap(([path, module]) =>
    Object.entries(module).map(([name, area]): [string, unknown] => [
      `${path.split('/').at(-1)} ${name}`,
      area,
    ]),
  );

/** All texts under a value, each with its path; functions are left to the compiler. */
function texts(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Reflect.ownKeys(value).flatMap((key) =>
    typeof key === 'string' && key !== 'length' ? texts(Reflect.get(value, key), `${path}.${key}`) : [],
  );
}

function inBoth(area: unknown): { vi: [string, string][]; en: [string, string][] } {
  setLocale('en');
  const en = texts(area);
  setLocale('vi');
  return { vi: texts(area), en };
}

test('there are areas', () => {
  expect(areas.length).toBeGreaterThan(1);
});

describe.each(areas)('%s', (_, area) => {
  const { vi, en } = inBoth(area);

  test('is in composed Unicode and never empty', () => {
    const wrong = [...vi, ...en].filter(([, text]) => text !== text.normalize('NFC') || text.trim() === '');
    expect(wrong).toEqual([]);
  });

  test('says the same things in both languages', () => {
    expect(en.map(([path]) => path)).toEqual(vi.map(([path]) => path));
  });

  test('has no Vietnamese left in English, names aside', () => {
    const names =
      /Hội Thi|Việt Nam|Hà Nội|Tiếng Việt|Khuê Văn Các|Chủ nhật|Thứ \p{L}+|“[^”]*”|Nguyễn [\p{L}. ]+/gu;
    const left = en.filter(([, text]) =>
      /[àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]/i.test(text.replace(names, '')),
    );
    expect(left).toEqual([]);
  });
});

describe('an area', () => {
  const area = messages(
    { hello: 'Xin chào', left: (n: number) => `Còn ${n}` },
    { hello: 'Hello', left: (n: number) => `${n} left` },
  );

  test('speaks the language of the moment', () => {
    expect([area.hello, area.left(2)]).toEqual(['Xin chào', 'Còn 2']);
    setLocale('en');
    expect([area.hello, area.left(2)]).toEqual(['Hello', '2 left']);
    setLocale('vi');
  });
});
