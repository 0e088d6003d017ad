/**
 * The answer sheet on this device, and what of it the server has acknowledged. Pure: no clock, no network, no browser.
 *
 * Every local change carries a stamp until a save that held it is acknowledged. One save is under way at a time; while
 * nobody knows what became of it, the very same save is sent again (same device, same number), so that it counts once
 * however often it arrives and never comes back over what another device has saved since. What changed meanwhile waits
 * for the next save, except at the end: last words carry everything under a new number.
 *
 * The server merges by question in the order of receipt. What its replies tell about other devices is taken over, except
 * where something here waits to be acknowledged.
 */
import type { Answer, SaveBody, SaveReply } from '../api/attempts.ts';

/** Number of a question on the paper, from "0" → its answer. Blank questions are left out. */
export type Answers = Readonly<Record<string, Answer>>;

/** The prediction's name among the stamps; questions have numbers. */
const PREDICTION = 'predicted';

/** Name of a question, or of the prediction → stamp of its newest change that is not acknowledged. */
type Stamps = Readonly<Record<string, number>>;

/** So many saves of earlier tabs are named; more reloads than that within one lost request nobody does. */
const REPLACED_MOST = 4;

/** A save whose fate is not known yet. */
interface Sent {
  readonly save: SaveBody;
  /** The changes that it holds. */
  readonly stamps: Stamps;
}

export interface LocalSheet {
  /** As shown here. */
  readonly answers: Answers;
  readonly predicted: number | null;
  /** The newest save of anybody that this device knows of. */
  readonly base: number;
  readonly stamps: Stamps;
  /** The highest stamp given so far. */
  readonly lastStamp: number;
  readonly sent: Sent | null;
  /** The next save says that the attempt goes on here. */
  readonly takesOver: boolean;
  /** Device → its highest number used. */
  readonly counts: Readonly<Record<string, number>>;
  /** ms since epoch by the server's clock; null before the first save of this page. */
  readonly savedAt: number | null;
  /** Questions whose answer the server could not take. */
  readonly refused: readonly string[];
}

/** A sheet after the server's word, and the questions whose answer others have changed. */
export interface Merged {
  readonly sheet: LocalSheet;
  readonly changedElsewhere: readonly string[];
}

/** What the server says about the whole attempt. */
export interface ServerSheet {
  readonly seq: number;
  readonly answers: Answers;
  readonly predicted: number | null;
}

/** What must outlive this page: everything that is not acknowledged. */
export interface Unsent {
  readonly changes: Answers;
  /** Absent when the prediction was not changed. */
  readonly predicted?: number | null;
  readonly sent: SaveBody | null;
  readonly counts: Readonly<Record<string, number>>;
}

/** The sheet of a page that has just opened: the server's, with what an earlier page could not send. */
export function openedSheet(server: ServerSheet, unsent: Unsent | null = null): LocalSheet {
  const opened: LocalSheet = {
    answers: withoutBlanks(server.answers),
    predicted: server.predicted,
    base: server.seq,
    stamps: {},
    lastStamp: 0,
    sent: null,
    takesOver: false,
    counts: unsent?.counts ?? {},
    savedAt: null,
    refused: [],
  };
  if (unsent === null) return opened;
  let sheet = opened;
  for (const [question, answer] of Object.entries(unsent.changes)) sheet = stamped(sheet, question, answer);
  if (unsent.predicted !== undefined) sheet = stampedPrediction(sheet, unsent.predicted);
  return unsent.sent === null ? sheet : { ...sheet, sent: sentAgain(sheet, unsent.sent) };
}

/** The save of an earlier page: it covers the changes that are still as it holds them. */
function sentAgain(sheet: LocalSheet, save: SaveBody): Sent {
  const stamps: Record<string, number> = {};
  for (const [name, stamp] of Object.entries(sheet.stamps)) {
    const isCovered =
      name === PREDICTION
        ? save.predicted !== undefined && save.predicted === sheet.predicted
        : name in save.changes && isSame(save.changes[name], sheet.answers[name]);
    if (isCovered) stamps[name] = stamp;
  }
  return { save, stamps };
}

