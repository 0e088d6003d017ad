/** Questions of a bank as a file of some format, with what they lose in it. */
import { eq } from 'drizzle-orm';
import type { Loss, Writing } from '../../../questions/formats/format.ts';
import type { Media } from '../../../questions/formats/media.ts';
import type { Question } from '../../../questions/question.ts';
import type { Context } from '../../context.ts';
import type { ExportPlan } from '../../contracts/imports.ts';
import type { BankRow, BankStore } from '../store.ts';
import { formatAbout, writeInThread } from './writing-thread.ts';

const MEDIA = /media:([0-9a-f]{64})/g;
const PIECE = 200;
/** Codes that are named with a loss. */
const NAMED_MOST = 20;

export interface Written extends Writing {
  readonly name: string;
  readonly mediaType: string;
  readonly questions: readonly Question[];
}

/** Every question of the bank that is not retired. Throws `notFound` for a format that is not written. */
export async function writeBank(
  context: Pick<Context, 'database'>,
  banks: BankStore,
  bank: BankRow,
  name: string,
): Promise<Written> {
  const questions = await questionsOf(banks, bank);
  const { extensions, mediaType } = await formatAbout(name);
  const media = await mediaOf(context, questions);
  const writing = await writeInThread({ format: name, questions, title: bank.title, media });
  return { ...writing, questions, name: `${bank.slug}.${extensions[0] ?? 'txt'}`, mediaType };
}

/** A file to begin with: the format's own, or examples written in it. Throws `notFound` for a format that is not written. */
export async function templateOf(name: string): Promise<Pick<Written, 'bytes' | 'name' | 'mediaType'>> {
  const { extensions, mediaType } = await formatAbout(name);
  const { bytes } = await writeInThread({ format: name, questions: null, title: 'Mẫu', media: new Map() });
  return { bytes, name: `mau.${extensions[0] ?? 'txt'}`, mediaType };
}

export function planOf({ bytes, losses, questions }: Written): ExportPlan {
  const byCode = new Map<string, Loss[]>();
  for (const loss of losses) byCode.set(loss.code, [...(byCode.get(loss.code) ?? []), loss]);
  return {
    questions: questions.length,
    bytes: bytes.length,
    losses: [...byCode].map(([code, all]) => ({
      code,
      vi: all[0]?.vi ?? '',
      en: all[0]?.en ?? '',
      count: new Set(all.map(({ question }) => question)).size,
      questions: all.slice(0, NAMED_MOST).flatMap(({ question }) => questions[question]?.code ?? []),
    })),
  };
}

async function questionsOf(banks: BankStore, bank: BankRow): Promise<readonly Question[]> {
  const questions: Question[] = [];
  for await (const rows of banks.inOrder(bank, PIECE))
    for (const { code, content } of rows) questions.push({ code, ...content });
  return questions;
}

async function mediaOf(
  { database }: Pick<Context, 'database'>,
  questions: readonly Question[],
): Promise<ReadonlyMap<string, Media>> {
  const ids = new Set(
    questions.flatMap(({ prompt, explanation }) =>
      [...`${JSON.stringify(prompt)} ${explanation}`.matchAll(MEDIA)].map(([, id]) => id ?? ''),
    ),
  );
  const { media } = database.tables;
  const found = new Map<string, Media>();
  for (const id of ids) {
    const [row] = await database.query.select().from(media).where(eq(media.id, id));
    if (row !== undefined)
      found.set(id, {
        sha256: id,
        type: row.type,
        name: `${id.slice(0, 12)}.${row.type.split('/')[1] ?? ''}`,
        bytes: Buffer.from(row.bytes, 'base64'),
      });
  }
  return found;
}
