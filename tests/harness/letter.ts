/** A letter as it came over the wire, read as far as tests look at it: headers unfolded, the plain text decoded. */

export interface ReceivedLetter {
  readonly to: readonly string[];
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly subject: string;
  /** The plain text. */
  readonly text: string;
  /** All of it, as it came. */
  readonly raw: string;
}

export function parseMail(raw: string, to: readonly string[]): ReceivedLetter {
  const headers = headersOf(raw);
  return { to, headers, subject: decodeWords(headers.get('subject') ?? ''), text: textOf(raw), raw };
}

function headersOf(part: string): ReadonlyMap<string, string> {
  const head = part.split(/\r?\n\r?\n/, 1)[0] ?? '';
  const lines = head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/);
  return new Map(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
}

function textOf(raw: string): string {
  const boundaries = [...raw.matchAll(/boundary="([^"]+)"/g)].map((found) => found[1] ?? '');
  const parts = boundaries.reduce<string[]>(
    (all, boundary) => all.flatMap((part) => part.split(`--${boundary}`)),
    [raw],
  );
  const plain = parts.find((part) => /^content-type: text\/plain/im.test(part)) ?? raw;
  const body = plain.slice(plain.search(/\r?\n\r?\n/)).trim();
  const encoding = /^content-transfer-encoding: (\S+)/im.exec(plain)?.[1]?.toLowerCase();
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8');
  return encoding === 'quoted-printable' ? decodeQuoted(body) : body;
}

function decodeQuoted(text: string): string {
  const joined = text.replace(/=\r?\n/g, '');
  const bytes = joined.replace(/=([0-9A-F]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

/** RFC 2047: "=?UTF-8?Q?…?=" and "=?UTF-8?B?…?=". */
function decodeWords(text: string): string {
  return text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, kind: string, body: string) =>
      kind.toLowerCase() === 'b'
        ? Buffer.from(body, 'base64').toString('utf8')
        : decodeQuoted(body.replaceAll('_', ' ')),
    );
}
