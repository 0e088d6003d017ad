import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Letter } from '../../../server/contracts/letters.ts';
import { failureOf, letterHtml, letterText, nextTry, oneLine } from '../../../server/mail/mail-rules.ts';
import { openRefusal, sealRefusal } from '../../../server/mail/unsubscribing.ts';
import { Secrets } from '../../../server/platform/secrets.ts';

const letter: Letter = {
  vi: { subject: 'Mở vòng thi', text: 'Chào bạn,\n\n1 < 2 & "ba"', action: 'Vào thi' },
  en: { subject: 'The round opens', text: 'Hello', action: 'Open' },
  link: 'https://hoithi.example.vn/cuoc-thi/x',
};

describe('a letter that failed', () => {
  it('is tried again after longer and longer waits, then given up', () => {
    const waits = [1, 2, 3, 4, 5, 6, 7].map((tries) => nextTry(tries, 0, 0));
    expect(waits.slice(0, 6)).toEqual([60_000, 300_000, 1_800_000, 7_200_000, 21_600_000, 43_200_000]);
    expect(waits[6]).toBe(null);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (tries, share) => {
          expect(nextTry(tries, 1000, share)).toBeGreaterThan(nextTry(tries, 0, 0) ?? 0);
        },
      ),
    );
  });

  it('is final when the mailbox refuses, not when the server is busy, and nobody’s fault when the way is shut', () => {
    expect(failureOf({ code: 'EENVELOPE', responseCode: 550 })).toEqual({
      final: true,
      everybody: false,
      problem: 'smtp 550',
    });
    expect(failureOf({ code: 'EENVELOPE', responseCode: 450 })).toMatchObject({
      final: false,
      everybody: false,
    });
    expect(failureOf({ code: 'EMESSAGE', responseCode: 552 }).final).toBe(true);
    expect(failureOf({ code: 'EAUTH', responseCode: 535 })).toMatchObject({ final: false, everybody: true });
    expect(failureOf({ code: 'ESOCKET' })).toMatchObject({ final: false, everybody: true });
    expect(failureOf({ responseCode: 421 })).toMatchObject({ final: false, everybody: true });
    expect(failureOf({})).toEqual({ final: false, everybody: false, problem: 'unknown' });
  });
});

describe('what a letter says', () => {
  it('is Vietnamese first, then English, with the way out at its foot', () => {
    const text = letterText(letter, { unsubscribe: 'https://x.vn/bo-nhan-thu#abc' });
    expect(text.indexOf('Chào bạn')).toBeLessThan(text.indexOf('Hello'));
    expect(text).toContain('https://x.vn/bo-nhan-thu#abc');
    expect(letterText(letter, { unsubscribe: null })).not.toContain('bo-nhan-thu');
  });

  it('cannot carry markup, whatever somebody wrote', () => {
    const html = letterHtml(letter, { unsubscribe: null });
    expect(html).toContain('1 &lt; 2 &amp; &quot;ba&quot;');
    fc.assert(
      fc.property(fc.string(), (text) => {
        const made = letterHtml(
          { vi: { subject: '', text, action: text }, en: null, link: text },
          { unsubscribe: text },
        );
        const bare = made.replace(/<(\/?(html|body|div|p|a|hr|br)\b[^<>]*|!doctype html)>/g, '');
        expect(bare).not.toMatch(/[<>]/);
      }),
    );
  });

  it('stays one header', () => {
    expect(oneLine('Chào\r\nBcc: ke-khac@example.vn')).toBe('Chào Bcc: ke-khac@example.vn');
  });
});

describe('the link that ends letters', () => {
  const secrets = new Secrets('a secret of tests, long enough for anybody');
  it('says who and what to us alone, and cannot be made by others', () => {
    const entrant = { of: 'entrant', personId: 12, contestId: 7 } as const;
    const token = sealRefusal(secrets, entrant);
    expect(openRefusal(secrets, token)).toEqual(entrant);
    expect(token.length).toBeGreaterThanOrEqual(40);
    expect(sealRefusal(secrets, entrant)).not.toBe(token);
    // The very last letter holds bits that mean nothing.
    for (const at of [0, 20, token.length - 2]) {
      const other = token[at] === 'A' ? 'B' : 'A';
      expect(openRefusal(secrets, token.slice(0, at) + other + token.slice(at + 1))).toBe(null);
    }
    expect(openRefusal(new Secrets('another secret, long enough for anybody'), token)).toBe(null);
    expect(openRefusal(secrets, '')).toBe(null);
  });
});
