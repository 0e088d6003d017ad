/** Changes to single blocks of a preview: the question that a person wrote in place of what was read, and the same for many. */
import type { Draft } from '../../../questions/formats/draft.ts';
import type { Message } from '../../../questions/formats/message.ts';
import type { BulkFix } from '../../contracts/imports.ts';
import { AppError } from '../../platform/errors.ts';
import { type Content, type RawContent, readContent } from '../rules.ts';
import { flagsOf } from './block-row.ts';
import type { BlockRecord, MatchedRow } from './block-store.ts';
import { codeOf, understand } from './draft-rules.ts';
import type { Imports } from './imports.ts';
import type { ImportRow } from './store.ts';

const PIECE = 50;

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

/** The same for many. */
export async function fixMany(imports: Imports, row: ImportRow, fix: BulkFix): Promise<void> {
  const { outcome, flag, numbers } = fix;
  const chosen = await imports.blocks.numbers(row.id, { outcome, flag, numbers });
  for (let from = 0; from < chosen.length; from += PIECE) {
    const piece = chosen.slice(from, from + PIECE);
    const blocks = await imports.blocks.list(row.id, { numbers: piece }, { after: 0, limit: PIECE });
    await rewrite(
      imports,
      row,
      blocks.flatMap((block) => fixed(block, fix)),
    );
  }
  await imports.recount(row);
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
  const rows = changes.map((change) => ({ ...imports.blocks.asRow(change.block), ...judged(change) }));
  const matched = await imports.matching(row).match(rows);
  const mended = new Map(changes.map((change) => [change.block.number, change.mended]));
  await imports.blocks.writeMany(
    row.id,
    matched.map((one) => ({
      number: one.number,
      set: { ...columnsOf(one), mended: mended.get(one.number) === true ? 1 : 0 },
    })),
  );
}

function columnsOf({ stem: _stem, sameAs: _sameAs, number: _number, twins, ...columns }: MatchedRow) {
  return { ...columns, twins: JSON.stringify(twins) };
}

/** The hash stays that of the file, by which it is known when it comes again. */
function judged({ block, draft, messages }: Rewritten) {
  const isOut = messages.some(({ code }) => code === leftOut.code);
  if (draft === null)
    return {
      outcome: isOut ? ('ignored' as const) : ('quarantined' as const),
      messages: JSON.stringify(messages),
      flags: flagsOf(messages, []),
    };
  const understood = understand(draft, JSON.parse(block.place));
  const { unsaid, likeness } = understood;
  const all = [
    ...messages,
    ...understood.messages.filter(({ vi }) => !messages.some((message) => message.vi === vi)),
  ];
  const has = (severity: Message['severity']): boolean =>
    all.some((message) => message.severity === severity);
  const outcome =
    has('error') || understood.content === null ? 'quarantined' : has('warning') ? 'warned' : 'imported';
  return {
    outcome: isOut ? ('ignored' as const) : (outcome as 'quarantined' | 'warned' | 'imported'),
    messages: JSON.stringify(all),
    flags: flagsOf(all, isOut ? [] : unsaid),
    draft: JSON.stringify(draft),
    likeness,
    stem: draft.prompt.stem,
    code: block.code === '' ? codeOf(draft, understood) : block.code,
    hash: block.hash === '' ? understood.hash : block.hash,
  };
}