/** What to keep on this device; null when the server has everything and nothing was ever counted. */
export function unsentOf(sheet: LocalSheet): Unsent {
  const changes: Record<string, Answer> = {};
  for (const name of Object.keys(sheet.stamps)) {
    if (name !== PREDICTION) changes[name] = sheet.answers[name] ?? null;
  }
  return {
    changes,
    ...(PREDICTION in sheet.stamps ? { predicted: sheet.predicted } : {}),
    sent: sheet.sent?.save ?? null,
    counts: sheet.counts,
  };
}

/** An answer was chosen here; null takes it back. */
export function answered(sheet: LocalSheet, question: string, answer: Answer): LocalSheet {
  if (isSame(sheet.answers[question], answer) && !sheet.refused.includes(question)) return sheet;
  return stamped(sheet, question, answer);
}

/** A prediction was made here. */
export function predicted(sheet: LocalSheet, value: number | null): LocalSheet {
  return sheet.predicted === value ? sheet : stampedPrediction(sheet, value);
}

function stamped(sheet: LocalSheet, question: string, answer: Answer): LocalSheet {
  const lastStamp = sheet.lastStamp + 1;
  return {
    ...sheet,
    answers: withAnswer(sheet.answers, question, answer),
    stamps: { ...sheet.stamps, [question]: lastStamp },
    lastStamp,
    refused: sheet.refused.filter((name) => name !== question),
  };
}

function stampedPrediction(sheet: LocalSheet, value: number | null): LocalSheet {
  const lastStamp = sheet.lastStamp + 1;
  return { ...sheet, predicted: value, stamps: { ...sheet.stamps, [PREDICTION]: lastStamp }, lastStamp };
}

/** The attempt goes on here, wherever it went on before: the server is told with the next save, which there is now. */
export function takingOver(sheet: LocalSheet): LocalSheet {
  return { ...sheet, takesOver: true };
}

/** Whether the server has acknowledged everything that was chosen here. */
export function isSaved(sheet: LocalSheet): boolean {
  const waits = sheet.sent !== null && !isEmpty(sheet.sent.save);
  return !waits && Object.keys(sheet.stamps).length === 0;
}

function isEmpty({ changes, predicted: prediction }: SaveBody): boolean {
  return prediction === undefined && Object.keys(changes).length === 0;
}

/** Questions with a change that is not acknowledged. */
export function unsavedQuestions(sheet: LocalSheet): readonly string[] {
  return Object.keys(sheet.stamps).filter((name) => name !== PREDICTION);
}

export interface Outgoing {
  /** Keep this before sending: the number is used up. */
  readonly sheet: LocalSheet;
  readonly save: SaveBody;
}

/** What to send now: the save whose fate is unknown once more, else all changes under a new number; null: nothing. */
export function nextSave(sheet: LocalSheet, device: string): Outgoing | null {
  if (sheet.sent !== null) return { sheet, save: sheet.sent.save };
  return isSaved(sheet) && !sheet.takesOver ? null : composed(sheet, device);
}

/**
 * What to send when there may be no other chance (the page goes, the attempt ends): everything, also what is newer than
 * a save under way. That save's fate no longer matters then: whichever comes second, this one holds both.
 */
export function lastWords(sheet: LocalSheet, device: string): Outgoing | null {
  const sent = sheet.sent?.stamps ?? {};
  const hasNewer = Object.entries(sheet.stamps).some(([name, stamp]) => sent[name] !== stamp);
  return hasNewer ? composed(sheet, device) : nextSave(sheet, device);
}

/**
 * The save under way and those that it replaced itself, when tabs before this one sent them: the server does not know that
 * this tab comes after those, and one of them might arrive last.
 */
function replacedBy(sheet: LocalSheet, device: string): NonNullable<SaveBody['replaces']> {
  if (sheet.sent === null) return [];
  const { replaces = [], ...sent } = sheet.sent.save;
  return [...replaces, { device: sent.device, n: sent.n }]
    .filter((save) => save.device !== device)
    .slice(-REPLACED_MOST);
}

