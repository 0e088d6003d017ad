/** A file of units: tried first, then written whole or not at all. Every unit gets its own line in the log. */
import type { Context } from '../context.ts';
import type { UnitsImportBody, UnitsImportOverwrite, UnitsImportReply } from '../contracts/units.ts';
import { type Author, changeDetails } from './changing.ts';
import { type ImportPlan, planImport } from './import-rules.ts';
import { type ImportedUnit, importedUnits } from './importing-units.ts';
import { overwritesOf } from './overwriting.ts';
import { readSpreadsheet } from './spreadsheet.ts';
import { insertUnits } from './store.ts';
import type { UnitIndex } from './unit-index.ts';
import type { Units } from './units.ts';

/** Errors and rows shown of an import. */
const SHOWN = 200;

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
  const planOn = (index: UnitIndex) => {
    const plan = planImport(read.rows, index, context.clock.now());
    return { plan, overwrites: undone(plan, index, context.clock.now()) };
  };
  if (body.dryRun) {
    const { plan, overwrites } = planOn(units.index);
    return importReply(plan, overwrites);
  }
  return units.change(async (index) => {
    const { plan, overwrites } = planOn(index);
    const applied = plan.errors.length === 0 && (overwrites.length === 0 || body.overwrite === true);
    const result = { ...importReply(plan, overwrites), applied };
    const imported = applied ? await importedUnits(context, plan.planned, index) : [];
    return { ...decision(context, imported, { by, file: body.name, result, overwrites }), result };
  });
}

const undone = ({ planned }: ImportPlan, index: UnitIndex, now: number): UnitsImportOverwrite[] =>
  planned.flatMap((unit) => overwritesOf(unit, index, now));

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

function decision(
  { database, clock }: Context,
  imported: readonly ImportedUnit[],
  { by, file, result, overwrites }: Import,
) {
  const { created, changed } = result;
  const made = imported.flatMap(({ row }) => (row === null ? [] : [row]));
  const lines = imported.map(({ unit, row, change, counts }) => ({
    ...by,
    action: row === null ? 'unit.changed' : 'unit.made',
    subject: `unit:${unit.uid}`,
    details: {
      file,
      ...(row === null ? changeDetails(unit, change) : { name: unit.name }),
      ...(counts.length > 0 && { counts }),
    },
  }));
  const details = { file, created, changed, overwritten: overwrites.length };
  return {
    statements: [
      ...insertUnits(database, made, clock.now()),
      ...imported.flatMap(({ statements }) => statements),
    ],
    entries: [{ ...by, action: 'units.imported', subject: 'units', details }, ...lines],
  };
}
