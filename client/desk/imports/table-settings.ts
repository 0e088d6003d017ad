/** The mapping of columns as readers of tables give it (`questions/formats/table-mapping.ts`); a newer shape is left alone. */
import type { JsonValue } from '../../api/desk-banks.ts';

export interface TableSettings {
  sheets: {
    sheet: string;
    header: number | null;
    columns: { column: string; title: string; field: string | null }[];
  }[];
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

export function isTableSettings(settings: JsonValue): settings is JsonValue & TableSettings {
  if (!isRecord(settings) || !Array.isArray(settings.sheets)) return false;
  return settings.sheets.every(
    (sheet: unknown) =>
      isRecord(sheet) &&
      typeof sheet.sheet === 'string' &&
      Array.isArray(sheet.columns) &&
      sheet.columns.every((column: unknown) => isRecord(column) && typeof column.column === 'string'),
  );
}