function composed(sheet: LocalSheet, device: string): Outgoing {
  const { changes, predicted: prediction } = unsentOf(sheet);
  const replaces = replacedBy(sheet, device);
  const save: SaveBody = {
    device,
    n: (sheet.counts[device] ?? 0) + 1,
    base: sheet.base,
    changes,
    ...(prediction === undefined ? {} : { predicted: prediction }),
    ...(sheet.takesOver ? { takesOver: true } : {}),
    ...(replaces.length === 0 ? {} : { replaces }),
  };
  const counts = { ...sheet.counts, [device]: save.n };
  return { sheet: { ...sheet, counts, takesOver: false, sent: { save, stamps: sheet.stamps } }, save };
}

/** The reply to a save. One that answers an older save than the one under way tells nothing: that one holds its changes. */
export function acknowledged(sheet: LocalSheet, device: string, reply: SaveReply): Merged {
  const { sent } = sheet;
  if (sent === null || sent.save.device !== device || sent.save.n !== reply.n)
    return { sheet, changedElsewhere: [] };
  const stamps: Record<string, number> = {};
  for (const [name, stamp] of Object.entries(sheet.stamps)) {
    if (sent.stamps[name] !== stamp) stamps[name] = stamp;
  }
  const settled: LocalSheet = {
    ...sheet,
    stamps,
    sent: null,
    savedAt: isEmpty(sent.save) ? sheet.savedAt : Math.max(sheet.savedAt ?? 0, reply.savedAt),
    refused: (reply.refused ?? []).filter((name) => !(name in stamps)),
  };
  const { seq, answers } = reply;
  // Older than a sheet that was asked for meanwhile: known as such, so that the next reply brings the whole sheet.
  if (answers === undefined || seq < sheet.base)
    return { sheet: { ...settled, base: seq }, changedElsewhere: [] };
  const server = {
    seq,
    answers,
    predicted: reply.predicted === undefined ? sheet.predicted : reply.predicted,
  };
  return takenOver(settled, server);
}

/** The server's whole sheet, asked for by a page that goes on. One older than what is known here tells nothing. */
export function resumed(sheet: LocalSheet, server: ServerSheet): Merged {
  return server.seq < sheet.base ? { sheet, changedElsewhere: [] } : takenOver(sheet, server);
}

function takenOver(sheet: LocalSheet, server: ServerSheet): Merged {
  const answers: Record<string, Answer> = {};
  const questions = new Set([...Object.keys(sheet.answers), ...Object.keys(server.answers)]);
  const changedElsewhere: string[] = [];
  for (const question of questions) {
    const here = sheet.answers[question];
    const there = server.answers[question];
    // A refused answer stays in sight with its remark, although the server does not have it.
    const keeps = question in sheet.stamps || sheet.refused.includes(question);
    if (!keeps && !isSame(here, there)) changedElsewhere.push(question);
    const shown = keeps || isSame(here, there) ? here : there;
    if (shown !== undefined && shown !== null) answers[question] = shown;
  }
  const base = Math.max(sheet.base, server.seq);
  const prediction = PREDICTION in sheet.stamps ? sheet.predicted : server.predicted;
  return { sheet: { ...sheet, answers, base, predicted: prediction }, changedElsewhere };
}

/** Questions whose change here is not in what the server kept of an attempt that has ended. */
export function lostQuestions(sheet: LocalSheet, kept: ServerSheet): readonly string[] {
  return unsavedQuestions(sheet).filter((name) => !isSame(sheet.answers[name], kept.answers[name]));
}

/** Equal as the server keeps them: texts are cleaned there, blank is null. */
function isSame(one: Answer | undefined, other: Answer | undefined): boolean {
  return JSON.stringify(asKept(one)) === JSON.stringify(asKept(other));
}

function asKept(answer: Answer | undefined): Answer {
  if (answer === undefined) return null;
  if (Array.isArray(answer)) return answer.length === 0 ? null : answer;
  if (typeof answer !== 'string') return answer;
  const text = answer.normalize('NFC').replace(/\s+/g, ' ').trim();
  return text === '' ? null : text;
}

function withAnswer(answers: Answers, question: string, answer: Answer): Answers {
  const { [question]: _, ...others } = answers;
  return asKept(answer) === null ? others : { ...others, [question]: answer };
}

function withoutBlanks(answers: Answers): Answers {
  return Object.fromEntries(Object.entries(answers).filter(([, answer]) => asKept(answer) !== null));
}
