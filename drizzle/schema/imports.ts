/** Files on their way into banks: each upload with its blocks, kept until somebody commits or drops it; and where questions came from. */
import type { Vocabulary } from '../vocabulary.ts';

export function defineImports(w: Vocabulary) {
  const imports = w.table(
    'imports',
    {
      id: w.key('id'),
      uid: w.text('uid').notNull(),
      bankId: w.int('bank_id').notNull(),
      /** Who uploaded it and alone sees the preview; null: the command line. */
      personId: w.int('person_id'),
      /** Of the file, for people. */
      name: w.text('name').notNull(),
      /** SHA-256 of the bytes; empty until it is known. */
      hash: w.text('hash').notNull(),
      bytes: w.int('bytes').notNull(),
      /** As chosen or recognised; empty until it is known. */
      format: w.text('format').notNull(),
      /** What a person decided about reading it (JSON), e.g. columns; empty: nothing. */
      settings: w.text('settings').notNull(),
      /** reading, ready, committing, committed, undoing. */
      state: w.text('state').notNull(),
      /** Thousandths of the work under way. */
      progress: w.int('progress').notNull(),
      /** When the work under way last moved: how others notice that it died. */
      movedAt: w.int('moved_at').notNull(),
      /** About the file as a whole (JSON): messages, failure, tables. */
      report: w.text('report').notNull(),
      createdAt: w.int('created_at').notNull(),
      committedAt: w.int('committed_at'),
      undoneAt: w.int('undone_at'),
    },
    (t) => [
      w.uniqueIndex('imports_uid').on(t.uid),
      w.index('imports_bank').on(t.bankId, t.createdAt),
      w.index('imports_person').on(t.personId, t.createdAt),
    ],
  );
  /** The file itself in pieces, so that it can be read again with other settings, also after a restart. */
  const importFiles = w.table(
    'import_files',
    {
      importId: w.int('import_id').notNull(),
      number: w.int('number').notNull(),
      /** base64. */
      bytes: w.text('bytes').notNull(),
    },
    (t) => [w.primaryKey({ columns: [t.importId, t.number] })],
  );
  /** Every block of a file with what became of it. JSON stands as text: it goes from the reading thread to the disk unparsed. */
  const importBlocks = w.table(
    'import_blocks',
    {
      importId: w.int('import_id').notNull(),
      /** From 1 in the order of the file. */
      number: w.int('number').notNull(),
      /** imported, warned, quarantined, ignored. */
      outcome: w.text('outcome').notNull(),
      /** Against the bank: new, same, changed; none for what does not go in. */
      fate: w.text('fate').notNull(),
      place: w.text('place').notNull(),
      raw: w.text('raw').notNull(),
      messages: w.text('messages').notNull(),
      /** Codes of the messages and what the file did not say, each between spaces, to find blocks by. */
      flags: w.text('flags').notNull(),
      /** Null: nothing was understood. */
      draft: w.text('draft'),
      code: w.text('code').notNull(),
      /** Of the content as it would be stored. */
      hash: w.text('hash').notNull(),
      /** Equal for questions that ask the same, see `questions/formats/duplicates.ts`. */
      likeness: w.text('likeness').notNull(),
      /** Questions that ask the same (JSON). */
      twins: w.text('twins').notNull(),
      /** The question of the bank that has the code, and its version when we looked. */
      questionId: w.int('question_id'),
      versionId: w.int('version_id'),
      /** 1: somebody mended it here. */
      mended: w.int('mended').notNull(),
    },
    (t) => [
      w.primaryKey({ columns: [t.importId, t.number] }),
      // Holds what is counted and filtered by, so that a preview of 50,000 blocks is counted without reading them.
      w.index('import_blocks_outcome').on(t.importId, t.outcome, t.fate, t.flags),
    ],
  );
  /** What an import wrote. Until it is committed, its questions stand in no bank (`bank_id` = −import). */
  const importQuestions = w.table(
    'import_questions',
    {
      importId: w.int('import_id').notNull(),
      number: w.int('number').notNull(),
      questionId: w.int('question_id').notNull(),
      versionId: w.int('version_id').notNull(),
      /** What it was before; null: the question is new. */
      previousVersionId: w.int('previous_version_id'),
      previousStatus: w.text('previous_status'),
      /** Content as the file had it: the same file again is known by it, whatever people changed since. */
      hash: w.text('hash').notNull(),
    },
    (t) => [
      w.primaryKey({ columns: [t.importId, t.number] }),
      w.index('import_questions_question').on(t.questionId),
    ],
  );
  /** How people mapped the columns of tables with these titles. */
  const importMappings = w.table('import_mappings', {
    /** Hash of format and titles. */
    signature: w.text('signature').primaryKey(),
    settings: w.text('settings').notNull(),
    at: w.int('at').notNull(),
  });
  return { imports, importFiles, importBlocks, importQuestions, importMappings };
}
