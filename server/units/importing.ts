/** A file of units: tried first, then written whole or not at all. Every unit gets its own line in the log. */
import type { Context } from '../context.ts';
import type { UnitsImportBody, UnitsImportOverwrite, UnitsImportReply } from '../contracts/units.ts';
import type { AuditEntry } from '../platform/audit.ts';
import { Breath } from '../platform/breath.ts';
import type { Statement } from '../platform/database/door.ts';
import { type Author, changeDetails } from './changing.ts';
import { type ImportPlan, planImport } from './import-rules.ts';
import { type ImportedUnit, importedUnits } from './importing-units.ts';
import { overwritesOf } from './overwriting.ts';
import { readSpreadsheet } from './spreadsheet.ts';
import { insertUnits, type NewUnit } from './store.ts';
import type { UnitIndex } from './unit-index.ts';
import type { Units } from './units.ts';

/** Errors and rows shown of an import. */
const SHOWN = 200;
/** Units that are written down at a stretch. */
const INSERTED = 100;

/** Reads the file, plans, and unless it is a dry run, has mistakes or undoes unasked what is planned, writes all of it. */
export async function importUnits(
  context: Context,
  units: Units,
  by: Author,
  body: UnitsImportBody,
): Promise<UnitsImportReply> {
  const read = await readSpreadsheet(body.name, Buffer.from(body.dataBase64, 'base64'));
  if ('problem' in read) {
    const errors = [{ row: 0, column: '', ...read.problem }];
    return importReply({ planned: [], errors, understood: [], ignored: [] }, []);
  }
  const planOn = async (index: UnitIndex) => {
    const plan = await planImport(read.rows, index, context.clock.now());
    return { plan, overwrites: await undone(plan, index, context.clock.now()) };
  };
  if (body.dryRun) {
    const { plan, overwrites } = await planOn(units.index);
    return importReply(plan, overwrites);
  }
  return units.change(async (index) => {
    const { plan, overwrites } = await planOn(index);
    const applied = plan.errors.length === 0 && (overwrites.length === 0 || body.overwrite === true);
    const result = { ...importReply(plan, overwrites), applied };
    const imported = applied ? await importedUnits(context, plan.planned, index) : [];
    return { ...(await decision(context, imported, { by, file: body.name, result, overwrites })), result };
  });
}

async function undone(
  { planned }: ImportPlan,
  index: UnitIndex,
  now: number,
): Promise<UnitsImportOverwrite[]> {
  const breath = new Breath();
  const found: UnitsImportOverwrite[] = [];
  for (const unit of planned) {
    if (breath.isDue) await breath.take();
    found.push(...overwritesOf(unit, index, now));
  }
  return found;
}

function importReply(
  { planned, errors, understood, ignored }: ImportPlan,
  overwrites: readonly UnitsImportOverwrite[],
): UnitsImportReply {
  const count = (action: string): number => planned.filter(({ row }) => row.action === action).length;
  return {
    applied: false,
    understood: [...understood],
    ignored: [...ignored],
    created: count('create'),
    changed: count('change'),
    same: count('same'),
    errors: errors.slice(0, SHOWN),
    errorCount: errors.length,
    overwrites: overwrites.slice(0, SHOWN),
    overwriteCount: overwrites.length,
    preview: planned.slice(0, SHOWN).map(({ row }) => row),
  };
}

interface Import {
  readonly by: Author;
  readonly file: string;
  readonly result: UnitsImportReply;
  readonly overwrites: readonly UnitsImportOverwrite[];
}

/** Made with a breath between: others go on meanwhile. */
async function decision(
  { database, clock }: Context,
  imported: readonly ImportedUnit[],
  { by, file, result, overwrites }: Import,
) {
  const { created, changed } = result;
  const breath = new Breath();
  const made: NewUnit[] = [];
  const statements: Statement[] = [];
  const lines: AuditEntry[] = [];
  for (const one of imported) {
    if (breath.isDue) await breath.take();
    if (one.row !== null) made.push(one.row);
    statements.push(...one.statements);
    lines.push(lineOf(one, by, file));
  }
  const inserts: Statement[] = [];
  for (let at = 0; at < made.length; at += INSERTED) {
    await breath.take();
    inserts.push(...insertUnits(database, made.slice(at, at + INSERTED), clock.now()));
  }
  const details = { file, created, changed, overwritten: overwrites.length };
  const entry = { ...by, action: 'units.imported', subject: 'units', details };
  return { statements: [...inserts, ...statements], entries: [entry, ...lines] };
}

function lineOf({ unit, row, change, counts }: ImportedUnit, by: Author, file: string): AuditEntry {
  return {
    ...by,
    action: row === null ? 'unit.changed' : 'unit.made',
    subject: `unit:${unit.uid}`,
    details: {
      file,
      ...(row === null ? changeDetails(unit, change) : { name: unit.name }),
      ...(counts.length > 0 && { counts }),
    },
  };
}
