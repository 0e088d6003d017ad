/** Designs and batches of certificates while an organiser works on them. */
import {
  deskClosing as api,
  type CertificateDesign,
  type CertificatesView,
  certificatePreview,
} from '../../api/desk-closing.ts';
import { Loading } from '../../api/loading.svelte.ts';
import { Submission } from '../../api/submission.svelte.ts';
import { copied } from '../contests/draft.ts';

const everyMs = 2_000;

export const firstDesign: CertificateDesign = {
  name: 'Giấy chứng nhận',
  landscape: true,
  frame: 'gold',
  motto: true,
  issuer: 'BAN TỔ CHỨC CUỘC THI',
  logo: null,
  lines: [
    { text: 'GIẤY CHỨNG NHẬN', size: 36, style: 'title' },
    { text: 'Ban Tổ chức cuộc thi chứng nhận', size: 16, style: 'italic' },
    { text: '{ten}', size: 30, style: 'name' },
    { text: '{don_vi}', size: 16, style: 'plain' },
    { text: 'đã đoạt {giai}', size: 22, style: 'bold' },
    { text: '{vong}', size: 16, style: 'plain' },
    { text: 'Cuộc thi {cuoc_thi}', size: 16, style: 'plain' },
  ],
  place: 'Hà Nội',
  signRole: 'TM. BAN TỔ CHỨC\nTRƯỞNG BAN',
  signName: '',
  signature: null,
};

export class Designs {
  readonly fetched: Loading<CertificatesView>;
  readonly saving = new Submission();
  readonly trying = new Submission();
  /** Null: a new one. */
  chosen = $state<string | null>(null);
  design = $state<CertificateDesign>(copied(firstDesign));
  readonly #contest: string;

  constructor(contest: string) {
    this.#contest = contest;
    this.fetched = new Loading(() => api.certificates(contest));
  }

  async load(): Promise<void> {
    await this.fetched.load();
    const [first] = this.fetched.value?.designs ?? [];
    if (first !== undefined && this.chosen === null) this.choose(first.id);
  }

  /** While certificates are made, how far it is; returns the way to stop. */
  watch(): () => void {
    const timer = setInterval(() => {
      const busy = this.fetched.value?.batches.some(
        ({ state }) => state === 'gathering' || state === 'making',
      );
      if (busy === true && document.visibilityState === 'visible') void this.fetched.load();
    }, everyMs);
    return () => clearInterval(timer);
  }

  choose(id: string | null): void {
    const known = this.fetched.value?.designs.find((one) => one.id === id);
    this.chosen = known?.id ?? null;
    this.design = copied(known?.design ?? firstDesign);
    this.saving.clear();
  }

  /** True when it was saved. */
  async save(): Promise<boolean> {
    const known = this.fetched.value?.designs.find((one) => one.id === this.chosen);
    const body = {
      id: known?.id ?? null,
      expectedVersion: known?.version ?? 0,
      design: copied(this.design),
    };
    const sent = await this.saving.run(() => api.saveDesign(this.#contest, body));
    if (sent === null) return false;
    this.fetched.value = sent.reply;
    if (known === undefined) this.choose(sent.reply.designs[sent.reply.designs.length - 1]?.id ?? null);
    return true;
  }

  /** The sample as a file; null when it was refused. */
  async preview(): Promise<Blob | null> {
    const design = copied(this.design);
    const sent = await this.trying.run(() => certificatePreview(this.#contest, design));
    return sent?.reply ?? null;
  }
}
