/**
 * Tickets for files: who asked for what is logged with the reason by POST, and the browser fetches the file by GET for some
 * minutes, so that it streams to the disk. A ticket is signed, of one person, and needs no row.
 */

import type { AuditFilter } from '../../accounts/audit-reading.ts';
import type { ExportKind } from '../../contracts/exports.ts';
import type { Secrets } from '../../platform/secrets.ts';

export type Wanted =
  | {
      readonly of: ExportKind;
      readonly format: 'csv' | 'xlsx';
      readonly personal: boolean;
      /** uid */
      readonly contest: string;
      readonly round: string | null;
    }
  | { readonly of: 'audit'; readonly filter: AuditFilter };

export interface Ticket {
  readonly wanted: Wanted;
  readonly personId: number;
  readonly until: number;
}

const USE = 'export-ticket';
export const TICKET_MS = 10 * 60_000;

export function writeTicket(secrets: Secrets, ticket: Ticket): string {
  const text = Buffer.from(JSON.stringify(ticket)).toString('base64url');
  return `${text}.${secrets.sign(USE, text)}`;
}

/** Null: not made here, of somebody else, or too old. */
export function readTicket(secrets: Secrets, written: string, personId: number, now: number): Ticket | null {
  const dot = written.lastIndexOf('.');
  const text = written.slice(0, dot);
  if (dot < 1 || !secrets.verify(USE, text, written.slice(dot + 1))) return null;
  const ticket: Ticket = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  return ticket.personId === personId && now < ticket.until ? ticket : null;
}
