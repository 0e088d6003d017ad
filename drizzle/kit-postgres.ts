/** What drizzle-kit generates PostgreSQL's migrations from: it wants each table as an export. */
import schema from './postgres.ts';

export const {
  units,
  people,
  loginNames,
  logins,
  roles,
  sessions,
  codes,
  auditLog,
  banks,
  questions,
  questionVersions,
  questionKeys,
  contests,
  rounds,
  contestStaff,
  entries,
  media,
  attempts,
  saves,
  results,
  outages,
  extraTimes,
  keyBlocks,
  facts,
} = schema;
