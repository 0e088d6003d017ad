import { describe, expect, it } from 'vitest';
import { decode } from '../../../questions/formats/decode.ts';

const VIETNAMESE = 'Câu hỏi: Đảng bộ thành phố Hà Nội được thành lập năm nào? Trả lời đúng nhất.';

/** windows-1258 writes the marked vowel and then the tone. */
function as1258(text: string): Uint8Array {
  const table = new Map<string, number>();
  const decoder = new TextDecoder('windows-1258');
  for (let byte = 0; byte < 256; byte++) table.set(decoder.decode(new Uint8Array([byte])), byte);
  const bytes: number[] = [];
  for (const letter of text.normalize('NFC')) {
    const whole = table.get(letter);
    if (whole !== undefined) bytes.push(whole);
    else for (const part of splitTone(letter)) bytes.push(table.get(part) ?? 0x3f);
  }
  return new Uint8Array(bytes);
}

function splitTone(letter: string): string[] {
  const parts = letter.normalize('NFD');
  const tone = parts.match(/[\u0300\u0301\u0303\u0309\u0323]/)?.[0] ?? '';
  return [parts.replace(tone, '').normalize('NFC'), tone];
}

function utf16(text: string, mark: boolean): Uint8Array {
  return new Uint8Array(Buffer.from((mark ? '\ufeff' : '') + text, 'utf16le'));
}

describe('decoding a text file', () => {
  it('composes a long text from end to end, and leaves it as it is where that is done', () => {
    const long = `${VIETNAMESE}\r\n`.repeat(30_000);
    const expected = long.replaceAll('\r', '');
    for (const form of ['NFD', 'NFC'])
      expect(decode(new TextEncoder().encode(long.normalize(form)))?.text === expected).toBe(true);
  });

  it('reads Vietnamese in every encoding that people send', () => {
    const utf8 = new TextEncoder().encode(VIETNAMESE);
    expect(decode(utf8)).toMatchObject({ text: VIETNAMESE, encoding: 'utf-8', unreadable: 0 });
    expect(decode(new Uint8Array([0xef, 0xbb, 0xbf, ...utf8]))?.text).toBe(VIETNAMESE);
    expect(decode(utf16(VIETNAMESE, true))).toMatchObject({ text: VIETNAMESE, encoding: 'utf-16le' });
    expect(decode(utf16(VIETNAMESE, false))?.text).toBe(VIETNAMESE);
    expect(decode(utf16(VIETNAMESE, false).toReversed())?.encoding).toBe('utf-16be');
    expect(decode(as1258(VIETNAMESE))).toMatchObject({ text: VIETNAMESE, encoding: 'windows-1258' });
  });

  it('reads other languages of Windows-1252 as such', () => {
    const text = '¿Cómo se cambia la orientación? Les élèves, là, però';
    expect(decode(new Uint8Array(Buffer.from(text, 'latin1')))).toMatchObject({
      text,
      encoding: 'windows-1252',
    });
  });

  it('reads TCVN3 in Windows-1252 bytes', () => {
    const bytes = new Uint8Array(Buffer.from('C©u hái 1: ViÖt Nam ®éc lËp n¨m nµo?', 'latin1'));
    expect(decode(bytes)).toMatchObject({ text: 'Câu hỏi 1: Việt Nam độc lập năm nào?', legacy: 'tcvn3' });
  });

  it('makes NFC, one kind of line end, and Đ of an Icelandic Ð in Vietnamese only', () => {
    const text = 'Ðảng bộ\r\nHà Nội\rmới'.normalize('NFD');
    expect(decode(new TextEncoder().encode(text))?.text).toBe('Đảng bộ\nHà Nội\nmới');
    expect(decode(new TextEncoder().encode('Ðað er gott'))?.text).toBe('Ðað er gott');
  });

  it('counts what is no text, and knows bytes that are none at all', () => {
    const bytes = new TextEncoder().encode(VIETNAMESE);
    const broken = new Uint8Array([...bytes, 0xff, ...bytes]);
    expect(decode(broken)).toMatchObject({ encoding: 'utf-8', unreadable: 1 });
    expect(decode(new Uint8Array([0x89, 0x50, 0, 0, 1, 2, 0, 3, 0, 9, 9, 9]))).toBeNull();
  });

  it('believes the declaration of an XML file in another encoding', () => {
    const text = '<?xml version="1.0" encoding="ISO-8859-1"?><a>é</a>';
    expect(decode(new Uint8Array(Buffer.from(text, 'latin1')))?.text).toBe(text);
  });
});
