/** The thread that draws certificates: a design and its pictures once, then texts, each answered with a PDF. */
import { parentPort, workerData } from 'node:worker_threads';
import type { CertificateDesign } from '../contracts/certificates.ts';
import { type CertificatePictures, certificatePdf } from './certificate-page.ts';
import type { CertificateText } from './certificate-rules.ts';

export interface CertificateOrder {
  readonly design: CertificateDesign;
  readonly pictures: CertificatePictures;
}

export type CertificateReply = { readonly pdf: Uint8Array } | { readonly error: string };

const { design, pictures }: CertificateOrder = workerData;

async function make(text: CertificateText): Promise<CertificateReply> {
  try {
    return { pdf: await certificatePdf(design, text, pictures) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

parentPort?.on('message', (text: CertificateText) => {
  void make(text).then((reply) => parentPort?.postMessage(reply));
});
