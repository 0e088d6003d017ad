/**
 * Where an attempt's paper comes from: the start that has just been answered, the server, or, when it cannot be reached,
 * what this browser kept for the person who used it last.
 */
import { ownerHere } from '../account/local-data.ts';
import { type AttemptReply, attempts } from '../api/attempts.ts';
import { connection } from '../api/connection.svelte.ts';
import { asApiError } from '../api/problem.ts';
import { takeHandedOver } from './handed-over.ts';
import { type Kept, KeptRecord } from './kept.ts';
import { wait } from './pauses.ts';

/** An attempt as the server has just told it. */
export interface Asked {
  readonly person: string;
  readonly paper: AttemptReply;
  /** Started here a moment ago: nobody else can have it open. */
  readonly isNew: boolean;
}

/** An open attempt as this browser kept it. */
export interface Local {
  readonly person: string;
  readonly record: KeptRecord;
  readonly paper: AttemptReply;
  readonly kept: Kept;
}

interface OpeningDoors {
  /** Uid of the person; null: nobody is signed in. Throws ApiError. */
  person(): Promise<string | null>;
}

/** The server may take so long before what is kept here is shown instead. */
const patienceMs = 4_000;

/** Null: nobody is signed in. Throws ApiError with what the server refuses. */
export async function opened(
  storage: Storage | null,
  attempt: string,
  doors: OpeningDoors,
): Promise<Asked | Local | null> {
  const asking = asked(attempt, doors);
  const local = localOf(storage, attempt);
  if (local === null) return asking;
  const reachable = asking.catch((error: unknown) => {
    const { status } = asApiError(error);
    if (status >= 400 && status < 500) throw error;
    return local;
  });
  return Promise.race([reachable, wait(connection.online ? patienceMs : 0).then(() => local)]);
}

async function asked(attempt: string, doors: OpeningDoors): Promise<Asked | null> {
  const person = await doors.person();
  if (person === null) return null;
  const started = takeHandedOver(attempt);
  return { person, paper: started ?? (await attempts.open(attempt)), isNew: started !== null };
}

/** What is kept here of this attempt, if it can be shown without the server. */
function localOf(storage: Storage | null, attempt: string): Local | null {
  const person = ownerHere();
  if (person === null) return null;
  const record = new KeptRecord(storage, person, attempt);
  const kept = record.read();
  const paper = record.readPaper();
  return kept === null || kept.shown === null || paper === null ? null : { person, record, paper, kept };
}
