/** Changes to single blocks of a preview: the question that a person wrote in place of what was read, and the same for many. */
import type { Draft } from '../../../questions/formats/draft.ts';
import type { Message } from '../../../questions/formats/message.ts';
import type { Outcome } from '../../../questions/formats/reading.ts';
import type { BulkFix, BulkFixed } from '../../contracts/imports.ts';
import { AppError } from '../../platform/errors.ts';
import { type Content, type RawContent, readContent } from '../rules.ts';
import { type BlockRow, flagsOf } from './block-row.ts';
import type { BlockRecord, RewrittenBlock } from './block-store.ts';
import { codeOf, understand } from './draft-rules.ts';
import type { Imports } from './imports.ts';
import type { ImportRow } from './store.ts';

/** Blocks that are read, understood and written together: some milliseconds of the main thread. */
const PIECE = 100;

const leftOut: Omit<Message, 'place'> = {
  code: 'left-out',
  severity: 'note',
  vi: 'Người nhập tệp đã bỏ khối này.',
  en: 'Whoever imports the file left this block out.',
};

/** The written question takes the place of what was read. Throws `request.invalid` with the places of what is wrong. */
export async function mendBlock(
  imports: Imports,
  row: ImportRow,
  number: number,
  raw: RawContent,
): Promise<BlockRecord> {
  const { content, problems } = readContent(raw);
  if (content === null) throw new AppError('request.invalid', { errors: problems });
  const block = await imports.blocks.one(row.id, number);
  await rewrite(imports, row, [
    { block, draft: draftWith(block, content), messages: notesOf(block), mended: true },
  ]);
  await imports.recount(row);
  return imports.blocks.one(row.id, number);
}

function draftWith({ draft }: BlockRecord, content: Content): Draft {
  const before: Draft | null = draft === null ? null : JSON.parse(draft);
  return { code: before?.code ?? null, title: before?.title ?? '', ...content };
}

/** The same for many: for all that fit, or for the next `most` of them. */
export async function fixMany(
  imports: Imports,
  row: ImportRow,
  fix: BulkFix,
): Promise<Pick<BulkFixed, 'done' | 'next'>> {
  const { outcome, flag, numbers, after = 0, most } = fix;
  const page = { after, limit: most ?? Number.MAX_SAFE_INTEGER };
  const chosen = await imports.blocks.numbers(row.id, { outcome, flag, numbers }, page);
  let written: Promise<void> = Promise.resolve();
  for (let from = 0; from < chosen.length; from += PIECE) {
    const piece = chosen.slice(from, from + PIECE);
    const reading = imports.blocks.list(row.id, { numbers: piece }, { after: 0, limit: PIECE });
    // The next piece is read while the last one goes to the disk.
    const [blocks] = await Promise.all([reading, written]);
    written = rewrite(
      imports,
      row,
      blocks.flatMap((block) => fixed(block, fix)),
    );
  }
  await written;
  await imports.recount(row);
  return { done: chosen.length, next: chosen.length === most ? (chosen.at(-1) ?? null) : null };
}

interface Rewritten {
  readonly block: BlockRecord;
  readonly draft: Draft | null;
  readonly messages: readonly Message[];
  readonly mended: boolean;
}

function fixed(block: BlockRecord, { set, dropWarnings, leaveOut }: BulkFix): readonly Rewritten[] {
  const said: readonly Message[] = JSON.parse(block.messages);
  const draft: Draft | null = block.draft === null ? null : { ...JSON.parse(block.draft), ...set };
  const back = said.filter(({ code }) => code !== leftOut.code);
  const kept =
    dropWarnings === true
      ? back.filter(({ severity }) => severity !== 'warning')
      : leaveOut === false
        ? back
        : said;
  const isOut = leaveOut ?? said.some(({ code }) => code === leftOut.code);
  if (block.outcome === 'ignored' && leaveOut !== false) return [];
  const messages = isOut ? [...back, { ...leftOut, place: JSON.parse(block.place) }] : kept;
  return [{ block, draft, messages, mended: block.mended === 1 }];
}

function notesOf(block: BlockRecord): readonly Message[] {
  const said: readonly Message[] = JSON.parse(block.messages);
  return said.filter(({ severity, code }) => severity === 'note' && code !== leftOut.code);
}

async function rewrite(imports: Imports, row: ImportRow, changes: readonly Rewritten[]): Promise<void> {
  const judgements = changes.map((change) => ({ change, now: judged(change) }));
  const kept = judgements.flatMap(({ change, now }) => matchedBefore(change, now) ?? []);
  const others = judgements.filter(({ change, now }) => matchedBefore(change, now) === null);
  const rows = others.map(({ change, now }) => ({ ...imports.blocks.asRow(change.block), ...now }));
  const matched = rows.length === 0 ? [] : await imports.matching(row).match(rows);
  const mended = new Map(changes.map((change) => [change.block.number, change.mended]));
  await imports.blocks.rewrite(row.id, [
    ...kept,
    ...matched.map((one) => ({
      ...one,
      twins: JSON.stringify(one.twins),
      mended: mended.get(one.number) === true ? 1 : 0,
    })),
  ]);
}

/**
 * A block that asks what it asked, under the name that it had, stands to the bank as it did: nothing is looked up again.
 * Null: it has to be.
 */
function matchedBefore({ block, mended }: Rewritten, now: Judged): RewrittenBlock | null {
  const isSame = block.draft !== null && now.code === block.code && now.likeness === block.likeness;
  if (!isSame || !goesIn(block.outcome) || !goesIn(now.outcome)) return null;
  const flags = block.flags.includes(TWIN) ? `${now.flags}twin ` : now.flags;
  return { ...block, ...now, flags, mended: mended ? 1 : 0 };
}

const TWIN = ' twin ';

function goesIn(outcome: Outcome): boolean {
  return outcome === 'imported' || outcome === 'warned';
}

/** What a block is after a change. */
type Judged = Pick<
  BlockRow,
  'outcome' | 'messages' | 'flags' | 'draft' | 'code' | 'hash' | 'likeness' | 'stem'
>;

/** The hash stays that of the file, by which it is known when it comes again. */
function judged({ block, draft, messages }: Rewritten): Judged {
  const isOut = messages.some(({ code }) => code === leftOut.code);
  const { code, hash, likeness } = block;
  if (draft === null)
    return {
      outcome: isOut ? 'ignored' : 'quarantined',
      messages: JSON.stringify(messages),
      flags: flagsOf(messages, []),
      ...{ draft, code, hash, likeness, stem: '' },
    };
  const understood = understand(draft, JSON.parse(block.place));
  const all = [
    ...messages,
    ...understood.messages.filter(({ vi }) => !messages.some((message) => message.vi === vi)),
  ];
  const has = (severity: Message['severity']): boolean =>
    all.some((message) => message.severity === severity);
  const outcome =
    has('error') || understood.content === null ? 'quarantined' : has('warning') ? 'warned' : 'imported';
  return {
    outcome: isOut ? 'ignored' : outcome,
    messages: JSON.stringify(all),
    flags: flagsOf(all, isOut ? [] : understood.unsaid),
    draft: JSON.stringify(draft),
    likeness: understood.likeness,
    stem: draft.prompt.stem,
    code: code === '' ? codeOf(draft, understood) : code,
    hash: hash === '' ? understood.hash : hash,
  };
}
