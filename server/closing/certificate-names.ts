/** Names of people and units that certificates are for: in full, read when they are needed, so that an erased one is gone. */
import { inArray } from 'drizzle-orm';
import type { CertificateRow } from './certificate-store.ts';
import type { ClosingContext } from './closing-context.ts';
import { ERASED } from './name-rules.ts';

type Holder = Pick<CertificateRow, 'personId' | 'unitId'>;

export class CertificateNames {
  readonly #closing: ClosingContext;

  constructor(closing: ClosingContext) {
    this.#closing = closing;
  }

  /** Name by certificate; null for a person whose data were erased. */
  async of<Row extends Holder>(rows: readonly Row[]): Promise<ReadonlyMap<Row, string | null>> {
    const { database } = this.#closing.context;
    const { people: t } = database.tables;
    const ids = [...new Set(rows.flatMap(({ personId }) => personId ?? []))];
    const people =
      ids.length === 0
        ? []
        : await database.query
            .select({ id: t.id, name: t.name, erasedAt: t.erasedAt })
            .from(t)
            .where(inArray(t.id, ids));
    const names = new Map(people.map(({ id, name, erasedAt }) => [id, erasedAt === null ? name : null]));
    return new Map(rows.map((row) => [row, this.#nameOf(row, names)]));
  }

  #nameOf({ personId, unitId }: Holder, names: ReadonlyMap<number, string | null>): string | null {
    if (personId !== null) return names.get(personId) ?? null;
    return unitId === null ? null : (this.#closing.units.index.byId(unitId)?.name ?? null);
  }
}

export function shownOr(name: string | null | undefined): string {
  return name ?? ERASED;
}
