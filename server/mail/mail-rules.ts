/** How letters look, when they are tried again, and which failures are final. Pure. */
import type { Letter, LetterText } from '../contracts/letters.ts';

const MINUTE_MS = 60_000;
/** Waits between tries: a mail server that is down for half a day loses nothing. */
const WAITS_MS = [1, 5, 30, 120, 360, 720].map((minutes) => minutes * MINUTE_MS);

/** When the next try is, after `tries` of them; null: it is given up. `share` (0 to 1) spreads them. */
export function nextTry(tries: number, now: number, share: number): number | null {
  const wait = WAITS_MS[tries - 1];
  return wait === undefined ? null : now + Math.round(wait * (1 + 0.2 * share));
}

/** What went wrong, as far as it decides anything. */
export interface SendFailure {
  /** The letter will never be taken: no such mailbox, refused content. */
  readonly final: boolean;
  /** The way there is shut (server down, wrong password): everybody's letters wait. */
  readonly everybody: boolean;
  /** Short and without addresses, for the row. */
  readonly problem: string;
}

/** Reads an error of the SMTP client: its reply code, or the code of the connection. */
export function failureOf(error: { readonly code?: unknown; readonly responseCode?: unknown }): SendFailure {
  const reply = typeof error.responseCode === 'number' ? error.responseCode : null;
  const code = typeof error.code === 'string' ? error.code : 'unknown';
  const atTheDoor = ['EAUTH', 'ECONNECTION', 'ESOCKET', 'ETIMEDOUT', 'EDNS', 'ETLS', 'EPROTOCOL'];
  const everybody = atTheDoor.includes(code) || reply === 421;
  const final = !everybody && (code === 'EENVELOPE' || reply !== null) && (reply === null || reply >= 500);
  return { final, everybody, problem: reply === null ? code : `smtp ${reply}` };
}

/** What stands under every letter that people can be rid of. */
export interface Footer {
  readonly unsubscribe: string | null;
}

const STOP = {
  vi: 'Không muốn nhận thư này nữa? Bấm vào đây:',
  en: 'No more of these letters? Follow this link:',
};

/** Plain text: Vietnamese first, English below a line. */
export function letterText(letter: Letter, { unsubscribe }: Footer): string {
  const part = (text: LetterText): string =>
    [text.text, ...(letter.link === null ? [] : [`${text.action ?? ''}\n${letter.link}`.trim()])].join(
      '\n\n',
    );
  const parts = [part(letter.vi), ...(letter.en === null ? [] : [part(letter.en)])];
  const stop =
    unsubscribe === null ? [] : [`${STOP.vi}\n${unsubscribe}${letter.en === null ? '' : `\n(${STOP.en})`}`];
  return `${[...parts, ...stop].join('\n\n-- --\n\n')}\n`;
}

/** The same as HTML that needs no picture and no style sheet. Every text is escaped. */
export function letterHtml(letter: Letter, { unsubscribe }: Footer): string {
  const parts = [letter.vi, ...(letter.en === null ? [] : [letter.en])].map((text, i) => {
    const lang = i === 0 ? 'vi' : 'en';
    const button =
      letter.link === null || text.action === null
        ? ''
        : `<p style="margin:24px 0"><a href="${escapeHtml(letter.link)}" style="background:#b3140f;color:#fff;padding:12px 22px;border-radius:6px;text-decoration:none;font-weight:bold">${escapeHtml(text.action)}</a></p>`;
    return `<div lang="${lang}">${paragraphs(text.text)}${button}</div>`;
  });
  const stop =
    unsubscribe === null
      ? ''
      : `<hr><p style="color:#555;font-size:14px"><a href="${escapeHtml(unsubscribe)}" style="color:#555">${STOP.vi.replace(' Bấm vào đây:', '')} · ${STOP.en.replace(' Follow this link:', '')}</a></p>`;
  return `<!doctype html><html lang="vi"><body style="font-family:Arial,sans-serif;font-size:16px;line-height:1.5;color:#222;max-width:600px">${parts.join('<hr>')}${stop}</body></html>`;
}

function paragraphs(text: string): string {
  return text
    .split(/\n{2,}/)
    .map((paragraph) => `<p>${escapeHtml(paragraph).replaceAll('\n', '<br>')}</p>`)
    .join('');
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** A header's text on one line: what somebody wrote cannot begin another header. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim().slice(0, 300);
}
