/** A file of units: tried first, written only when nothing in it is wrong. */
import { deskUnits, type UnitsImportReply } from '../../api/desk-units.ts';
import { Submission } from '../../api/submission.svelte.ts';
import { deskUnits as t } from '../../messages/desk-units.ts';
import { base64 } from '../inputs/files.ts';

const mostBytes = 4_000_000;

export class UnitsImport {
  readonly sending = new Submission();
  /** Name of the chosen file; empty before. */
  name = $state('');
  tried = $state.raw<UnitsImportReply | null>(null);
  done = $state.raw<UnitsImportReply | null>(null);
  tooLarge = $state(false);
  #data = '';

  readonly changes = $derived((this.tried?.created ?? 0) + (this.tried?.changed ?? 0));
  /** Whether what is planned for days to come may be undone, as the table of it says. */
  overwrite = $state(false);
  readonly asksToOverwrite = $derived((this.tried?.overwriteCount ?? 0) > 0);
  readonly mayApply = $derived(this.tried !== null && this.tried.errorCount === 0 && this.changes > 0);

  async take(file: File): Promise<void> {
    this.name = file.name;
    this.tried = null;
    this.done = null;
    this.overwrite = false;
    this.tooLarge = file.size > mostBytes;
    if (this.tooLarge) return;
    this.#data = await base64(file);
    const run = await this.sending.run(() => this.#send(true));
    this.tried = run?.reply ?? null;
  }

  /** All or nothing; what others changed meanwhile shows as errors and nothing is written. */
  async apply(): Promise<void> {
    const run = await this.sending.run(() => this.#send(false));
    if (run === null) return;
    if (run.reply.applied) this.done = run.reply;
    else {
      this.tried = run.reply;
      this.overwrite = false;
    }
  }

  /** For people to fill in: opens in Excel with its accents. */
  sample(): Blob {
    const rows = [
      t.importColumns.split(', ').join(','),
      'P01,Phường Hoàn Kiếm,,Khối phường,1250',
      'P01-01,Chi bộ số 1,P01,,42',
    ];
    return new Blob([`\ufeff${rows.join('\r\n')}\r\n`], { type: 'text/csv' });
  }

  #send(dryRun: boolean): Promise<UnitsImportReply> {
    const { name, overwrite } = this;
    return deskUnits.importFile({ name, dataBase64: this.#data, dryRun, overwrite });
  }
}
