/** The text of a document on its way: pasted or from a file, read into sections, put right line by line, kept. */
import {
  deskDocuments as api,
  type DeskDocument,
  type TextReading,
  type TextRemark,
} from '../../api/desk-documents.ts';
import { Submission } from '../../api/submission.svelte.ts';
import { base64 } from '../inputs/files.ts';

const mostBytes = 10_000_000;
const prose = '\\';
const heading = '# ';

export class DocumentTextModel {
  readonly reading = new Submission();
  text = $state('');
  /** As it was kept last. */
  kept = $state('');
  found = $state.raw<TextReading | null>(null);
  tooLarge = $state(false);

  constructor(document: DeskDocument) {
    this.text = document.text;
    this.kept = document.text;
  }

  get dirty(): boolean {
    return this.text !== this.kept;
  }

  /** The sections shown are those of another text. */
  get isStale(): boolean {
    return this.found !== null && this.found.text !== this.text;
  }

  get isReady(): boolean {
    return this.found !== null && !this.isStale && this.found.sections.length > 0;
  }

  async read(): Promise<void> {
    const { text } = this;
    const done = await this.reading.run(() => api.reading({ text }));
    if (done !== null) this.found = done.reply;
  }

  /** A Word file takes the place of the text; nothing is kept yet. */
  async take(file: File): Promise<void> {
    this.tooLarge = file.size > mostBytes;
    if (this.tooLarge) return;
    const done = await this.reading.run(async () => api.reading({ file: await base64(file) }));
    if (done === null) return;
    this.found = done.reply;
    if (done.reply.text !== '') this.text = done.reply.text;
  }

  /** The line is text, or a heading, from now on; then everything is read again. */
  async mark({ line }: TextRemark, as: 'prose' | 'heading'): Promise<void> {
    const lines = this.text.split('\n');
    const own = (lines[line - 1] ?? '').trimStart().replace(/^(?:\\|#{1,3}\s+)/, '');
    lines[line - 1] = (as === 'prose' ? prose : heading) + own;
    this.text = lines.join('\n');
    await this.read();
  }

  done(document: DeskDocument): void {
    this.text = document.text;
    this.kept = document.text;
    this.found = null;
  }
}
